"""K-means on real customers and on groups that are known."""

from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from segmentation import describe_segments, segment_customers
from segmentation.clusters import best_labels, find_clusters, label, scale
from sklearn.metrics import silhouette_score  # type: ignore[import-untyped]

DATA = Path(__file__).parent / "data"
TRANSACTIONS = pd.read_csv(DATA / "transactions.csv", dtype={"customer": str})


def test_one_row_a_customer() -> None:
    customers = segment_customers(TRANSACTIONS, clusters=4)
    assert list(customers.columns) == ["customer", "recency", "frequency", "monetary", "segment"]
    assert len(customers) == 590
    assert sorted(customers["segment"].unique()) == [1, 2, 3, 4]


def test_segment_1_spent_most() -> None:
    customers = segment_customers(TRANSACTIONS, clusters=4)
    spent = customers.groupby("segment")["monetary"].mean()
    assert spent.is_monotonic_decreasing
    profile = describe_segments(customers)
    assert profile["customers"].sum() == 590
    assert profile["frequency"].iloc[0] > profile["frequency"].iloc[-1]


def test_every_customer_is_nearest_to_the_centre_of_its_own_segment() -> None:
    customers = segment_customers(TRANSACTIONS, clusters=4)
    points = scale(customers)
    segments = customers["segment"].to_numpy()
    centres = np.array([points[segments == segment].mean(axis=0) for segment in range(1, 5)])
    distances = np.linalg.norm(points[:, np.newaxis] - centres, axis=2)
    nearest = distances.argmin(axis=1) + 1
    # scikit-learn stops when the centres move by less than 0.0001 of the variance.
    assert (nearest == segments).mean() > 0.99


def test_the_number_of_clusters_has_the_highest_silhouette() -> None:
    points = scale(segment_customers(TRANSACTIONS))
    best = silhouette_score(points, best_labels(points, 8))
    assert best == max(silhouette_score(points, label(points, k)) for k in range(2, 9))


def test_finds_groups_that_are_known() -> None:
    customers = pd.DataFrame(
        {
            "recency": [1, 2, 3, 300, 310, 305, 30, 31, 29],
            "frequency": [90, 95, 99, 1, 1, 2, 10, 11, 12],
            "monetary": [5000, 5100, 5300, 9, 10, 11, 300, 310, 290],
        }
    )
    assert find_clusters(customers).tolist() == [1, 1, 1, 3, 3, 3, 2, 2, 2]


def test_the_same_customers_are_segmented_the_same_way() -> None:
    again = segment_customers(TRANSACTIONS)
    pd.testing.assert_frame_equal(segment_customers(TRANSACTIONS), again)


def test_a_number_of_clusters_that_cannot_be_is_refused() -> None:
    with pytest.raises(ValueError, match=r"clusters must be from 2 to .*, but are 1"):
        segment_customers(TRANSACTIONS, clusters=1)
    with pytest.raises(ValueError, match="but are 1000"):
        segment_customers(TRANSACTIONS, clusters=1000)


def test_too_few_customers_are_refused() -> None:
    with pytest.raises(ValueError, match="at least 3 customers who differ, but there are 1"):
        segment_customers(TRANSACTIONS.head(1))
