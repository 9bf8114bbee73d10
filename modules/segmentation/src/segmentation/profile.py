"""What the customers of a segment have in common."""

import pandas as pd


def describe_segments(customers: pd.DataFrame) -> pd.DataFrame:
    """Sum up every segment.

    Inputs:
        customers: one row a customer, as ``segment_customers`` returns it.

    Returns one row a segment: ``segment``, ``customers`` (how many), and the median ``recency``,
    ``frequency`` and ``monetary``.
    """
    profile = customers.groupby("segment").agg(
        customers=("customer", "size"),
        recency=("recency", "median"),
        frequency=("frequency", "median"),
        monetary=("monetary", "median"),
    )
    return profile.reset_index()
