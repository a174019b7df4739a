"""The log of facts and its caches in SQLite."""
