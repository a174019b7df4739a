"""Grading free text by meaning against reference answers and key points."""
