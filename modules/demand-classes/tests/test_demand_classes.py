"""The classes of real series, and what ``classify_demand`` promises."""

from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest
from demand_classes import classify, classify_demand
from demand_classes.classes import class_name

DATA = Path(__file__).parent / "data"
CUSTOMERS = pd.read_csv(DATA / "cd-customers.csv")


# Computed apart: len(x) / sum(x > 0), and (sd / mean)^2 of the values above 0
@pytest.mark.parametrize(
    ("item", "adi", "cv2", "demand_class"),
    [
        ("airline-passengers", 1.0, 0.18318, "smooth"),
        ("souvenirs", 1.0, 1.21026, "erratic"),
        ("immune-sera", 1.78947, 0.83972, "lumpy"),
    ],
)
def test_classes_of_monthly_series(item: str, adi: float, cv2: float, demand_class: str) -> None:
    classes = classify_demand(pd.read_csv(DATA / f"{item}.csv"), every="month")
    assert classes["item"].tolist() == [item]
    assert classes["adi"].iloc[0] == pytest.approx(adi, abs=1e-5)
    assert classes["cv2"].iloc[0] == pytest.approx(cv2, abs=1e-5)
    assert classes["demand_class"].iloc[0] == demand_class


@pytest.mark.parametrize(
    ("every", "classes"),
    [
        ("week", ["intermittent", "intermittent", "lumpy"]),
        ("month", ["smooth", "smooth", "lumpy"]),
    ],
)
def test_longer_periods_make_demand_smoother(every: str, classes: list[str]) -> None:
    assert classify_demand(CUSTOMERS, every)["demand_class"].tolist() == classes


def test_one_row_an_item() -> None:
    classes = classify_demand(CUSTOMERS, every="week")
    assert list(classes.columns) == [
        "item",
        "periods",
        "periods_with_demand",
        "adi",
        "cv2",
        "demand_class",
    ]
    assert classes["item"].tolist() == ["customer-0813", "customer-1981", "customer-2149"]
    assert classes["periods_with_demand"].tolist() == [31, 36, 23]


@pytest.mark.parametrize(
    ("adi", "cv2", "name"),
    [
        (1.0, 0.0, "smooth"),
        (1.31, 0.48, "smooth"),
        (1.31, 0.49, "erratic"),
        (1.32, 0.48, "intermittent"),
        (1.32, 0.49, "lumpy"),
    ],
)
def test_limits_of_the_classes(adi: float, cv2: float, name: str) -> None:
    assert class_name(adi, cv2) == name


def test_demand_of_one_period_does_not_vary() -> None:
    found = classify(pd.Series([0, 0, 7, 0]))
    assert (found.adi, found.cv2, found.name) == (4.0, 0.0, "intermittent")


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (lambda demand: demand.drop(columns="date"), "no column date; it has item, demand"),
        (lambda demand: demand.head(0), "demand has no rows"),
        (lambda demand: demand.assign(demand=-1), "row 1 of the demand has a demand below 0"),
        (lambda demand: demand.assign(demand="few"), "row 1 .* a demand that is not a number"),
        (lambda demand: demand.assign(date="31/12/97"), "row 1 .* not like 2026-03-31"),
        (lambda demand: demand.assign(item=None), "row 1 of the demand has no item"),
        (lambda demand: demand.assign(demand=0), "item 'customer-0813': there is no demand in any"),
    ],
)
def test_unusable_demand_is_refused(
    change: Callable[[pd.DataFrame], pd.DataFrame], message: str
) -> None:
    with pytest.raises(ValueError, match=message):
        classify_demand(change(CUSTOMERS))


def test_unknown_period_is_refused() -> None:
    with pytest.raises(ValueError, match=r"a period is one day, week, .*; not 'fortnight'"):
        classify_demand(CUSTOMERS, every="fortnight")
