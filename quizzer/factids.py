"""Ids of facts that come from elsewhere: whoever takes such a fact in, and however often, gives it the same id."""

from __future__ import annotations

from hashlib import blake2b

_VERSION_AND_VARIANT = (7 << 76) | (2 << 62)


def fact_id(at_ms: int, name: str) -> str:
    """A UUIDv7 of that instant, whose other bits come from *name* (RFC 9562, section 5.7)."""
    digest = int.from_bytes(blake2b(name.encode(), digest_size=10).digest(), "big")
    low = digest & ((1 << 62) - 1)
    counter = (digest >> 62) & 0xFFF
    text = f"{(at_ms << 80) | _VERSION_AND_VARIANT | (counter << 64) | low:032x}"
    return f"{text[:8]}-{text[8:12]}-{text[12:16]}-{text[16:20]}-{text[20:]}"
