"""Decks: the format, reading with positions, finding, checking and editing."""
