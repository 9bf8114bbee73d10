"""Segment customers by what they bought."""

from segmentation.main import segment_customers
from segmentation.profile import describe_segments

__all__ = ["describe_segments", "segment_customers"]
