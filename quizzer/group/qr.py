"""The join link as a QR code, since nobody types an address into a phone."""

from __future__ import annotations

import segno


def rows(link: str) -> tuple[str, ...]:
    """Rows of the QR code of *link*, "1" for a dark module, without the quiet border (four modules) around it."""
    code = segno.make(link, micro=False, error="m", boost_error=False)
    return tuple("".join("1" if module else "0" for module in row) for row in code.matrix)
