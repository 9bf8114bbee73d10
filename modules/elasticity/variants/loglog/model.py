"""A demand curve with one elasticity at every price: units = scale * price ** elasticity."""

from dataclasses import dataclass

import numpy as np
import pandas as pd
from scipy.stats import linregress


@dataclass(frozen=True)
class Demand:
    """What a demand curve says about the price elasticity, and how well it fits."""

    elasticity: float
    standard_error: float
    r_squared: float


def fit_demand(records: pd.DataFrame) -> Demand:
    """Fit log(units) to log(price) by least squares; the slope is the elasticity.

    Inputs:
        records: one product's sales, with at least 2 different prices, and units above 0.
    """
    if (records["units"] <= 0).any():
        raise ValueError(
            f"product '{records['product'].iloc[0]}' has rows without units, and 0 has no logarithm;"
            " leave them out or sum the sales over longer periods"
        )
    line = linregress(np.log(records["price"]), np.log(records["units"]))
    return Demand(float(line.slope), float(line.stderr), float(line.rvalue) ** 2)
