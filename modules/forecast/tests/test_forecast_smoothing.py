"""Exponential smoothing against statsmodels, an implementation of the same formulas."""

from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from forecast.regular import fit, methods_for, seasonal_start
from forecast.smoothing import State, Weights, extrapolate, smooth, variance_growth

DATA = Path(__file__).parent / "data"
AIRLINE = pd.read_csv(DATA / "airline-passengers.csv")["demand"].to_numpy(dtype=np.float64)
WEIGHTS = Weights(level=0.5, trend=0.02, season=0.3)


def test_agrees_with_statsmodels() -> None:
    # statsmodels 0.15: ETSModel(airline, error="add", trend="add", seasonal="add",
    # seasonal_periods=12).smooth([0.5, 0.02, 0.3, *first state])
    state, errors = smooth(AIRLINE, seasonal_start(AIRLINE[:24], 12), WEIGHTS)
    forecast = extrapolate(state, 24)
    assert np.sum(errors**2) == pytest.approx(54959.6833849)
    assert forecast[[0, 1, 2, 23]] == pytest.approx(
        [467.464731, 456.753762, 509.410096, 516.357892]
    )
    # the same model's get_prediction(…).forecast_variance, as multiples of its first value
    growth = variance_growth(WEIGHTS, 12, 24)
    assert growth[[0, 1, 11, 12, 23]] == pytest.approx([1.0, 1.2704, 5.2724, 6.354, 14.5336])


def test_finds_weights_as_good_as_those_of_statsmodels() -> None:
    # ETSModel(…).fit() also looks for the first state; its squared errors sum up to 21567.
    seasonal = methods_for(AIRLINE, 12)[-1]
    _, errors = smooth(AIRLINE, seasonal.start, fit(AIRLINE, seasonal).weights)
    assert np.sum(errors**2) < 1.05 * 21567


def test_simple_smoothing_is_a_weighted_mean_of_the_past() -> None:
    demand = np.array([4.0, 8.0, 6.0])
    state, errors = smooth(demand, State(4.0, 0.0, (0.0,)), Weights(0.5, 0.0, 0.0))
    assert errors.tolist() == [0.0, 4.0, 0.0]
    assert extrapolate(state, 2).tolist() == [6.0, 6.0]


def test_the_season_goes_on_where_the_demand_ends() -> None:
    demand = np.array([10.0, 20.0, 30.0, 10.0])
    state, errors = smooth(demand, State(20.0, 0.0, (-10.0, 0.0, 10.0)), WEIGHTS)
    assert errors.tolist() == [0.0, 0.0, 0.0, 0.0]
    assert extrapolate(state, 4).tolist() == [20.0, 30.0, 10.0, 20.0]


def test_a_season_needs_two_of_them() -> None:
    assert [method.name for method in methods_for(AIRLINE[:23], 12)] == ["simple", "holt"]
    assert [method.name for method in methods_for(AIRLINE[:24], 12)][-1] == "holt-winters"
    assert [method.name for method in methods_for(AIRLINE[:3], 12)] == ["simple"]
