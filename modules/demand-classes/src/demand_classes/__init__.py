"""Classify demand as smooth, erratic, intermittent or lumpy."""

from demand_classes.classes import DemandClass, classify
from demand_classes.main import classify_demand
from demand_classes.periods import demand_per_period

__all__ = ["DemandClass", "classify", "classify_demand", "demand_per_period"]
