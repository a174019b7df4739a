"""The version of the rules of replay, apart from them so that asking whether schedules are current loads nothing."""

from __future__ import annotations

RULES_VERSION = 1
"""Raise it whenever the same facts come to mean another schedule: stored schedules are then replayed."""
