"""The HTML of Anki's fields as the text of a deck: code, bold and lists survive, the rest becomes words."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from typing import NamedTuple

LONGEST = 400_000
"""Characters of a side of a card; its text may have a quarter of that in a deck."""

_TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9-]*)([^<>]*)>")
_ATTRIBUTE = re.compile(r"""\b(href|alt|class)\s*=\s*("[^"]*"|'[^']*'|[^\s"'>]+)""", re.IGNORECASE)
_LANGUAGE = re.compile(r"language-([\w+#-]{1,20})")
_DEEPEST = 30

_PARAGRAPHS = frozenset(("p", "h1", "h2", "h3", "h4", "h5", "h6", "blockquote", "table"))
_LISTS = {"ul": -1, "ol": 0}
_BLOCKS = _PARAGRAPHS | _LISTS.keys() | {
    "address", "article", "aside", "center", "dd", "div", "dl", "dt", "fieldset", "figcaption", "figure", "footer",
    "form", "header", "hr", "main", "nav", "section", "tbody", "tfoot", "thead", "tr",
}  # fmt: skip
_HEARD_OR_SEEN = frozenset(("audio", "iframe", "object", "svg", "video"))
_UNSEEN = _HEARD_OR_SEEN | {"head", "script", "style", "template", "title"}
_SIGNS = {"br": "\n", "sup": "^"}
_MARKS = {"b": "**", "strong": "**", "i": "*", "em": "*"}
_CODE = frozenset(("code", "kbd", "samp", "tt"))
_MATHS = "anki-mathjax"
_MARKED = _CODE | _MARKS.keys() | {_MATHS}

_SOUND = re.compile(r"\[sound:[^\[\]]*\]")
_SPOKEN = re.compile(r"\[/?anki:[^\[\]]*\]")
_BRACKETS = {
    "[$$]": "\\[", "[/$$]": "\\]", "[$]": "\\(", "[/$]": "\\)", "[latex]": "", "[/latex]": "",
}  # fmt: skip
"""LaTeX as older versions of Anki write it, and as newer ones do."""


class Read(NamedTuple):
    """What a field says. *media*: how many pictures and sounds it has that are left out."""

    text: str
    links: tuple[str, ...] = ()
    media: int = 0


def to_text(markup: str) -> Read:
    """The text of a field's HTML, in light Markdown."""
    sounds = 0
    if "[" in markup:
        markup, sounds = _SOUND.subn(" ", markup)
        markup = _SPOKEN.sub(" ", markup)
        for old, new in _BRACKETS.items():
            markup = markup.replace(old, new)
    if "<" not in markup and "&" not in markup:
        return Read(_tidy(" ".join(markup.split())), (), sounds)
    reader = _Reader()
    reader.feed(markup)
    return Read(_tidy(reader.text), tuple(dict.fromkeys(reader.links)), sounds + reader.media)


def items_of(markup: str) -> tuple[str, ...]:
    """The texts of a list that `items_html` wrote; of anything else, its one text."""
    parts = re.split(r"<li\b[^>]*>", markup, flags=re.IGNORECASE)
    items = parts[1:] if len(parts) > 1 else parts
    return tuple(text for item in items if (text := to_text(re.sub(r"(?i)</li>\s*(</ul>\s*)?$", "", item)).text))


def _tidy(text: str) -> str:
    lines = [line.rstrip(" ") for line in text.split("\n")]
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip("\n").replace("\u00a0", " ").strip(" ")


def _tokens(markup: str) -> Iterator[tuple[str, str, str]]:
    """(kind, name or text, attributes) of each piece: "text", "start" or "end".

    Python's own parser takes minutes for a hostile field (a second pass over the rest for each tag that is not
    closed); this one goes over it once.
    """
    position = 0
    while (place := markup.find("<", position)) >= 0:
        if place > position:
            yield "text", markup[position:place], ""
        if markup.startswith("<!--", place):
            end = markup.find("-->", place + 4)
            position = len(markup) if end < 0 else end + 3
        elif tag := _TAG.match(markup, place):
            yield "end" if tag[1] else "start", tag[2].lower(), tag[3]
            position = tag.end()
        else:
            yield "text", "<", ""
            position = place + 1
    yield "text", markup[position:], ""


