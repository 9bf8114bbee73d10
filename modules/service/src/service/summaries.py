"""What the service computes: put your own work here. It knows nothing of HTTP."""

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import fmean, median, stdev


@dataclass(frozen=True)
class Summary:
    """What a series of numbers looks like."""

    count: int
    mean: float
    median: float
    standard_deviation: float
    smallest: float
    largest: float


def summarise(values: Sequence[float]) -> Summary:
    """Summarises a series.

    Inputs:
        values: two numbers or more (one has no deviation).

    Raises ValueError if there are fewer, or if they are too large to compute with.
    """
    if len(values) < 2:
        raise ValueError(f"a summary needs 2 values or more, not {len(values)}")
    try:
        return Summary(
            count=len(values),
            mean=fmean(values),
            median=median(values),
            standard_deviation=stdev(values),
            smallest=min(values),
            largest=max(values),
        )
    except OverflowError:
        raise ValueError("the values are too large to compute with") from None
