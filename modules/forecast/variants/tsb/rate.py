"""The mean rate of intermittent demand by the method of Teunter, Syntetos and Babai."""

import numpy as np

from forecast.smoothing import Numbers

METHOD = "tsb"
WEIGHT = 0.1


def demand_rates(demand: Numbers) -> Numbers:
    """Estimate the demand a period, before every period and after the last.

    Inputs:
        demand: one value a period, at least one above 0.

    Teunter, Syntetos and Babai (2011) smooth the size of a demand whenever there is one, and the
    probability of a demand in every period; the rate is size * probability. It falls while nobody
    asks for the item. The first size is that of the first demand, the first probability 1 out of
    the periods it took.
    """
    first = int(np.argmax(demand > 0))
    size, probability = float(demand[first]), 1 / (first + 1)
    rates = [size * probability]
    for value in demand:
        if value > 0:
            size += WEIGHT * (value - size)
        probability += WEIGHT * (float(value > 0) - probability)
        rates.append(size * probability)
    return np.array(rates)
