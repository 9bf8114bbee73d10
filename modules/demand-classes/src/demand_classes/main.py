"""How this module is meant to be run: a table of demand in, a table of classes out."""

import pandas as pd

from demand_classes.classes import classify
from demand_classes.periods import demand_per_period


def classify_demand(records: pd.DataFrame, every: str = "month") -> pd.DataFrame:
    """Classify the demand of every item.

    Inputs:
        records: any number of rows an item, with the columns ``item``, ``date``, ``demand``.
        every: length of a period: day, week, month, quarter or year. The class depends on it: what
            is intermittent by the day may be smooth by the month.

    Returns one row an item, in the order of their names: ``item``, ``periods``,
    ``periods_with_demand``, ``adi``, ``cv2`` and ``demand_class``.
    """
    per_period = demand_per_period(records, every)
    rows = [
        classify_item(str(item), periods["demand"]) for item, periods in per_period.groupby("item")
    ]
    return pd.DataFrame(rows)


def classify_item(item: str, demand: pd.Series) -> dict[str, str | int | float]:
    """Classify one item's demand, one value a period, as a row of the result."""
    try:
        found = classify(demand)
    except ValueError as error:
        raise ValueError(f"item '{item}': {error}") from error
    return {
        "item": item,
        "periods": len(demand),
        "periods_with_demand": int((demand > 0).sum()),
        "adi": found.adi,
        "cv2": found.cv2,
        "demand_class": found.name,
    }
