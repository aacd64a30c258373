"""Holds what a party to a conflict declared against what the event records show."""

__version__ = "0.1.0"
