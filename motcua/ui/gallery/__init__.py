"""The gallery of components, with samples of its own."""

from motcua.ui.gallery.screens import SCREENS

__all__ = ["SCREENS"]
