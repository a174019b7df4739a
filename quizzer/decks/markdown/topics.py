"""What a title is about: tags from the headings of sections."""

from __future__ import annotations

import re
import unicodedata

_WORD = re.compile(r"[^\W_]+(?:(?<=[a-z])[+#]+(?!\w))?")
_TAIL = re.compile(
    r"[\s:–-]*\b(?:(?:job|technical|theory|theoretical|coding|interview|exam|quiz|review|practice|sample) )*"
    r"(?:questions?(?: (?:and|&|n) answers?)?|q\s*&\s*a|q/a|faqs?)(?:\s*\(\d+[^)]*\))?[\s:.]*$",
    re.IGNORECASE,
)
_HEAD = re.compile(
    r"^(?:(?:interview )?questions? (?:on|about|regarding|for|from|based on)\s+|"
    r"(?:section|part|chapter)\s+\w+\s*[:.–-]\s*)",
    re.IGNORECASE,
)
LONGEST = 60
"""Characters of a tag."""


def slug(title: str) -> str:
    """*title* as a tag: small letters, digits and hyphens, in any script."""
    folded = unicodedata.normalize("NFKC", title).lower().replace("'", "").replace("’", "")
    return "-".join(_WORD.findall(folded))[:LONGEST].rstrip("-")


def topic(title: str) -> str:
    """What a section's *title* is about, without "interview questions" and such; may be empty."""
    return _TAIL.sub("", _HEAD.sub("", title.strip())).strip(" :–-")
