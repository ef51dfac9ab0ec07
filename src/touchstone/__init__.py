"""Touchstone runs a quality-label scheme for cluster organisations."""
