"""Decks as people write them: every layout that YAML allows, with a comment wherever one can stand."""

from __future__ import annotations

import json
import random
import re
from typing import NamedTuple

Owner = tuple[object, ...]
"""() for what no edit may touch; (card, key) for what belongs to a key; (card, key, number) for an item of its list."""

TEXTS = ("question", "explanation")
LISTS = ("answers", "points", "misconceptions", "hints", "sources", "tags")
TESTS = ("pass", "partial", "fail")
WORDS = (
    "BERT", "the", "model", "a", "of", "attention", "über", "don't", '"quoted"', "x:y", "key: value", "no #comment",
    "- dash", "100%", "@home", "[1]", "{a}", "a, b", "C:\\dir", "日本語", "*bold*", "&c", "!", "|", ">", "`code`", "~",
    "null", "007", "1:30", "🙂", "end.", "é", "?", ": ", "#tag",
)  # fmt: skip
_PLAIN = re.compile(r"[A-Za-zé日本語über0-9~][^:#\[\]{},\t\n\"'&*!|>%@`\\]*")


class Piece(NamedTuple):
    """A stretch of the file, and whose it is."""

    owner: Owner
    text: str


def text_of(choose: random.Random, *, lines: bool = True) -> str:
    """A text with something to be seen in it, of one or several lines."""
    count = choose.choice((1, 1, 2, 3, 8, 30)) if choose.random() < 0.9 else 60
    text = " ".join(choose.choice(WORDS) for _ in range(count)).strip() or "x"
    if lines and choose.random() < 0.25:
        parts = [text, *("".join(choose.choice(("", "  ", "\t", "- ")) + text_of(choose, lines=False))
                         for _ in range(choose.randint(1, 3)))]  # fmt: skip
        text = choose.choice(("\n", "\n\n", "\n\n\n")).join(parts)
    if choose.random() < 0.12:
        oddity = choose.choice(
            ("\t", "  ", "\x07", "\x85", "\u2028", "\xa0", "\u200b", "\ufeff", "\r\n", "\r", " \n x", "\x7f")
        )
        at = choose.randint(0, len(text))
        text = text[:at] + oddity + text[at:]
    if choose.random() < 0.06:
        text = choose.choice((" ", "\n", "\n\n  ")) + text
    if choose.random() < 0.06:
        text += choose.choice((" ", "\n", "\n\n", "\n  \n", "\t"))
    return text if text.strip(" \t\r\n\v\f\x85\xa0\u200b\u2028\ufeff") else "x"


