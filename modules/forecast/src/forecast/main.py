"""How this module is meant to be run: a table of demand in, a table of forecasts out."""

import numpy as np
import pandas as pd
from demand_classes import classify, demand_per_period

from forecast.intermittent import forecast_intermittent
from forecast.regular import forecast_erratic, forecast_smooth

SEASON_LENGTHS = {"day": 7, "week": 52, "month": 12, "quarter": 4, "year": 1}
MINIMUM_PERIODS = 3


def forecast_demand(
    records: pd.DataFrame, every: str = "month", horizon: int = 12, confidence: float = 0.95
) -> pd.DataFrame:
    """Forecast the demand of every item for the periods after the last record.

    Inputs:
        records: any number of rows an item, with the columns ``item``, ``date``, ``demand``.
        every: length of a period: day, week, month, quarter or year.
        horizon: how many periods to forecast.
        confidence: how often the intervals should hold the true demand, between 0 and 1.

    Returns one row an item and coming period: ``item``, ``date`` (first day of the period),
    ``forecast``, ``low``, ``high``, ``method`` and ``demand_class``.
    """
    if horizon < 1:
        raise ValueError(f"horizon must be at least 1 period, but is {horizon}")
    if not 0 < confidence < 1:
        raise ValueError(f"confidence must be between 0 and 1, but is {confidence}")
    per_period = demand_per_period(records, every)
    end = per_period["period"].max()
    dates = pd.period_range(end + 1, periods=horizon).to_timestamp()
    forecasts = []
    for item, periods in per_period.groupby("item"):
        forecast = forecast_item(
            str(item), periods["demand"], SEASON_LENGTHS[every], horizon, confidence
        )
        forecast.insert(0, "item", item)
        forecast.insert(1, "date", dates)
        forecasts.append(forecast)
    return pd.concat(forecasts, ignore_index=True)


def forecast_item(
    item: str, demand: pd.Series, season_length: int, horizon: int, confidence: float
) -> pd.DataFrame:
    """Forecast one item's demand, one value a period, by the method for its class."""
    if len(demand) < MINIMUM_PERIODS:
        raise ValueError(
            f"item '{item}' has {len(demand)} periods of demand;"
            f" at least {MINIMUM_PERIODS} are needed"
        )
    if not (demand > 0).any():
        raise ValueError(f"item '{item}' has no demand in any period")
    demand_class = classify(demand).name
    history = demand.to_numpy(dtype=np.float64)
    if demand_class == "smooth":
        forecast = forecast_smooth(history, season_length, horizon, confidence)
    elif demand_class == "erratic":
        forecast = forecast_erratic(history, season_length, horizon, confidence)
    else:
        forecast = forecast_intermittent(history, horizon, confidence)
    return forecast.assign(demand_class=demand_class)
