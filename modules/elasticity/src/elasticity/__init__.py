"""Price elasticity of demand from sales records."""

from elasticity.main import estimate_elasticities

__all__ = ["estimate_elasticities"]
