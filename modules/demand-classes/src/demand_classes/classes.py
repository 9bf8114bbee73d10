"""The classes of Syntetos, Boylan and Croston, "On the categorization of demand patterns", 2005."""

from dataclasses import dataclass

import pandas as pd

LONG_INTERVAL = 1.32
HIGH_VARIATION = 0.49


@dataclass(frozen=True)
class DemandClass:
    """How often and how evenly an item is asked for, and the class that follows."""

    adi: float
    cv2: float
    name: str


def classify(demand: pd.Series) -> DemandClass:
    """Classify one item.

    Inputs:
        demand: one value a period, 0 in periods without demand, above 0 in at least one.

    ``adi`` is the average demand interval, in periods. ``cv2`` is the squared coefficient of
    variation of the demand in the periods that have any; with only one such period it is 0.
    """
    sizes = demand[demand > 0]
    if sizes.empty:
        raise ValueError("there is no demand in any period")
    adi = len(demand) / len(sizes)
    cv2 = float((sizes.std() / sizes.mean()) ** 2) if len(sizes) > 1 else 0.0
    return DemandClass(adi, cv2, class_name(adi, cv2))


def class_name(adi: float, cv2: float) -> str:
    """Name the class of an average demand interval and a squared coefficient of variation."""
    if adi < LONG_INTERVAL:
        return "smooth" if cv2 < HIGH_VARIATION else "erratic"
    return "intermittent" if cv2 < HIGH_VARIATION else "lumpy"
