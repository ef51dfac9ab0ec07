"""The command line: reads what a person typed, calls one verb, says the answer. Computes nothing."""

from touchstone.cli.commands import main

__all__ = ["main"]
