"""From purchases to recency, frequency and monetary value (RFM) of every customer."""

from datetime import date

import pandas as pd

COLUMNS = ["customer", "date", "amount"]
FEATURES = ["recency", "frequency", "monetary"]


def customer_features(transactions: pd.DataFrame, until: str | None = None) -> pd.DataFrame:
    """Sum up what every customer bought.

    Inputs:
        transactions: one row a purchase, with the columns ``customer``, ``date`` and ``amount``.
        until: the day to look back from, like 2026-03-31; purchases after it are left out. The day
            of the last purchase if left out.

    Returns one row a customer: ``customer``, ``recency`` (days since the last purchase),
    ``frequency`` (days with a purchase) and ``monetary`` (sum of the amounts).
    """
    purchases = check_transactions(transactions)
    end = purchases["date"].max() if until is None else parse_day(until)
    purchases = purchases[purchases["date"] <= end]
    if purchases.empty:
        raise ValueError(f"transactions have no purchase until {end.date()}")
    customers = purchases.groupby("customer").agg(
        last=("date", "max"), frequency=("date", "nunique"), monetary=("amount", "sum")
    )
    customers["recency"] = (end - customers["last"]).dt.days
    return customers.reset_index()[["customer", *FEATURES]]


def parse_day(text: str) -> pd.Timestamp:
    """Read a day like 2026-03-31."""
    try:
        return pd.Timestamp(date.fromisoformat(text))
    except ValueError as error:
        raise ValueError(f"until must be a day like 2026-03-31, but is '{text}'") from error


def check_transactions(transactions: pd.DataFrame) -> pd.DataFrame:
    """Return the columns that are needed, with real days and numbers, or say what is wrong."""
    missing = [column for column in COLUMNS if column not in transactions.columns]
    if missing:
        raise ValueError(
            f"transactions have no column {', '.join(missing)};"
            f" they have {', '.join(transactions.columns)}"
        )
    if transactions.empty:
        raise ValueError("transactions have no rows")
    checked = transactions[COLUMNS].copy()
    dates = pd.to_datetime(checked["date"], format="ISO8601", errors="coerce")
    checked["date"] = dates.dt.normalize()
    checked["amount"] = pd.to_numeric(checked["amount"], errors="coerce")
    refuse(transactions, checked["customer"].isna(), "no customer")
    refuse(transactions, checked["date"].isna(), "a date that is not like 2026-03-31")
    refuse(transactions, checked["amount"].isna(), "an amount that is not a number")
    refuse(transactions, checked["amount"] < 0, "an amount below 0; take refunds off a purchase")
    return checked


def refuse(transactions: pd.DataFrame, wrong: pd.Series, problem: str) -> None:
    """Raise an error about the first row that is wrong, if any is. Rows are counted from 1."""
    if wrong.any():
        position = int(wrong.to_numpy().argmax())
        row = transactions[COLUMNS].iloc[position].to_dict()
        raise ValueError(f"row {position + 1} of the transactions has {problem}: {row}")