class _Reader:
    """Collects words, and marks where bold and code begin and end."""

    def __init__(self) -> None:
        self.parts: list[str] = []
        self.links: list[str] = []
        self.media = 0
        self._open: list[tuple[str, int]] = []
        self._unseen = ""
        self._pre = 0
        self._language = ""
        self._lists: list[int] = []

    @property
    def text(self) -> str:
        """All that was read so far."""
        return "".join(self.parts)

    def feed(self, markup: str) -> None:
        """Read *markup*."""
        for kind, name, attributes in _tokens(markup):
            if kind == "text":
                self._take(html.unescape(name))
            elif kind == "start":
                self._start(name, attributes)
            else:
                self._finish(name)

    def _start(self, tag: str, attributes: str) -> None:
        """Begin a block, a list, a mark."""
        if self._unseen:
            return
        if tag in _UNSEEN:
            self._unseen = tag
            self.media += tag in _HEARD_OR_SEEN
        elif tag in _SIGNS:
            self._add(_SIGNS[tag])
        elif tag == "img":
            self.media += 1
            self._add(_attribute(attributes, "alt"))
        elif tag == "li":
            self._item()
        elif tag in ("td", "th"):
            self._add("" if self._ends_with("\n") else " | ")
        elif tag == "a":
            self._link(_attribute(attributes, "href"))
        elif tag in _BLOCKS:
            self._block(tag)
            self._lists += [_LISTS[tag]] if tag in _LISTS else []
        elif tag == "pre":
            self._line()
            self._pre += 1
            self._begin(tag)
        elif tag in _MARKED:
            named = _LANGUAGE.search(_attribute(attributes, "class")) if self._pre else None
            self._language = named[1] if named else self._language
            self._begin(tag)

    def _finish(self, tag: str) -> None:
        """End what `_start` began."""
        if self._unseen:
            self._unseen = "" if tag == self._unseen else self._unseen
        elif tag in _BLOCKS:
            self._block(tag)
            if tag in _LISTS:
                del self._lists[-1:]
        elif tag == "pre" and self._pre:
            self._pre -= 1
            self._end(tag)
            self._line()
        elif tag in _MARKED:
            self._end(tag)

    def _take(self, data: str) -> None:
        """Take words in; line feeds of the HTML are spaces."""
        if self._unseen:
            return
        if self._pre:
            self._add(data)
            return
        words = re.sub(r"[ \t\r\n\f]+", " ", data)
        if words.startswith(" ") and self._ends_with("\n", " "):
            words = words[1:]
        self._add(words)

    def _ends_with(self, *signs: str) -> bool:
        """Whether what was read so far ends in one of *signs*; at the very beginning it ends in a line feed."""
        return (self.parts[-1] if self.parts else "\n").endswith(signs)

    def _add(self, text: str) -> None:
        if text:
            self.parts.append(text)

    def _line(self) -> None:
        if not self._ends_with("\n"):
            self._add("\n")

    def _item(self) -> None:
        self._line()
        number = self._lists[-1] if self._lists else -1
        self._add("- " if number < 0 else f"{number + 1}. ")
        if number >= 0:
            self._lists[-1] += 1

    def _block(self, tag: str) -> None:
        self._line()
        if tag in _PARAGRAPHS and self.parts:
            self._add("\n")

    def _link(self, address: str) -> None:
        if address.startswith(("http://", "https://")) and len(address) <= 2000:
            self.links.append(address)

    def _begin(self, tag: str) -> None:
        if len(self._open) < _DEEPEST:
            self._open.append((tag, len(self.parts)))

    def _end(self, tag: str) -> None:
        place = next((n for n in range(len(self._open) - 1, -1, -1) if self._open[n][0] == tag), None)
        if place is None:
            return
        start = self._open[place][1]
        inside = [name for name, _ in self._open[:place]]
        del self._open[place:]
        inner = "".join(self.parts[start:])
        core = inner.strip(" ")
        if not core.strip() or "pre" in inside or any(name in _CODE for name in inside):
            return
        before, _, after = inner.partition(core)
        self.parts[start:] = [before + self._marked(core, tag, inside) + after]

    def _marked(self, core: str, tag: str, inside: list[str]) -> str:
        if tag == _MATHS:
            return f"\\({core}\\)"
        if tag == "pre":
            language, self._language = self._language, ""
            return f"```{language}\n{core.strip(chr(10))}\n```"
        if tag in _CODE:
            return core if "`" in core or "\n" in core else f"`{core}`"
        mark = _MARKS[tag]
        if "\n" in core or mark in core or any(_MARKS.get(name) == mark for name in inside):
            return core
        return f"{mark}{core}{mark}"


def _attribute(attributes: str, name: str) -> str:
    """The value of the attribute *name*; empty where there is none."""
    for found in _ATTRIBUTE.finditer(attributes):
        if found[1].lower() == name:
            return html.unescape(found[2].strip("\"'"))
    return ""
