"""The log-log demand curve against theory and against statsmodels."""

from pathlib import Path

import pandas as pd
import pytest
from elasticity import estimate_elasticities

SALES = pd.read_csv(Path(__file__).parent / "data" / "sales.csv")

# statsmodels 0.15, ols("np.log(units) ~ np.log(price)"): slope, conf_int, bse, rsquared
STATSMODELS = pd.DataFrame(
    [
        ["avocados", -0.681382, -0.784600, -0.578165, 0.052281, 0.504243],
        ["cigarettes-california", -1.001584, -1.279705, -0.723463, 0.135774, 0.660267],
        ["cigarettes-new-york", -0.709119, -0.884712, -0.533525, 0.085722, 0.709638],
        ["cigarettes-texas", -0.928196, -1.085617, -0.770776, 0.076850, 0.838967],
    ],
    columns=["product", "elasticity", "low", "high", "standard_error", "r_squared"],
)


def test_agrees_with_statsmodels() -> None:
    elasticities = estimate_elasticities(SALES).drop(columns="observations")
    pd.testing.assert_frame_equal(elasticities, STATSMODELS, rtol=0, atol=1e-6)


def test_finds_the_elasticity_of_an_exact_curve() -> None:
    price = pd.Series([1.0, 2.0, 4.0, 5.0])
    sales = pd.DataFrame({"product": "tea", "price": price, "units": 100 * price**-1.5})
    tea = estimate_elasticities(sales).iloc[0]
    assert tea["elasticity"] == pytest.approx(-1.5)
    assert tea["low"] == pytest.approx(tea["high"])
    assert tea["r_squared"] == pytest.approx(1)


def test_refuses_rows_without_units() -> None:
    sales = pd.DataFrame({"product": "tea", "price": [1.0, 2.0, 3.0], "units": [9, 4, 0]})
    with pytest.raises(ValueError, match="product 'tea' has rows without units"):
        estimate_elasticities(sales)
