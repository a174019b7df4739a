"""Edits decks in place: every other byte of the file stays as it was."""
