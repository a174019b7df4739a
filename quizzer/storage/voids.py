"""Which facts were undone, as SQL; apart from the log, so that counting loads no domain types."""

from __future__ import annotations

VOIDED = "select value from events where kind = 'void'"
NOT_VOIDED = "not exists (select 1 from events as void where void.kind = 'void' and void.value = {})"
"""The same for one fact, by an index: for a few facts of a long log."""
