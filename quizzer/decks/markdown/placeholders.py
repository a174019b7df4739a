"""What stands in an answer's place and says nothing: ``_To be filled_``, ``TBD``, ``...``."""

from __future__ import annotations

import re

_DONE = (
    "filled|added|answered|done|completed|written|determined|provided|announced|updated|continued|decided|defined|"
    "discussed|supplied|a|d|c"
)
_ANSWER = r"(?:answers?|solution|response|text|content)"
_PLACEHOLDER = re.compile(
    "|".join(
        (
            rf"(?:to be|tb)\s*(?:{_DONE})(?:\s*(?:in|out|later|soon|here|shortly|by.{{0,30}}))?",
            r"(?:to ?do|fixme|wip|tbd|tba|tbc|xxx+|n\s*/\s*a|n\.a|pending|placeholder|blank|empty|unanswered|missing|"
            r"\?+)(?:\s*[:\-–—]?\s*(?:(?:add|write|fill(?: in)?|complete|finish|provide|insert|answer|an?|the|this|"
            r"your|here|later|soon)\s*){0,6})?",
            rf"(?:an?\s+|the\s+|your\s+|my\s+)?{_ANSWER}(?:\s+(?:text|content))?\s+"
            r"(?:goes\s+|comes\s+|is\s+|will\s+be\s+|to\s+be\s+|should be\s+|to\s+)?"
            r"(?:here|pending|missing|needed|required|coming(?: soon)?|follows?|later|soon|added(?: soon| later)?|"
            r"filled(?: in)?|come|follow|written|provided)",
            r"(?:please\s+)?(?:add|write|fill|put|insert|type|enter|provide|place|submit|contribute)\s+(?:in\s+)?"
            rf"(?:(?:an?|the|your|my)\s+)?(?:(?:own|detailed|full)\s+)?{_ANSWER}?\s*"
            r"(?:(?:in\s+)?here|below|later|soon)?",
            r"(?:your|the|an?)\s+(?:answer|solution|response)",
            r"(?:answers?|solution)(?:\s+here)?",
            r"fill (?:me|this|it)(?: in| out)?",
            r"(?:work|answer) in progress|under construction|in progress|soon|later",
            r"(?:answer )?coming(?:\s+very)?\s+soon",
            r"not (?:yet )?(?:answered|available|written|filled|done|ready)(?: yet)?",
            r"no (?:answer|solution|response)s?(?: (?:yet|so far|available|provided|given|added))*",
            r"(?:needs?|awaiting|waiting for|requires?) (?:an? )?(?:answers?|contributions?)",
            r"(?:prs?|pull requests?|contributions?)(?: (?:is|are))? welcome",
            r"zu ergänzen|folgt|à compléter|por (?:rellenar|completar|responder)|a completar",
            r"a ser (?:preenchid|respondid|completad)\w+|sem resposta|sin respuesta|ответ (?:будет|позже|скоро)\b.*|"
            r"нет ответа|будет (?:добавлен\w*|позже)",
            r"待补充|待完善|待续|未完待续|准备中",
        )
    ),
    re.IGNORECASE,
)
_MARKS = r"\s*_`~\[\](){}<>!.…\-–—|#/\\\"'“”:;,"
_WRAPPED = re.compile(rf"^[{_MARKS}]+|[{_MARKS}]+$")
_ONLY_MARKS = re.compile(r"[\s*_`~\[\](){}<>.…\-–—|#/\\:?!=+]*")
_COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)
_TAGS = re.compile(
    r"</?(?:p|b|i|em|strong|br|div|span|details|summary|blockquote|sub|small)\b[^>]*>|&nbsp;", re.IGNORECASE
)
_SIGN = r"(?:[\u2600-\u27bf\U0001f000-\U0001faff\ufe0f\u200d]|\s)"
_SIGNS = re.compile(rf"^{_SIGN}+|{_SIGN}+$|:[a-z_]+:")

LONGEST = 120
"""Characters: a longer text says something."""


def is_placeholder(text: str) -> bool:
    """Whether *text* stands in an answer's place and says nothing."""
    if len(text) > 20 * LONGEST:
        return False
    bare = _TAGS.sub(" ", _COMMENT.sub(" ", text)).strip()
    if len(bare) > LONGEST:
        return False
    if not bare or _ONLY_MARKS.fullmatch(bare):
        # `{}`, `[]`, `!` and `/` can be answers where they are shown as code.
        return "`" not in bare or not bare.strip("` .…")
    bare = _WRAPPED.sub("", _SIGNS.sub("", _WRAPPED.sub("", bare)).strip())
    return bool(_PLACEHOLDER.fullmatch(bare)) if bare else "`" not in text
