"""Touchstone runs a quality-label scheme for cluster organisations."""

__version__ = "0.1.0"
