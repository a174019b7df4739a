"""The Markdown of an answer from its lines: without what only lays out the page around it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from quizzer.decks.markdown.drafts import is_way_back
from quizzer.decks.markdown.lines import FenceWatch, Line

_LAYOUT = r"(?:p|b|strong|div|span|center|details|u)"
_EDGE = re.compile(
    r"^\s*(?:</?(?:p|b|strong|i|em|div|span|center|blockquote|details|br|u)\b[^>]*>|<a\s[^>]*>\s*</a>|<!--.*?-->|&nbsp;|\\|\s)+$|"
    r"^\s*(?:-{3,}|\*{3,}|_{3,}|(?:\*\s*){3,})\s*$",
    re.IGNORECASE,
)
_OPENED = re.compile(rf"<{_LAYOUT}\b", re.IGNORECASE)
_CLOSED = re.compile(rf"</{_LAYOUT}>", re.IGNORECASE)
_END = 200
"""Characters at the end of a line that are looked at."""

_TAGS_LAST = re.compile(rf"(?:\s*(?:</{_LAYOUT}>|<br\s*/?>))+\s*$", re.IGNORECASE)
_BREAK_LAST = re.compile(r"<br\s*/?>\s*$", re.IGNORECASE)
_ITEM = re.compile(r"[-*+]\s|\d+[.)]\s|`|~")
_ONE_ITEM = re.compile(r"(?:[-*+]|\d{1,3}[.)])\s+(?!\[[ xX]\])")


def text_of(lines: Sequence[Line], *, unwrap: bool = True) -> str:
    """The Markdown of *lines* without common indentation; *unwrap*: nor the quote marks or the bullet around it."""
    texts = [line.whole.expandtabs(4) if line.text[:1] == "\t" else line.whole for line in without_edges(lines)]
    if not texts:
        return ""
    texts = _dedented(texts, behind=without_edges(lines)[0].column, fully=not unwrap)
    texts = _unwrapped(texts) if unwrap else texts
    texts[-1] = without_last_tags(texts[-1])
    watch = FenceWatch()
    shown: list[str] = []
    for number, text in enumerate(texts):
        if watch.inside(text):
            shown.append(text)
            continue
        bare = text.rstrip()
        # Two spaces break a line, but not the last one of a paragraph.
        breaks = bare and text.endswith("  ") and number + 1 < len(texts) and texts[number + 1].strip()
        if bare or not shown or shown[-1]:
            shown.append(f"{bare}  " if breaks else bare)
    return "\n".join(shown).strip("\n")


def without_edges(lines: Sequence[Line]) -> list[Line]:
    """*lines* without rules, breaks, ways back and stray tags at both ends."""
    start, end = 0, len(lines)
    while start < end and _is_edge(lines[start].text):
        start += 1
    while start < end and _is_edge(lines[end - 1].text):
        end -= 1
    return list(lines[start:end])


def without_last_tags(text: str) -> str:
    """*text* without tags at its end that close what was opened outside, and breaks."""
    start, end = text[:-_END], text[-_END:]
    if len(_OPENED.findall(text)) >= len(_CLOSED.findall(text)) and not _BREAK_LAST.search(end):
        return text
    return start + _TAGS_LAST.sub("", end)


def _is_edge(text: str) -> bool:
    return not text.strip() or bool(_EDGE.match(text)) or is_way_back(text)


def _width(text: str) -> int:
    return len(text) - len(text.lstrip(" "))


def _dedented(texts: Sequence[str], *, behind: int, fully: bool) -> list[str]:
    """*texts* without indentation that says nothing.

    *behind*: the column of the first line, which may stand behind a marker. Four columns make code, unless *fully*.
    """
    width = min((_width(text) for text in texts if text.strip()), default=0)
    first = _width(texts[0])
    if 0 < first < 4 and not width:
        return [text[min(first, _width(text)) :] for text in texts]
    rest = min((_width(text) for text in texts[1:] if text.strip()), default=0)
    if first == 0 and 0 < rest <= behind and not _ITEM.match(texts[0]):
        # The others are indented below the first line.
        return [texts[0], *(text[rest:] if text.strip() else text for text in texts[1:])]
    return [text[width:] for text in texts] if fully or width < 4 else list(texts)


def _unwrapped(texts: list[str]) -> list[str]:
    """*texts* without the quote marks before each, or the bullet of a list of one."""
    if all(text.startswith(">") for text in texts):
        return [re.sub(r"^> ?", "", text) for text in texts]
    marker = _ONE_ITEM.match(texts[0])
    if marker and all(not text.strip() or text.startswith("  ") for text in texts[1:]):
        return [texts[0][marker.end() :], *(text[min(marker.end(), _width(text)) :] for text in texts[1:])]
    return texts
