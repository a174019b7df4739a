"""Checks decks beyond their format, and tests them with answers whose outcome is known."""
