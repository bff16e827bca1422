"""The demo commune: Hoằng Đông with its 2024 plan in force and a believable year of progress."""

from motcua.site.demo.load import load_demo

__all__ = ["load_demo"]
