"""The number of a card among those of its deck."""

from __future__ import annotations

import re


def number_of(card_id: str, place: int) -> int:
    """The number of a card: that at the end of its id, else its place."""
    found = re.search(r"(\d{1,6})$", card_id)
    return int(found.group(1)) if found else place + 1
