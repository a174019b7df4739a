"""Takes values out of nodes by the format's tables, noting every problem and going on."""

from __future__ import annotations

import re

from quizzer.decks.keys import HABITS, ID, LANGUAGE, LEVELS, MAXIMUM_TEXT, Key
from quizzer.decks.nodes import Mapping, Node, Refused, Scalar, Sequence, is_empty
from quizzer.errors import Problem

Values = dict[str, tuple[Scalar, Node]]
"""Key -> its node and its value's."""

MAXIMUM_PROBLEMS = 1000
"""Noted for one file; a list that nobody reads to its end must not fill the memory."""

# Written, but not to be seen: a text of these alone is empty.
_BLANKS = " \t\r\n\v\f\x85\xa0\u180e\u200b\u200c\u200d\u200e\u200f\u2028\u2029\u2060\u3000\ufeff\0"
_ID_HINT = "use small letters, digits and hyphens"


class ValueReader:
    """Reads values; *problems* grows as it goes."""

    def __init__(self, path: str) -> None:
        self.path = path
        self.problems: list[Problem] = []

    def report(self, node: Node, code: str, message: str, hint: str | None = None) -> None:
        """Note a problem at the place of *node*; for a refused node, why it was refused."""
        if isinstance(node, Refused):
            code, message, hint = "yaml", node.message, node.hint
        if len(self.problems) < MAXIMUM_PROBLEMS:
            self.problems.append(Problem(code, message, self.path, node.line, node.column, hint))

    def keys(self, node: Mapping, known: dict[str, Key], owner: str) -> Values:
        """The known keys that stand in *node*; unknown, doubled and missing ones are reported."""
        values: Values = {}
        meant = set()
        joined = False
        for key, value in node.pairs:
            if not isinstance(key, Scalar):
                self.report(key, "wrong-kind", "a key must be a text", "quote it if brackets or braces belong to it")
            elif key.text not in known:
                meant.add(self._unknown_key(key, known, owner))
            elif key.text in values:
                if not joined:
                    first = values[key.text][0]
                    message = f"duplicate key {key.text!r} in {owner}; the first is on line {first.line}"
                    # A second id is that of a card whose dash is missing; its other keys are no mistakes.
                    joined = key.text == "id"
                    hint = "a new card begins with `- id:`" if joined else "remove one of the two"
                    self.report(key, "duplicate-key", message, hint)
            else:
                values[key.text] = (key, value)
        for name, key_of in known.items():
            # One mistake, one problem: a misspelt key is not missing as well.
            if key_of.required and name not in values and name not in meant:
                example = key_of.choices[0] if len(key_of.choices) == 1 else "..."
                self.report(node, "missing-key", f"{owner} has no {name}", f"add `{name}: {example}`: {key_of.meaning}")
        return values

    def _unknown_key(self, key: Scalar, known: dict[str, Key], owner: str) -> str:
        """The key that was meant, as far as one can tell."""
        import difflib  # only where there is something to suggest

        folded = key.text.strip().lower().removesuffix(":")
        habit = HABITS.get(folded, "")
        close = [folded] if folded in known else difflib.get_close_matches(folded, known, n=1)
        meant = close[0] if close else habit if habit in known else ""
        level = next((place for place, table in LEVELS.items() if folded in table), None)
        if key.text == "<<":
            hint = "write the keys out where they are needed: a deck does not merge mappings"
        elif meant:
            hint = f"did you mean {meant!r}?"
        elif level:
            hint = f"{folded!r} belongs {level}"
        else:
            hint = f"known keys here: {', '.join(known)}"
        self.report(key, "unknown-key", f"unknown key {shortened(key.text)!r} in {owner}", hint)
        return meant

    def mapping(self, node: Node, name: str, hint: str) -> Mapping | None:
        """The node, if it is a mapping; else None, and a problem."""
        if isinstance(node, Mapping):
            return node
        self.report(node, "wrong-kind", f"{name} must be a mapping, not {_kind_of(node)}", hint)
        return None

    def entries(self, values: Values, name: str, entry: str = "entry") -> list[Node]:
        """The nodes of the list under *name*; a key without a value is an empty list."""
        if name not in values or is_empty(values[name][1]):
            return []
        node = values[name][1]
        if isinstance(node, Sequence):
            return node.items
        message = f"{name!r} must be a list, not {_kind_of(node)}"
        self.report(node, "wrong-kind", message, f"write each {entry} after `- ` on a line of its own")
        return []

    def text(self, values: Values, name: str, known: dict[str, Key]) -> str:
        """The text under *name*, without trailing line feeds; empty where the key is missing or its value wrong."""
        if name not in values:
            return ""
        key, node = values[name]
        if not isinstance(node, Scalar):
            message = f"{name!r} must be a text, not {_kind_of(node)}"
            self.report(node, "wrong-kind", message, "quote the text if brackets, braces or a colon belong to it")
            return ""
        text = node.text.rstrip("\r\n")
        if is_blank(text):
            if known[name].required:
                self.report(key, "empty", f"{name!r} is empty", f"write the {name} after the colon")
            return ""
        return text if self._allowed(node, text, name, known[name]) else ""

    def texts(self, values: Values, name: str, known: dict[str, Key], *, blank: bool = False) -> tuple[str, ...]:
        """The list of texts under *name*, those left out that are reported; *blank*: a quoted empty text is one."""
        entry = known[name].entry
        texts = []
        for item in self.entries(values, name, entry):
            if not isinstance(item, Scalar):
                message = f"each {entry} in {name!r} must be a text, not {_kind_of(item)}"
                self.report(item, "wrong-kind", message, 'quote it if it contains ": " or begins with a bracket')
                continue
            text = item.text.rstrip("\r\n")
            if not is_blank(text):
                if self._allowed(item, text, entry, known[name]):
                    texts.append(text)
            elif blank and not item.plain:
                texts.append(text)
            else:
                self.report(item, "empty", f"empty {entry} in {name!r}", "write the text or remove the entry")
        return tuple(texts)

    def _allowed(self, node: Scalar, text: str, name: str, key: Key) -> bool:
        """Whether *text* may stand under *key*; what is wrong with it is reported."""
        if len(text) > MAXIMUM_TEXT:
            message = f"{name!r} has {len(text):,} characters; at most {MAXIMUM_TEXT:,} are allowed"
            self.report(node, "too-long", message, "shorten it, or split the card")
            return False
        if key.choices and text not in key.choices:
            *first, last = key.choices
            message = f"{name} {shortened(text)!r} is not known"
            self.report(node, "wrong-choice", message, f"write {', '.join(first)} or {last}")
            return False
        if key.pattern is None or key.pattern.fullmatch(text):
            return True
        if key.pattern is LANGUAGE:
            message = f"{shortened(text)!r} is not a language code"
            self.report(node, "wrong-choice", message, "write a code such as en or pt-BR")
            return False
        slug = re.sub("[^a-z0-9]+", "-", text.lower()).strip("-")
        suggestion = f": {slug}" if ID.fullmatch(slug) else ", such as bert-02"
        self.report(node, "bad-id", f"{shortened(text)!r} is not an id", _ID_HINT + suggestion)
        return False


def is_blank(text: str) -> bool:
    """Whether there is nothing to be seen in *text*."""
    return not text.strip(_BLANKS)


def shortened(text: str) -> str:
    """At most 40 characters of *text*, for a message."""
    return text if len(text) <= 40 else text[:40] + "..."


def _kind_of(node: Node) -> str:
    if isinstance(node, Sequence):
        return "a list"
    if isinstance(node, Mapping):
        return "a mapping (key: value)"
    return "empty" if is_empty(node) else "a text"