class DeckWriter:
    """Writes one deck at random; `pieces` is the file."""

    def __init__(self, choose: random.Random) -> None:
        self.choose = choose
        self.pieces: list[Piece] = []
        self._comments = 0
        self._newline = choose.choice(("\n", "\n", "\r\n", "\r", "mixed"))
        self._often = choose.choice((0.0, 0.05, 0.3, 0.7))
        self._limit = 99
        """Columns that a comment must stay left of, after a block scalar."""
        self._trailing_space = choose.random() < 0.2

    def write(self) -> list[Piece]:
        """The whole file in pieces."""
        if self.choose.random() < 0.12:
            self._json()
            return self.pieces
        self._add((), self.choose.choice(("", "", "", "---", "%YAML 1.1\n---")), end=True)
        self.pieces = [piece for piece in self.pieces if piece.text.strip()]
        head = [lambda: self._line((), "quizzer: 1"), self._header, self._cards]
        if self.choose.random() < 0.1:
            self.choose.shuffle(head)
        for part in head:
            self._between(())
            part()
        self._between(())
        if self.choose.random() < 0.1:
            self._limit = 99
            self._line((), "...")
        if self.choose.random() < 0.25:
            last = self.pieces[-1]
            self.pieces[-1] = last._replace(text=last.text.rstrip("\r\n"))
        return self.pieces

    def _end(self) -> str:
        return self._newline if self._newline != "mixed" else self.choose.choice(("\n", "\r\n"))

    def _add(self, owner: Owner, text: str, *, end: bool = False) -> None:
        text = text.replace("\n", self._end()) + (self._end() if end else "")
        self.pieces.append(Piece(owner, text))

    def _comment(self) -> str:
        self._comments += 1
        mark = self.choose.choice(("#", "# ", "#: ", "# - ", '# "'))
        return f"{mark}c{self._comments}c"

    def _line(self, owner: Owner, text: str, *, beside: bool = True) -> None:
        """A line, perhaps with a comment beside it."""
        if beside and self.choose.random() < self._often:
            # After an indicator, a tab is no separation.
            text += self.choose.choice((" ", "  ", " " if text[-1:] in (":", "-") else "\t")) + self._comment()
        elif self._trailing_space and self.choose.random() < 0.2:
            text += " "
        self._add(owner, text, end=True)

    def _between(self, owner: Owner) -> None:
        """Perhaps comments on lines of their own, which are nobody's, and blank lines, which are the *owner's*."""
        while self.choose.random() < self._often:
            if self.choose.random() < 0.3:
                self._add(owner, self.choose.choice(("", "", " " * min(2, max(0, self._limit - 1)))), end=True)
            else:
                column = self.choose.randint(0, min(12, self._limit - 1))
                self._add((), " " * column + self._comment(), end=True)

    def _header(self) -> None:
        step = self.choose.choice((1, 2, 4))
        self._line((), "deck:")
        self._between(())
        self._line((), " " * step + "id: d")
        if self.choose.random() < 0.5:
            self._line((), " " * step + "title: The deck")

    def _cards(self) -> None:
        count = self.choose.randint(1, 4)
        if self.choose.random() < 0.08:
            self._flow_cards(count)
            return
        self._line((), "cards:")
        dash = self.choose.choice((0, 1, 2, 2, 4))
        for number in range(count):
            self._between(())
            if self.choose.random() < 0.12:
                self._limit = 99
                self._add((), " " * dash + "- ")
                self._flow_card(number, dash + 1)
                self._line((), "")
            else:
                self._card(number, dash)

    def _card(self, number: int, dash: int) -> None:
        gap = self.choose.choice((2, 2, 2, 3, 4))
        column = dash + gap
        names = self._names()
        alone = self.choose.random() < 0.1
        if alone:
            self._limit = 99
            self._line((), " " * dash + "-")
            self._between(())
        for position, name in enumerate(names):
            if position:
                self._between(())
            self._limit = 99
            prefix = ""
            if not position and not alone:
                self._add((), " " * dash + "-")
                self._add((number, name), " " * (gap - 1))
            elif position == 1 and not alone:
                # Where the first key goes, the second takes its place beside the dash.
                self._add((number, name, names[0]), " " * column)
            else:
                prefix = " " * column
            self._entry((number, name), name, column, prefix)

    def _names(self) -> list[str]:
        others = [name for name in (*LISTS, "explanation", "difficulty", "tests") if self.choose.random() < 0.5]
        names = ["id", "question", *others]
        if self.choose.random() < 0.3:
            self.choose.shuffle(names)
        return names

    def _key(self, name: str) -> str:
        return self.choice_rarely(name, (f'"{name}"', f"'{name}'"), 0.05)

    def choice_rarely(self, usual: str, others: tuple[str, ...], share: float) -> str:
        return self.choose.choice(others) if self.choose.random() < share else usual

    def _entry(self, owner: Owner, name: str, column: int, prefix: str) -> None:
        key = self._key(name)
        shown = () if name == "id" else owner
        if self.choose.random() < 0.03 and name != "tests":
            self._add(shown, f"{prefix}? {key}", end=True)
            head = " " * column + ":"
        else:
            head = f"{prefix}{key}" + self.choice_rarely(":", (" :",), 0.03)
        if name == "id":
            self._line((), f"{head} d-{owner[0]}")
        elif name in TEXTS:
            if name == "explanation" and self.choose.random() < 0.1:
                self._line(owner, head)
            else:
                self._scalar(owner, head, text_of(self.choose), column)
        elif name == "difficulty":
            self._line(owner, f"{head} " + self.choose.choice(("easy", '"hard"', "", "medium")))
        elif name == "tests":
            self._tests(owner, head, column)
        else:
            self._list(owner, head, column)

    def _tests(self, owner: Owner, head: str, column: int) -> None:
        kinds = [kind for kind in TESTS if self.choose.random() < 0.6]
        if self.choose.random() < 0.15:
            self._add(owner, head + " ")
            self._add(owner, "{" + ", ".join(f"{kind}: {self._flow_list()}" for kind in kinds) + "}")
            self._line(owner, "")
            return
        self._line(owner if not kinds else (*owner, "key"), head)
        inner = column + self.choose.choice((1, 2, 4))
        for kind in kinds:
            self._between(owner)
            self._list((owner[0], f"tests.{kind}"), f"{' ' * inner}{self._key(kind)}:", inner)

    def _list(self, owner: Owner, head: str, column: int) -> None:
        shape = self.choose.random()
        if shape < 0.08:
            self._line(owner, head + self.choose.choice(("", " []", " [ ]")))
            return
        if shape < 0.3:
            self._add(owner, head + " ")
            self._add(owner, self._flow_list(column + 1))
            self._line(owner, "")
            return
        self._line((*owner, "key"), head)
        dash = column + self.choose.choice((0, 0, 1, 2, 2, 2, 4))
        gap = self.choose.choice((2, 2, 2, 3, 5))
        for number in range(self.choose.randint(1, 4)):
            self._between(owner)
            self._limit = 99
            prefix = " " * dash + "-"
            item = (*owner, number)
            if self.choose.random() < 0.05:
                self._line(item, prefix)
                self._scalar(item, " " * (dash + gap - 1), text_of(self.choose), dash)
            else:
                self._scalar(item, prefix + " " * (gap - 2), text_of(self.choose), dash)

    def _scalar(self, owner: Owner, head: str, text: str, parent: int) -> None:
        """*text* after *head* and a space, in one of the ways in which it can be written."""
        way = self.choose.random()
        content = parent + self.choose.choice((1, 2, 2, 2, 4))
        lines = text.split("\n")
        clean = all(32 <= ord(c) < 127 or c in "\n\t" or 0xA1 <= ord(c) < 0x2000 or ord(c) > 0x2FFF for c in text)
        if way < 0.15 and clean and "\ufeff" not in text and text.strip("\n"):
            indicator = ""
            if any(line[:1] in (" ", "\t") for line in lines) or not lines[0].strip():
                indicator = str(content - parent)
            marks = [self.choose.choice(("", "-", "+")), indicator]
            self.choose.shuffle(marks)
            self._line(owner, f"{head} |" + "".join(marks))
            for line in lines:
                self._add(owner, " " * content + line if line else "", end=True)
            self._limit = content
        elif way < 0.3 and clean and len(lines) == 1 and text == text.strip() and "\ufeff" not in text:
            self._line(owner, f"{head} >" + self.choose.choice(("", "-", "+")))
            for line in self._broken(text):
                self._add(owner, " " * content + line, end=True)
            self._limit = content
        elif way < 0.6 and _PLAIN.fullmatch(text) and text == text.strip() and clean:
            self._line(owner, self._several_lines(f"{head} ", text, content))
        elif way < 0.75 and clean and len(lines) == 1:
            self._line(owner, self._several_lines(f"{head} ", "'" + text.replace("'", "''") + "'", content))
        else:
            # JSON's pairs of half characters are not YAML.
            text = text if clean else re.sub("[\U00010000-\U0010ffff]", "", text) or "x"
            quoted = json.dumps(text, ensure_ascii=not clean).replace("\x7f", "\\x7f")
            self._line(owner, self._several_lines(f"{head} ", quoted, content))

    def _several_lines(self, head: str, text: str, content: int) -> str:
        if self.choose.random() < 0.3:
            return head + ("\n" + " " * content).join(self._broken(text))
        return head + text

    def _broken(self, text: str) -> list[str]:
        """*text* cut at some single spaces."""
        words = re.split(r"(?<=[^ \t]) (?=[^ \t#-])", text)
        lines = [words[0]]
        for word in words[1:]:
            if self.choose.random() < 0.3:
                lines.append(word)
            else:
                lines[-1] += " " + word
        return lines

    def _flow_text(self) -> str:
        text = text_of(self.choose, lines=False)
        if re.fullmatch(r"[A-Za-z][A-Za-z .é]*", text) and text == text.strip():
            return text
        return json.dumps(text) if not re.search("[\U00010000-\U0010ffff]", text) else '"smile"'

    def _flow_list(self, indentation: int | None = None) -> str:
        items = [self._flow_text() for _ in range(self.choose.randint(1, 4))]
        return self._flow("[", "]", items, indentation)

    def _flow(self, opening: str, closing: str, items: list[str], indentation: int | None) -> str:
        """*items* in brackets, on one line or, with an indentation, on several with comments."""
        if indentation is None or self.choose.random() < 0.5:
            pad = self.choose.choice(("", "", " "))
            comma = self.choose.choice((", ", ", ", ","))
            return opening + pad + comma.join(items) + self.choice_rarely("", (",",), 0.1) + pad + closing
        space = "\n" + " " * (indentation + self.choose.choice((0, 2)))
        out = opening
        for number, item in enumerate(items):
            if self.choose.random() < self._often / 2:
                out += space + self._comment()
            out += space + item
            if number < len(items) - 1 or self.choose.random() < 0.2:
                out += ","
            if self.choose.random() < self._often:
                out += " " + self._comment()
        return out + "\n" + " " * indentation + closing

    def _flow_card(self, number: int, indentation: int | None) -> None:
        entries = []
        for name in self._names():
            if name == "id":
                value = f"d-{number}"
            elif name in TEXTS:
                value = self._flow_text()
            elif name == "difficulty":
                value = "easy"
            elif name == "tests":
                value = "{" + ", ".join(f"{kind}: {self._flow_list()}" for kind in TESTS) + "}"
            else:
                value = self.choice_rarely(self._flow_list(indentation and indentation + 2), ("", "[]"), 0.1)
            entries.append(f"{self._key(name)}: {value}")
        self._add((number, "flow"), self._flow("{", "}", entries, indentation))

    def _flow_cards(self, count: int) -> None:
        self._add((), "cards: [")
        for number in range(count):
            self._add((), self.choose.choice(("", " ", "\n  ")) if number else "")
            self._flow_card(number, self.choose.choice((None, 4)))
            self._add((), ", " if number < count - 1 else "]", end=number == count - 1)

    def _json_text(self) -> str:
        return re.sub("[\U00010000-\U0010ffff\x7f-\x9f]", "x", text_of(self.choose))

    def _json(self) -> None:
        names = [self._names() for _ in range(self.choose.randint(1, 3))]
        cards = []
        for number, keys in enumerate(names):
            card: dict[str, object] = {}
            for name in keys:
                if name == "id":
                    card[name] = f"d-{number}"
                elif name in TEXTS:
                    card[name] = self._json_text()
                elif name == "difficulty":
                    card[name] = "easy"
                elif name == "tests":
                    card[name] = {kind: [self._json_text()] for kind in TESTS}
                else:
                    card[name] = [self._json_text() for _ in range(self.choose.randint(0, 3))]
            cards.append(card)
        indent = self.choose.choice((None, 2, 4))
        around = json.dumps({"quizzer": 1, "deck": {"id": "d"}, "cards": []}, indent=indent)
        opening, closing = around.split("[]")
        self._add((), opening + "[")
        for number, card in enumerate(cards):
            lines = json.dumps(card, indent=indent).split("\n")
            space = "\n" + " " * 2 * indent if indent else ""
            self._add((), space)
            self._add((number, "flow"), space.join(lines))
            if number < len(cards) - 1:
                self._add((), "," if indent else ", ")
        self._add((), ("\n" + " " * indent if indent else "") + "]" + closing + self.choose.choice(("", "\n")))
