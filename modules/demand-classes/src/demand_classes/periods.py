"""From dated records to one value an item and period."""

import pandas as pd

COLUMNS = ["item", "date", "demand"]
FREQUENCIES = {"day": "D", "week": "W", "month": "M", "quarter": "Q", "year": "Y"}


def demand_per_period(records: pd.DataFrame, every: str = "month") -> pd.DataFrame:
    """Sum the demand of every item and period, with 0 for periods without a record.

    Inputs:
        records: any number of rows an item, with the columns ``item``, ``date``, ``demand``.
        every: length of a period: day, week, month, quarter or year.

    Returns ``item``, ``period`` and ``demand``, ordered by item and period. An item begins with its
    own first record and ends with the last record of any item, so that one that nobody asks for any
    more shows it.
    """
    if every not in FREQUENCIES:
        raise ValueError(f"a period is one {', '.join(FREQUENCIES)}; not '{every}'")
    checked = check_records(records)
    checked["period"] = checked["date"].dt.to_period(FREQUENCIES[every])
    end = checked["period"].max()
    items = [
        fill_periods(item_records, end).assign(item=item)
        for item, item_records in checked.groupby("item")
    ]
    return pd.concat(items, ignore_index=True)[["item", "period", "demand"]]


def fill_periods(item_records: pd.DataFrame, end: pd.Period) -> pd.DataFrame:
    """Sum one item's demand for every period from its first record to the end."""
    totals = item_records.groupby("period")["demand"].sum()
    every_period = pd.period_range(totals.index.min(), end, name="period")
    return totals.reindex(every_period, fill_value=0).reset_index()


def check_records(records: pd.DataFrame) -> pd.DataFrame:
    """Return the columns that are needed, with real dates and numbers, or say what is wrong."""
    missing = [column for column in COLUMNS if column not in records.columns]
    if missing:
        raise ValueError(
            f"demand has no column {', '.join(missing)}; it has {', '.join(records.columns)}"
        )
    if records.empty:
        raise ValueError("demand has no rows")
    checked = records[COLUMNS].copy()
    checked["date"] = pd.to_datetime(checked["date"], format="ISO8601", errors="coerce")
    checked["demand"] = pd.to_numeric(checked["demand"], errors="coerce")
    refuse(records, checked["item"].isna(), "no item")
    refuse(records, checked["date"].isna(), "a date that is not like 2026-03-31")
    refuse(records, checked["demand"].isna(), "a demand that is not a number")
    refuse(records, checked["demand"] < 0, "a demand below 0")
    return checked


def refuse(records: pd.DataFrame, wrong: pd.Series, problem: str) -> None:
    """Raise an error about the first row that is wrong, if any is. Rows are counted from 1."""
    if wrong.any():
        position = int(wrong.to_numpy().argmax())
        row = records[COLUMNS].iloc[position].to_dict()
        raise ValueError(f"row {position + 1} of the demand has {problem}: {row}")
