"""Scores of real customers, and of customers whose scores are known."""

from pathlib import Path

import pandas as pd
from segmentation import describe_segments, segment_customers
from segmentation.scores import name_segments, score

DATA = Path(__file__).parent / "data"
TRANSACTIONS = pd.read_csv(DATA / "transactions.csv", dtype={"customer": str})


def test_one_row_a_customer() -> None:
    customers = segment_customers(TRANSACTIONS)
    assert list(customers.columns) == [
        "customer",
        "recency",
        "frequency",
        "monetary",
        "recency_score",
        "frequency_score",
        "monetary_score",
        "segment",
    ]
    assert len(customers) == 590


def test_a_fifth_of_the_customers_has_each_score() -> None:
    assert score(pd.Series(range(10))).tolist() == [1, 1, 2, 2, 3, 3, 4, 4, 5, 5]
    monetary = segment_customers(TRANSACTIONS)["monetary_score"]
    assert monetary.value_counts(normalize=True).between(0.18, 0.22).all()


def test_equal_values_score_the_same() -> None:
    customers = segment_customers(TRANSACTIONS)
    assert (customers.groupby("frequency")["frequency_score"].nunique() == 1).all()


def test_the_most_recent_and_the_highest_score_best() -> None:
    customers = segment_customers(TRANSACTIONS)
    assert customers.sort_values("recency")["recency_score"].iloc[0] == 5
    assert customers.sort_values("frequency")["frequency_score"].iloc[-1] == 5
    assert customers.sort_values("monetary")["monetary_score"].iloc[0] == 1


def test_scores_name_the_segment() -> None:
    scores = pd.DataFrame({"recency_score": [5, 3, 2, 1], "frequency_score": [3, 2, 5, 1]})
    assert name_segments(scores).tolist() == ["loyal", "new", "at risk", "lost"]


def test_loyal_customers_spent_most() -> None:
    profile = describe_segments(segment_customers(TRANSACTIONS)).set_index("segment")
    assert profile["customers"].sum() == 590
    assert profile["monetary"].idxmax() == "loyal"
