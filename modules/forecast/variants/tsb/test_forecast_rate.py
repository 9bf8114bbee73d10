"""The method of Teunter, Syntetos and Babai against its definition."""

from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from forecast import forecast_demand
from forecast.rate import demand_rates

SERA = pd.read_csv(Path(__file__).parent / "data" / "immune-sera.csv")


def test_an_item_that_nobody_asks_for_fades() -> None:
    # The last 38 of 204 months of the sera have no demand.
    forecasts = forecast_demand(SERA, horizon=2)
    assert set(forecasts["method"]) == {"tsb"}
    assert forecasts["forecast"].iloc[0] < 0.1
    rates = demand_rates(SERA["demand"].to_numpy(dtype=np.float64))
    assert rates[-1] == pytest.approx(rates[-39] * 0.9**38)


def test_demand_in_every_period_has_its_own_rate() -> None:
    assert demand_rates(np.array([6.0, 6.0, 6.0])) == pytest.approx([6.0] * 4)


def test_learns_the_probability_in_every_period() -> None:
    # Probabilities: 1, then 0.9 of it twice, then 0.9 * 0.81 + 0.1.
    # Sizes: 2, then 0.9 * 2 + 0.1 * 4.
    rates = demand_rates(np.array([2.0, 0.0, 0.0, 4.0]))
    assert rates == pytest.approx([2.0, 2.0, 1.8, 1.62, 2.2 * 0.829])
