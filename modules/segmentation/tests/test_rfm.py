"""Recency, frequency and monetary value, against what Fader and Hardie counted."""

from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest
from segmentation.rfm import customer_features

DATA = Path(__file__).parent / "data"
TRANSACTIONS = pd.read_csv(DATA / "transactions.csv", dtype={"customer": str})
SUMMARY = pd.read_csv(DATA / "summary.csv", dtype={"customer": str})


def test_agrees_with_fader_and_hardie() -> None:
    customers = customer_features(TRANSACTIONS, until="1997-09-30")
    assert customers["customer"].tolist() == SUMMARY["customer"].tolist()
    # They count repeat purchases, and weeks since the first purchase, with 2 decimals.
    assert (customers["frequency"] - 1).tolist() == SUMMARY["frequency"].tolist()
    days_since_last = (SUMMARY["T"] - SUMMARY["recency"]) * 7
    assert customers["recency"].tolist() == pytest.approx(days_since_last.tolist(), abs=0.1)


def test_one_row_a_customer() -> None:
    customers = customer_features(TRANSACTIONS)
    assert list(customers.columns) == ["customer", "recency", "frequency", "monetary"]
    assert len(customers) == 590
    assert customers["recency"].min() == 0
    assert customers["monetary"].sum() == pytest.approx(TRANSACTIONS["amount"].sum())


def test_purchases_of_one_day_count_once() -> None:
    transactions = pd.DataFrame(
        {
            "customer": ["ann", "ann", "ann"],
            "date": ["2026-03-01T09:00", "2026-03-01T17:30", "2026-03-08T12:00"],
            "amount": [10, 5, 1],
        }
    )
    ann = customer_features(transactions, until="2026-03-10").iloc[0]
    assert ann.tolist() == ["ann", 2, 2, 16]


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (lambda table: table.rename(columns={"amount": "eur"}), "no column amount; they have"),
        (lambda table: table.head(0), "transactions have no rows"),
        (lambda table: table.assign(amount=-5), "row 1 of the transactions has an amount below 0"),
        (lambda table: table.assign(amount="?"), "row 1 .* an amount that is not a number"),
        (lambda table: table.assign(date="1/2/97"), "row 1 .* not like 2026-03-31"),
        (lambda table: table.assign(customer=None), "row 1 of the transactions has no customer"),
    ],
)
def test_unusable_transactions_are_refused(
    change: Callable[[pd.DataFrame], pd.DataFrame], message: str
) -> None:
    with pytest.raises(ValueError, match=message):
        customer_features(change(TRANSACTIONS))


def test_a_day_before_all_purchases_is_refused() -> None:
    with pytest.raises(ValueError, match="no purchase until 1990-01-01"):
        customer_features(TRANSACTIONS, until="1990-01-01")
