"""A demand curve that is a line, units = intercept + slope * price, and its elasticity."""

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
    """Fit units to price by least squares; give the elasticity at the mean price.

    The elasticity of a line changes along it: slope * price / units. Its standard error comes
    from the delta method: the slope and the mean of the units are both estimates, and are
    independent of each other.

    Inputs:
        records: one product's sales, with at least 2 different prices, and some units sold.
    """
    price, units = records["price"], records["units"]
    mean_price, mean_units = float(price.mean()), float(units.mean())
    if mean_units == 0:
        raise ValueError(f"product '{records['product'].iloc[0]}' has sold no units at all")
    line = linregress(price, units)
    slope, slope_error = float(line.slope), float(line.stderr)
    elasticity = slope * mean_price / mean_units
    # slope_error**2 = residual variance / sum of squared price deviations
    residual_variance = slope_error**2 * float(((price - mean_price) ** 2).sum())
    mean_error = np.sqrt(residual_variance / len(units))
    standard_error = np.hypot(
        slope_error * mean_price / mean_units, elasticity * mean_error / mean_units
    )
    return Demand(elasticity, float(standard_error), float(line.rvalue) ** 2)
