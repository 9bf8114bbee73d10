"""Groups of customers who are alike, by k-means."""

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from sklearn.cluster import KMeans  # type: ignore[import-untyped]
from sklearn.metrics import silhouette_score  # type: ignore[import-untyped]
from threadpoolctl import threadpool_limits  # type: ignore[import-untyped]

from segmentation.rfm import FEATURES

MOST_CLUSTERS = 8
SEED = 0

Labels = NDArray[np.int_]
Points = NDArray[np.float64]


def find_clusters(customers: pd.DataFrame, clusters: int | None = None) -> pd.Series:
    """Number every customer's cluster, from 1 for the one with the highest mean ``monetary``.

    Inputs:
        customers: one row a customer, with the columns ``recency``, ``frequency``, ``monetary``.
        clusters: how many to make; the best number by silhouette if left out.
    """
    points = scale(customers)
    different = len(np.unique(points, axis=0))
    if different < 3:
        raise ValueError(
            f"clusters need at least 3 customers who differ, but there are {different}"
        )
    if clusters is None:
        labels = best_labels(points, min(MOST_CLUSTERS, different - 1))
    elif 2 <= clusters <= different:
        labels = label(points, clusters)
    else:
        raise ValueError(f"clusters must be from 2 to {different}, but are {clusters}")
    means = customers["monetary"].groupby(labels).mean()
    numbers = means.rank(ascending=False, method="first").astype(int)
    return pd.Series(labels, index=customers.index).map(numbers)


def scale(customers: pd.DataFrame) -> Points:
    """Make the features comparable: logarithms, with a mean of 0 and a standard deviation of 1.

    A few customers buy much more than the others; without logarithms they would be the clusters.
    """
    logs = np.log1p(customers[FEATURES].to_numpy(dtype=np.float64))
    spread = logs.std(axis=0)
    # A feature that is the same for all tells customers apart in no way; it stays 0.
    return np.asarray((logs - logs.mean(axis=0)) / np.where(spread > 0, spread, 1.0))


def best_labels(points: Points, most: int) -> Labels:
    """Try 2 clusters and more, and keep those with the highest silhouette.

    The silhouette (Rousseeuw, 1987) is near 1 when customers are much closer to their own cluster
    than to the next, and near 0 when clusters touch.
    """
    candidates = [label(points, clusters) for clusters in range(2, most + 1)]
    return max(candidates, key=lambda labels: silhouette_score(points, labels))


def label(points: Points, clusters: int) -> Labels:
    """Number every point's cluster, the same way every time."""
    model = KMeans(n_clusters=clusters, n_init=10, random_state=SEED)
    # So little work is done sooner by one thread than by many that wait for each other.
    with threadpool_limits(limits=1):
        return np.asarray(model.fit_predict(points), dtype=np.int_)
