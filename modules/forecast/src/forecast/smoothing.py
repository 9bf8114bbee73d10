"""Exponential smoothing with a level, a trend and a season, all of which add up.

The formulas are those of the model ETS(A,A,A) in Hyndman, Koehler, Ord and Snyder, "Forecasting
with exponential smoothing", 2008. Without a season it is Holt's method; without a trend too, simple
exponential smoothing.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Numbers = NDArray[np.float64]


@dataclass(frozen=True)
class State:
    """What the past says about the future.

    ``season`` has one value a period of the season, the coming period's first.
    """

    level: float
    trend: float
    season: tuple[float, ...]


@dataclass(frozen=True)
class Weights:
    """How much of each error goes into the level, the trend and the season, from 0 to 1."""

    level: float
    trend: float
    season: float


def smooth(demand: Numbers, start: State, weights: Weights) -> tuple[State, Numbers]:
    """Go through the demand and learn from every error.

    Inputs:
        demand: one value a period.
        start: the state before the first period.
        weights: how fast to learn.

    Returns the state after the last period, and the error of every period's forecast.
    """
    level, trend, season = start.level, start.trend, list(start.season)
    errors = []
    for period, value in enumerate(demand):
        place = period % len(season)
        error = value - (level + trend + season[place])
        level += trend + weights.level * error
        trend += weights.trend * error
        season[place] += weights.season * error
        errors.append(error)
    coming = len(demand) % len(season)
    return State(level, trend, tuple(season[coming:] + season[:coming])), np.array(errors)


def extrapolate(state: State, horizon: int) -> Numbers:
    """Forecast the coming periods: the level, the trend so far, and the season."""
    steps = np.arange(1, horizon + 1)
    season = np.resize(np.array(state.season), horizon)
    return np.asarray(state.level + steps * state.trend + season)


def variance_growth(weights: Weights, season_length: int, horizon: int) -> Numbers:
    """Say how many times more variance a forecast has than the one for the next period.

    An error that is still to come moves the level, and by way of the trend moves it further with
    every step; it moves the season once a season.
    """
    steps = np.arange(1, horizon)
    effects = weights.level + weights.trend * steps + weights.season * (steps % season_length == 0)
    return np.concatenate([[1.0], 1 + np.cumsum(effects**2)])
