"""The mean rate of intermittent demand by Croston's method."""

import numpy as np

from forecast.smoothing import Numbers

METHOD = "croston"
WEIGHT = 0.1


def demand_rates(demand: Numbers) -> Numbers:
    """Estimate the demand a period, before every period and after the last.

    Inputs:
        demand: one value a period, at least one above 0.

    Croston (1972) smooths the size of a demand and the interval between demands, each only when
    there is a demand; the rate is size / interval. Before the first demand it is that of the first.
    """
    first = int(np.argmax(demand > 0))
    size, interval = float(demand[first]), float(first + 1)
    rates = [size / interval]
    waited = 0
    for period, value in enumerate(demand):
        waited += 1
        if value > 0 and period > first:
            size += WEIGHT * (value - size)
            interval += WEIGHT * (waited - interval)
        if value > 0:
            waited = 0
        rates.append(size / interval)
    return np.array(rates)
