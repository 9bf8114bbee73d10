"""The linear demand curve against theory and against statsmodels."""

from pathlib import Path

import pandas as pd
import pytest
from elasticity import estimate_elasticities

SALES = pd.read_csv(Path(__file__).parent / "data" / "sales.csv")

# statsmodels 0.15, ols("units ~ price"): params["price"] * mean price / mean units, its standard
# error by the delta method from cov_params(), rsquared
STATSMODELS = pd.DataFrame(
    [
        ["avocados", -0.625843, 0.054937, 0.441391],
        ["cigarettes-california", -0.780265, 0.113818, 0.631182],
        ["cigarettes-new-york", -0.655386, 0.072047, 0.749124],
        ["cigarettes-texas", -0.879361, 0.058332, 0.891607],
    ],
    columns=["product", "elasticity", "standard_error", "r_squared"],
)


def test_agrees_with_statsmodels() -> None:
    elasticities = estimate_elasticities(SALES)[list(STATSMODELS.columns)]
    pd.testing.assert_frame_equal(elasticities, STATSMODELS, rtol=0, atol=1e-6)


def test_finds_the_elasticity_of_an_exact_line() -> None:
    price = pd.Series([1.0, 2.0, 3.0, 6.0])
    sales = pd.DataFrame({"product": "tea", "price": price, "units": 90 - 10 * price})
    tea = estimate_elasticities(sales).iloc[0]
    # At the mean price of 3 the line sells 60 units: -10 * 3 / 60.
    assert tea["elasticity"] == pytest.approx(-0.5)
    assert tea["low"] == pytest.approx(tea["high"])
    assert tea["r_squared"] == pytest.approx(1)


def test_counts_rows_without_units() -> None:
    sales = pd.DataFrame({"product": "tea", "price": [1.0, 2.0, 3.0], "units": [20, 10, 0]})
    assert estimate_elasticities(sales)["elasticity"].iloc[0] == pytest.approx(-2)


def test_refuses_a_product_that_never_sold() -> None:
    sales = pd.DataFrame({"product": "tea", "price": [1.0, 2.0, 3.0], "units": 0})
    with pytest.raises(ValueError, match="product 'tea' has sold no units"):
        estimate_elasticities(sales)
