"""What a table of sales must look like."""

import pandas as pd

COLUMNS = ["product", "price", "units"]


def check_sales(sales: pd.DataFrame) -> pd.DataFrame:
    """Return the columns that are needed, as numbers, or say what is wrong with them.

    Inputs:
        sales: one row a product and period, with the columns ``product``, ``price`` and ``units``.
    """
    missing = [column for column in COLUMNS if column not in sales.columns]
    if missing:
        raise ValueError(
            f"sales have no column {', '.join(missing)}; they have {', '.join(sales.columns)}"
        )
    if sales.empty:
        raise ValueError("sales have no rows")
    checked = sales[COLUMNS].copy()
    for column in ["price", "units"]:
        checked[column] = pd.to_numeric(checked[column], errors="coerce")
        refuse(sales, checked[column].isna(), f"a {column} that is not a number")
    refuse(sales, checked["product"].isna(), "no product")
    refuse(sales, checked["price"] <= 0, "a price that is not above 0")
    refuse(sales, checked["units"] < 0, "units below 0")
    return checked


def refuse(sales: pd.DataFrame, wrong: pd.Series, problem: str) -> None:
    """Raise an error about the first row that is wrong, if any is. Rows are counted from 1."""
    if wrong.any():
        position = int(wrong.to_numpy().argmax())
        row = sales[COLUMNS].iloc[position].to_dict()
        raise ValueError(f"row {position + 1} of the sales has {problem}: {row}")
