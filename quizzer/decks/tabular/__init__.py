"""Decks as tables: CSV and TSV, as spreadsheets and scripts write them."""
