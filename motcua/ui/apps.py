"""The Django app ``ui``."""

from __future__ import annotations

from django.apps import AppConfig


class UiConfig(AppConfig):
    """Templates, static files and template tags of the design system."""

    name = "motcua.ui"
    label = "ui"
