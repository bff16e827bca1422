"""Procedures by API."""

from motcua.procedures.api.catalogue import router
from motcua.procedures.api.internal import router as internal_router

__all__ = ["internal_router", "router"]
