"""Forecasts of smooth and erratic demand: exponential smoothing, with what the item needs of it."""

from dataclasses import dataclass
from statistics import NormalDist

import numpy as np
import pandas as pd
from scipy.optimize import minimize

from forecast.smoothing import (
    Numbers,
    State,
    Weights,
    extrapolate,
    smooth,
    variance_growth,
)

FIRST_PERIODS = 10


@dataclass(frozen=True)
class Method:
    """A kind of exponential smoothing.

    ``weights`` is how many of its weights are to be found: of the level, the trend, the season.
    ``parameters`` counts these and the values of the first state.
    """

    name: str
    weights: int
    parameters: int
    start: State


@dataclass(frozen=True)
class Fit:
    """A method with the weights that suit the demand best, and how well it does."""

    method: Method
    weights: Weights
    state: State
    variance: float
    bic: float


def forecast_smooth(
    demand: Numbers, season_length: int, horizon: int, confidence: float
) -> pd.DataFrame:
    """Forecast by the method with the lowest Bayesian information criterion.

    Inputs:
        demand: one value a period, at least 3.
        season_length: periods until a season comes again; 1 for none.
        horizon: how many periods to forecast.
        confidence: how often the intervals should hold the true demand.

    Returns ``forecast``, ``low``, ``high`` and ``method``, one row a period; none is below 0.
    """
    fits = [fit(demand, method) for method in methods_for(demand, season_length)]
    best = min(fits, key=lambda candidate: candidate.bic)
    growth = variance_growth(best.weights, len(best.state.season), horizon)
    margin = NormalDist().inv_cdf((1 + confidence) / 2) * np.sqrt(best.variance * growth)
    forecast = extrapolate(best.state, horizon)
    columns = {"forecast": forecast, "low": forecast - margin, "high": forecast + margin}
    return pd.DataFrame(columns).clip(lower=0).assign(method=best.method.name)


def forecast_erratic(
    demand: Numbers, season_length: int, horizon: int, confidence: float
) -> pd.DataFrame:
    """Forecast as ``forecast_smooth`` does, but the logarithm of the demand.

    Erratic demand doubles and halves rather than going up and down by so many units: trend and
    season multiply, the intervals reach further up than down, and the forecast is a median.
    """
    forecast = forecast_smooth(np.log1p(demand), season_length, horizon, confidence)
    numbers = ["forecast", "low", "high"]
    forecast[numbers] = np.expm1(forecast[numbers])
    return forecast.assign(method="log-" + forecast["method"])


def methods_for(demand: Numbers, season_length: int) -> list[Method]:
    """List the methods that the demand is long enough for, each with a first state."""
    first = demand[:FIRST_PERIODS]
    trend, level = np.polyfit(np.arange(1, len(first) + 1), first, deg=1)
    methods = [
        Method("simple", 1, 2, State(float(first.mean()), 0.0, (0.0,))),
        Method("holt", 2, 4, State(float(level), float(trend), (0.0,))),
    ]
    if season_length > 1 and len(demand) >= 2 * season_length:
        start = seasonal_start(demand[: 2 * season_length], season_length)
        methods.append(Method("holt-winters", 3, 4 + season_length, start))
    return [method for method in methods if method.parameters < len(demand)]


def seasonal_start(demand: Numbers, season_length: int) -> State:
    """Guess the state before the first of two seasons of demand."""
    seasons = demand.reshape(2, season_length)
    trend = (seasons[1].mean() - seasons[0].mean()) / season_length
    level = demand.mean() - trend * (len(demand) + 1) / 2
    line = level + trend * np.arange(1, len(demand) + 1)
    season = (demand - line).reshape(2, season_length).mean(axis=0)
    return State(float(level), float(trend), tuple(season.tolist()))


def fit(demand: Numbers, method: Method) -> Fit:
    """Find the weights with the smallest squared errors."""
    scale = float(np.sum(demand**2))

    def loss(shares: Numbers) -> float:
        _, errors = smooth(demand, method.start, weights_from(shares))
        return float(np.sum(errors**2)) / scale

    first_shares = [0.3, 0.1, 0.1][: method.weights]
    bounds = [(0.0001, 0.9999)] * method.weights
    found = minimize(loss, first_shares, method="L-BFGS-B", bounds=bounds)
    weights = weights_from(found.x)
    state, errors = smooth(demand, method.start, weights)
    squares = float(np.sum(errors**2))
    periods = len(demand)
    variance = squares / (periods - method.parameters)
    # An exact fit has no logarithm; the smallest number above 0 stands in for it.
    likelihood = periods * np.log(max(squares / periods, np.finfo(float).tiny))
    return Fit(method, weights, state, variance, likelihood + method.parameters * np.log(periods))


def weights_from(shares: Numbers) -> Weights:
    """Turn up to three numbers from 0 to 1 into weights that keep the method stable.

    The trend may take part of what the level takes, the season part of what the level leaves.
    """
    level, trend, season = [*shares, 0.0, 0.0][:3]
    return Weights(float(level), float(level * trend), float((1 - level) * season))
