"""Croston's method against its definition."""

from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from forecast import forecast_demand
from forecast.rate import demand_rates

SERA = pd.read_csv(Path(__file__).parent / "data" / "immune-sera.csv")


def test_agrees_with_smoothing_sizes_and_intervals_apart() -> None:
    # Simple smoothing, each from its first value, of the 114 sizes and of the 114 intervals, the
    # way of R's forecast::croston, gives 2.337487 / 2.690193.
    forecasts = forecast_demand(SERA, horizon=2)
    assert forecasts["forecast"].tolist() == pytest.approx([0.868892, 0.868892], abs=1e-6)
    assert set(forecasts["method"]) == {"croston"}


def test_even_demand_has_an_even_rate() -> None:
    assert demand_rates(np.array([0.0, 6.0, 0.0, 6.0])) == pytest.approx([3.0] * 5)


def test_learns_only_when_there_is_demand() -> None:
    # The second demand of 4 comes after 3 periods: 0.9 * 2 + 0.1 * 4 over 0.9 * 1 + 0.1 * 3.
    rates = demand_rates(np.array([2.0, 0.0, 0.0, 4.0, 0.0]))
    assert rates == pytest.approx([2.0, 2.0, 2.0, 2.0, 2.2 / 1.2, 2.2 / 1.2])
