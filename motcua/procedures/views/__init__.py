"""Pages of procedures."""

from motcua.procedures.views import catalogue, editing, exchange, internal, reviews

__all__ = ["catalogue", "editing", "exchange", "internal", "reviews"]
