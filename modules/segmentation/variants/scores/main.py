"""How this module is meant to be run: a table of purchases in, a table of customers out."""

import pandas as pd

from segmentation.rfm import customer_features
from segmentation.scores import name_segments, score


def segment_customers(transactions: pd.DataFrame, until: str | None = None) -> pd.DataFrame:
    """Put every customer into a segment by how recent and how frequent the purchases are.

    Inputs:
        transactions: one row a purchase, with the columns ``customer``, ``date`` and ``amount``.
        until: the day to look back from, like 2026-03-31; the day of the last purchase if left out.

    Returns one row a customer: ``customer``, ``recency`` (days since the last purchase),
    ``frequency`` (days with a purchase), ``monetary`` (sum of the amounts), a score from 1 to 5 for
    each of the three (5 is best), and ``segment``: loyal, new, at risk or lost.
    """
    customers = customer_features(transactions, until)
    customers["recency_score"] = score(-customers["recency"])
    customers["frequency_score"] = score(customers["frequency"])
    customers["monetary_score"] = score(customers["monetary"])
    customers["segment"] = name_segments(customers)
    return customers
