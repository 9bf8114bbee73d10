"""Scores by rank, and the names of segments that follow."""

import math

import numpy as np
import pandas as pd

BEST_SCORE = 5
GOOD_SCORE = 3


def score(values: pd.Series) -> pd.Series:
    """Score every value from 1 to 5, a fifth of the values each; equal values score the same.

    Inputs:
        values: one value a customer, higher is better.
    """
    return (values.rank(pct=True) * BEST_SCORE).apply(math.ceil)


def name_segments(customers: pd.DataFrame) -> pd.Series:
    """Name every customer's segment.

    Inputs:
        customers: one row a customer, with ``recency_score`` and ``frequency_score``.

    | | frequent | not frequent |
    |---|---|---|
    | **recent** | loyal | new |
    | **not recent** | at risk | lost |
    """
    recent = customers["recency_score"] >= GOOD_SCORE
    frequent = customers["frequency_score"] >= GOOD_SCORE
    names = np.select(
        [recent & frequent, recent & ~frequent, ~recent & frequent],
        ["loyal", "new", "at risk"],
        default="lost",
    )
    return pd.Series(names, index=customers.index)
