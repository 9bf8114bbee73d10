"""How this module is meant to be run: a table of sales in, a table of elasticities out."""

import pandas as pd
from scipy.stats import t

from elasticity.model import fit_demand
from elasticity.sales import check_sales

MINIMUM_ROWS = 3


def estimate_elasticities(sales: pd.DataFrame, confidence: float = 0.95) -> pd.DataFrame:
    """Estimate every product's price elasticity of demand.

    Inputs:
        sales: one row a product and period, with the columns ``product``, ``price`` and ``units``.
        confidence: how often the interval should hold the true elasticity, between 0 and 1.

    Returns one row a product, in the order of their names: ``product``, ``observations``,
    ``elasticity`` (-2 means that a price 1 % higher sells 2 % less), ``low`` and ``high`` (its
    confidence interval), ``standard_error`` and ``r_squared``.
    """
    if not 0 < confidence < 1:
        raise ValueError(f"confidence must be between 0 and 1, but is {confidence}")
    rows = [
        estimate_product(str(product), records, confidence)
        for product, records in check_sales(sales).groupby("product")
    ]
    return pd.DataFrame(rows)


def estimate_product(
    product: str, records: pd.DataFrame, confidence: float
) -> dict[str, str | int | float]:
    """Estimate one product's elasticity from its own records, as a row of the result."""
    observations = len(records)
    if observations < MINIMUM_ROWS:
        raise ValueError(
            f"product '{product}' has {observations} rows of sales;"
            f" at least {MINIMUM_ROWS} are needed"
        )
    if records["price"].nunique() < 2:
        raise ValueError(
            f"product '{product}' was always sold at {records['price'].iloc[0]};"
            " an elasticity needs at least 2 prices"
        )
    demand = fit_demand(records)
    # A line has two parameters, which leaves observations - 2 degrees of freedom.
    margin = t.ppf((1 + confidence) / 2, observations - 2) * demand.standard_error
    return {
        "product": product,
        "observations": observations,
        "elasticity": demand.elasticity,
        "low": demand.elasticity - margin,
        "high": demand.elasticity + margin,
        "standard_error": demand.standard_error,
        "r_squared": demand.r_squared,
    }
