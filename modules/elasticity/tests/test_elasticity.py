"""What ``estimate_elasticities`` promises, whatever the demand curve."""

from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest
from elasticity import estimate_elasticities

SALES = pd.read_csv(Path(__file__).parent / "data" / "sales.csv")
COLUMNS = [
    "product",
    "observations",
    "elasticity",
    "low",
    "high",
    "standard_error",
    "r_squared",
]


def test_every_product_has_one_row() -> None:
    elasticities = estimate_elasticities(SALES)
    assert list(elasticities.columns) == COLUMNS
    assert list(elasticities["product"]) == [
        "avocados",
        "cigarettes-california",
        "cigarettes-new-york",
        "cigarettes-texas",
    ]
    assert list(elasticities["observations"]) == [169, 30, 30, 30]


def test_people_buy_less_when_prices_rise() -> None:
    elasticities = estimate_elasticities(SALES)
    assert (elasticities["high"] < 0).all()
    assert elasticities["r_squared"].between(0, 1).all()


def test_more_confidence_means_a_wider_interval() -> None:
    usual = estimate_elasticities(SALES)
    careful = estimate_elasticities(SALES, confidence=0.99)
    assert (careful["low"] < usual["low"]).all()
    assert (careful["high"] > usual["high"]).all()
    assert (careful["elasticity"] == usual["elasticity"]).all()


def test_the_unit_of_price_and_quantity_does_not_matter() -> None:
    in_cents = SALES.assign(price=SALES["price"] * 100, units=SALES["units"] / 12)
    pd.testing.assert_frame_equal(estimate_elasticities(in_cents), estimate_elasticities(SALES))


def test_other_columns_and_the_order_of_rows_do_not_matter() -> None:
    shuffled = SALES.sample(frac=1, random_state=1).drop(columns="period")
    pd.testing.assert_frame_equal(estimate_elasticities(shuffled), estimate_elasticities(SALES))


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (lambda sales: sales.rename(columns={"price": "cost"}), "no column price; they have"),
        (lambda sales: sales.head(0), "sales have no rows"),
        (
            lambda sales: sales.assign(price=-1.5),
            "row 1 of the sales has a price that is not above",
        ),
        (lambda sales: sales.assign(price="cheap"), "row 1 of the sales has a price that is not a"),
        (lambda sales: sales.assign(units=-3), "row 1 of the sales has units below 0"),
        (lambda sales: sales.assign(product=None), "row 1 of the sales has no product"),
        (lambda sales: sales.head(2), "product 'avocados' has 2 rows of sales; at least 3"),
        (lambda sales: sales.assign(price=2.0), "product 'avocados' was always sold at 2.0"),
    ],
)
def test_unusable_sales_are_refused(
    change: Callable[[pd.DataFrame], pd.DataFrame], message: str
) -> None:
    with pytest.raises(ValueError, match=message):
        estimate_elasticities(change(SALES))


def test_confidence_is_a_share() -> None:
    with pytest.raises(ValueError, match="between 0 and 1, but is 95"):
        estimate_elasticities(SALES, confidence=95)
