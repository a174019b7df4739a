"""The text of a deck as the HTML of a field: escaped, with its line breaks, code and bold."""

from __future__ import annotations

import html
import re

_PIECES = re.compile(
    r"^```(?P<language>[\w+#-]{0,20})\n(?P<block>[^\n]*(?:\n(?!```)[^\n]*)*)\n```(?:\n|\Z)|`(?P<code>(?=[^`\n]*[^`\s])[^`\n]+)`|"
    r"\*\*(?P<bold>(?=\S)[^*\n]+(?<=\S))\*\*",
    re.MULTILINE | re.DOTALL,
)
_OBEYED = re.compile(r"\[(?=/?(?:sound:|anki:|latex\]|\${1,2}\]))")
_LOST_SPACE = re.compile(r"(?<=\n) | (?=[ \n])")


def to_html(text: str) -> str:
    """*text* as the HTML of a field: escaped, with its line breaks, code and bold; Anki obeys nothing in it."""
    parts: list[str] = []
    position = 0
    for found in _PIECES.finditer(text):
        parts.append(_words(text[position : found.start()], after=position > 0, before=True))
        if found["block"] is not None:
            named = f' class="language-{found["language"]}"' if found["language"] else ""
            parts.append(f"<pre><code{named}>{_escaped(found['block'])}</code></pre>")
        elif found["code"]:
            parts.append(f"<code>{_spaced(_escaped(found['code']))}</code>")
        else:
            parts.append(f"<b>{_words(found['bold'], after=True, before=True)}</b>")
        position = found.end()
    return "".join([*parts, _words(text[position:], after=position > 0, before=False)])


def _words(text: str, *, after: bool, before: bool) -> str:
    """*text* as HTML; *after* and *before*: something stands on that side of it."""
    spaced = _spaced(_escaped(text), after=after, before=before)
    return spaced.replace("\n", "<br>")


def _escaped(text: str) -> str:
    return _OBEYED.sub("&#91;", html.escape(text, quote=False))


def _spaced(text: str, *, after: bool = False, before: bool = False) -> str:
    """*text* with the spaces held that HTML would swallow."""
    edged = ("x" if after else "\n") + text.replace("\t", "    ") + ("x" if before else "\n")
    return _LOST_SPACE.sub("&nbsp;", edged)[1:-1]


def items_html(texts: tuple[str, ...]) -> str:
    """*texts* as a list."""
    return "<ul>" + "".join(f"<li>{to_html(text)}</li>" for text in texts) + "</ul>" if texts else ""
