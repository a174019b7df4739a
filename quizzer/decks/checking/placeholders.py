"""Texts that hold the place of one that is still to be written."""

from __future__ import annotations

import re

LEAVE_OUT = "leave it out: a card without answers is open, and `quizzer deck todo` lists it"
"""What to do instead of giving a placeholder for an answer."""

_EDGES = " \t\r\n.…!?:;,-–—_*~`#<>[](){}\"'"

_PLACEHOLDER = re.compile(
    r"(?:to ?do|tbd|tba|tbc|tbw|fixme|fix me|wip|xxx+|placeholder|lorem ipsum.*|fill (?:me |this |it )?in|coming soon"
    r"|(?:still )?to be (?:filled|filled in|filled out|added|answered|written|completed|done|determined|decided|defined"
    r"|announced|continued|provided)(?: (?:in|out|later|soon|here))?"
    r"|(?-i:TODO|TBD|FIXME)\b.{0,60}"
    r"|(?:your |the |an? |add |write |put |insert |enter |type |provide )*"
    r"(?:answer|text|content|question|source|point)s? (?:goes |comes |to go |to come )?here"
    r"|(?:add|write|insert|enter|type|provide|fill in) (?:your |the |an? )?(?:answer|text|question|source|point)s?"
    r"|unanswered|not (?:yet answered|answered yet)|no answer yet|not yet (?:written|done|filled(?: in)?)"
    r"|answer (?:pending|missing|needed|follows)|(?:answer|source|reference|citation) (?:needed|missing|required)"
    r"|work in progress|under construction|change ?me|blah(?: blah)*|asdf+)",
    re.IGNORECASE,
)


def is_placeholder(text: str) -> bool:
    """Whether *text* only says that something is to be written here: "To be filled", "TBD", "..."."""
    bare = " ".join(text.strip(_EDGES).split())
    if not bare:
        # Not every text without a word: `[]` and `!=` are answers to questions on programming.
        return bool(text.strip()) and set(text.strip()) <= set(" .…?-–—_*")
    return len(bare) <= 80 and bool(_PLACEHOLDER.fullmatch(bare))
