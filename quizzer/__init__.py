"""Spaced repetition for questions that have no single right wording."""

__version__ = "0.1.0"
