"""Ids of facts: UUIDv7 (RFC 9562, section 5.7), ascending within a device even when its clock jumps back."""

from __future__ import annotations

import os

_RANDOM_BITS = 62
_COUNTER_BITS = 12
_VERSION_AND_VARIANT = (7 << 76) | (2 << 62)


def next_id(at_ms: int, last: str | None) -> str:
    """A new id for the instant *at_ms* (milliseconds since 1970; 0 for earlier ones), greater than *last*."""
    at_ms, counter = max(at_ms, 0), 0
    if last is not None:
        before = int(last.replace("-", ""), 16)
        last_ms, last_counter = before >> 80, (before >> 64) & 0xFFF
        if at_ms <= last_ms:
            at_ms, counter = last_ms, last_counter + 1
            if counter >> _COUNTER_BITS:
                at_ms, counter = last_ms + 1, 0
    low = int.from_bytes(os.urandom(8), "big") >> (64 - _RANDOM_BITS)
    text = f"{(at_ms << 80) | _VERSION_AND_VARIANT | (counter << 64) | low:032x}"
    return f"{text[:8]}-{text[8:12]}-{text[12:16]}-{text[16:20]}-{text[20:]}"
