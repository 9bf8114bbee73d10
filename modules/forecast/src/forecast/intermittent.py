"""Forecasts of intermittent and lumpy demand: the same mean rate for every coming period."""

import numpy as np
import pandas as pd

from forecast.rate import METHOD, demand_rates
from forecast.smoothing import Numbers


def forecast_intermittent(demand: Numbers, horizon: int, confidence: float) -> pd.DataFrame:
    """Forecast the mean demand a period, with an interval from the errors of the past.

    Inputs:
        demand: one value a period, at least one above 0.
        horizon: how many periods to forecast.
        confidence: how often the intervals should hold the true demand.

    Most periods have no demand, and some have much: the errors are not normally distributed, so the
    interval takes their quantiles as they are. Returns ``forecast``, ``low``, ``high`` and
    ``method``, one row a period; none is below 0.
    """
    rates = demand_rates(demand)
    forecast = rates[-1]
    errors = demand - rates[:-1]
    low, high = np.quantile(errors, [(1 - confidence) / 2, (1 + confidence) / 2])
    row = {"forecast": forecast, "low": forecast + low, "high": forecast + high}
    return pd.DataFrame([row] * horizon).clip(lower=0).assign(method=METHOD)
