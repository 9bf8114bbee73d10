"""Forecasts of real series, and what ``forecast_demand`` promises."""

from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest
from forecast import forecast_demand

DATA = Path(__file__).parent / "data"
AIRLINE = pd.read_csv(DATA / "airline-passengers.csv")
SOUVENIRS = pd.read_csv(DATA / "souvenirs.csv")
SERA = pd.read_csv(DATA / "immune-sera.csv")
CUSTOMERS = pd.read_csv(DATA / "cd-customers.csv")


@pytest.mark.parametrize(
    ("records", "last_year", "method"),
    [(AIRLINE, "1960", "holt-winters"), (SOUVENIRS, "1993", "log-holt-winters")],
)
def test_is_better_than_last_year_again(records: pd.DataFrame, last_year: str, method: str) -> None:
    known = records[records["date"] < last_year]
    actual = records[records["date"] >= last_year]["demand"].reset_index(drop=True)
    forecasts = forecast_demand(known, every="month", horizon=12)
    same_again = known["demand"].tail(12).reset_index(drop=True)
    error = (forecasts["forecast"] - actual).abs().mean()
    assert error < 0.75 * (same_again - actual).abs().mean()
    assert actual.between(forecasts["low"], forecasts["high"]).sum() >= 10
    assert set(forecasts["method"]) == {method}


def test_one_row_an_item_and_coming_period() -> None:
    forecasts = forecast_demand(CUSTOMERS, every="week", horizon=2)
    assert list(forecasts.columns) == [
        "item",
        "date",
        "forecast",
        "low",
        "high",
        "method",
        "demand_class",
    ]
    assert forecasts["item"].tolist() == [
        "customer-0813",
        "customer-0813",
        "customer-1981",
        "customer-1981",
        "customer-2149",
        "customer-2149",
    ]
    # The last order is of 1998-06-19, a Friday.
    assert forecasts["date"].astype(str).tolist() == ["1998-06-22", "1998-06-29"] * 3


def test_the_class_of_the_demand_chooses_the_method() -> None:
    monthly = forecast_demand(CUSTOMERS, every="month", horizon=1)
    assert monthly["demand_class"].tolist() == ["smooth", "smooth", "lumpy"]
    assert monthly["method"].tolist()[:2] == ["simple", "simple"]
    weekly = forecast_demand(CUSTOMERS, every="week", horizon=1)
    assert weekly["demand_class"].tolist() == ["intermittent", "intermittent", "lumpy"]
    assert set(weekly["method"]) == {monthly["method"].iloc[2]}


def test_intervals_hold_the_forecast_and_are_not_below_0() -> None:
    for records in [AIRLINE, SOUVENIRS, SERA, CUSTOMERS]:
        forecasts = forecast_demand(records)
        assert (forecasts["low"] >= 0).all()
        assert (forecasts["low"] <= forecasts["forecast"]).all()
        assert (forecasts["forecast"] <= forecasts["high"]).all()


def test_less_confidence_means_a_narrower_interval() -> None:
    usual = forecast_demand(AIRLINE)
    daring = forecast_demand(AIRLINE, confidence=0.5)
    assert (daring["high"] < usual["high"]).all()
    assert (daring["forecast"] == usual["forecast"]).all()


def test_a_line_goes_on_and_a_constant_stays() -> None:
    months = pd.date_range("2026-01-01", periods=8, freq="MS")
    line = pd.DataFrame({"item": "line", "date": months, "demand": range(10, 26, 2)})
    constant = pd.DataFrame({"item": "constant", "date": months, "demand": 7})
    forecasts = forecast_demand(pd.concat([line, constant]), horizon=3)
    assert forecasts["forecast"].tolist() == pytest.approx([7, 7, 7, 26, 28, 30])


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (lambda demand: demand.drop(columns="item"), "no column item; it has date, demand"),
        (lambda demand: demand.assign(demand=-1), "row 1 of the demand has a demand below 0"),
        (lambda demand: demand.assign(demand=0), "item 'souvenirs' has no demand in any period"),
        (lambda demand: demand.head(2), "item 'souvenirs' has 2 periods of demand; at least 3"),
    ],
)
def test_unusable_demand_is_refused(
    change: Callable[[pd.DataFrame], pd.DataFrame], message: str
) -> None:
    with pytest.raises(ValueError, match=message):
        forecast_demand(change(SOUVENIRS))


def test_unusable_settings_are_refused() -> None:
    with pytest.raises(ValueError, match="horizon must be at least 1 period, but is 0"):
        forecast_demand(SOUVENIRS, horizon=0)
    with pytest.raises(ValueError, match="confidence must be between 0 and 1, but is 95"):
        forecast_demand(SOUVENIRS, confidence=95)
    with pytest.raises(ValueError, match="not 'fortnight'"):
        forecast_demand(SOUVENIRS, every="fortnight")
