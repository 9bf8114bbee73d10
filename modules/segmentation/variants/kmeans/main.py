"""How this module is meant to be run: a table of purchases in, a table of customers out."""

import pandas as pd

from segmentation.clusters import find_clusters
from segmentation.rfm import customer_features


def segment_customers(
    transactions: pd.DataFrame, until: str | None = None, clusters: int | None = None
) -> pd.DataFrame:
    """Put every customer into a segment of customers who bought alike.

    Inputs:
        transactions: one row a purchase, with the columns ``customer``, ``date`` and ``amount``.
        until: the day to look back from, like 2026-03-31; the day of the last purchase if left out.
        clusters: how many segments to make; as many as suit the customers best if left out.

    Returns one row a customer: ``customer``, ``recency`` (days since the last purchase),
    ``frequency`` (days with a purchase), ``monetary`` (sum of the amounts) and ``segment``, a
    number from 1, which is the segment that spent most a customer.
    """
    customers = customer_features(transactions, until)
    customers["segment"] = find_clusters(customers, clusters)
    return customers
