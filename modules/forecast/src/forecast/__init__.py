"""Forecast demand with prediction intervals."""

from forecast.main import forecast_demand

__all__ = ["forecast_demand"]
