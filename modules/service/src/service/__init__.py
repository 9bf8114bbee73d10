"""An HTTP service: typed requests in, typed answers or problem details out."""

from service.main import create_app
from service.settings import Settings

__all__ = ["Settings", "create_app"]
