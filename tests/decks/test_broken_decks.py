"""Decks broken in many ways, as people break them: each finding has the right line, and says what to do."""

from __future__ import annotations

from pathlib import Path

import pytest

from quizzer.decks import schema, yamlfile
from quizzer.decks.checking import lint
from quizzer.decks.checking.places import Places
from quizzer.errors import DeckInvalid, Problem

GOOD = """\
# A deck that nothing is wrong with
quizzer: 1
deck:
  id: network
  title: Computer networks
  language: en
cards:
  - id: tcp
    question: What does TCP add to IP?
    answers:
      - A reliable, ordered stream of bytes between two ports.
      - >-
        Lost segments are sent again,
        and the receiver gets them in order.
    points:
      - bytes arrive in order
      - lost segments are sent again
    misconceptions: [TCP encrypts what it carries.]
    sources: ["RFC 9293, section 2.2"]
    difficulty: easy
    tests:
      pass: [It makes a dependable stream out of packets that may get lost.]
      fail: ["", It finds the way to the other machine.]
  - id: dns
    question: What is a DNS resolver?
    answers: ["A server that looks names up for its clients, and remembers the addresses."]
    tags: [names]
"""


def edited(old: str, new: str, *, times: int = 1) -> bytes:
    """The good deck with the first *old* replaced."""
    assert old in GOOD
    return GOOD.replace(old, new, times).encode()


def findings(content: bytes) -> tuple[Problem, ...]:
    """Everything that is found without a model."""
    try:
        text = yamlfile.decode(content, path="d.yaml")
        root = yamlfile.parse(text, path="d.yaml")
        deck = schema.parse(root, path="d.yaml")
    except DeckInvalid as error:
        return error.problems
    assert root is not None
    places = Places(root, text, path="d.yaml")
    return tuple(places.problem(finding) for finding in lint.examine(deck))


BROKEN: dict[str, tuple[bytes, tuple[int, int], str, str]] = {
    # slips of YAML
    "a colon in a plain text": (
        edited("What does TCP add to IP?", "TCP: what does it add?"), (9, 18), "yaml", "mapping values"),
    "a colon in an entry": (edited("bytes arrive", "order: bytes"), (16, 9), "wrong-kind", "must be a text"),
    "a tab before a key": (edited("    question: What does", "\tquestion: What does"), (9, 1), "yaml", "tab"),
    "a tab before an entry": (edited("      - bytes", "\t  - bytes"), (16, 1), "yaml", "cannot start any token"),
    "a quote in a list that is never closed": (
        edited('"RFC 9293, section 2.2"', '"RFC 9293, section 2.2'), (19, 14), "yaml", "expected ',' or ']'"),
    "a quote that is never closed": (edited("title: Comp", "title: 'Comp"), (5, 10), "yaml", "end of stream"),
    "a quote that is closed by a later one": (
        edited("question: What does", 'question: "What does'), (9, 15), "yaml", "expected key"),
    "a bracket that is never closed": (edited("[names]", "[names"), (27, 11), "yaml", "expected ',' or ']'"),
    "an apostrophe between single quotes": (
        edited("What does TCP add to IP?", "'What's TCP?'"), (9, 21), "yaml", "expected key"),
    "no space after a dash": (edited("      - bytes", "      -bytes"), (16, 7), "wrong-kind", "must be a list"),
    "no space after a colon": (edited("difficulty: easy", "difficulty:easy"), (20, 5), "yaml", "expected ':'"),
    "no colon": (edited("difficulty: easy", "difficulty easy"), (20, 5), "yaml", "expected ':'"),
    "a key that is indented too little": (edited("    question", "   question"), (9, 4), "yaml", "'-' indicator"),
    "a key that is indented too much": (edited("    question", "     question"), (9, 14), "yaml", "mapping values"),
    "a card that is indented too little": (edited("  - id: dns", " - id: dns"), (24, 2), "yaml", "expected key"),
    "a card that is indented too much": (edited("  - id: dns", "   - id: dns"), (24, 4), "yaml", "'-' indicator"),
    "a line of an answer that is outdented": (
        edited("        and the", "   and the"), (14, 4), "yaml", "'-' indicator"),
    "a text that begins with @": (edited("What is a DNS", "@dns: what is a DNS"), (25, 15), "yaml", "any token"),
    "a text that begins with a backtick": (edited("What is a DNS", "`dig` asks a"), (25, 15), "yaml", "any token"),
    "a text in stars": (edited("What is a DNS", "*What* is a DNS"), (25, 20), "yaml", "alphabetic"),
    "an unknown escape": (edited('"A server', '"A \\server'), (26, 18), "yaml", "escape"),
    "a mapping that is never closed": (b'{"quizzer": 1, "cards": [}', (1, 26), "yaml", "node content"),
    "a list instead of a deck": (b"- a\n- b\n", (1, 1), "deck-shape", "a deck is a mapping"),
    "an empty file": (b"\n# nothing yet\n", (1, 1), "deck-shape", "empty"),
    "a brace that is never closed": (
        edited("tags: [names]", "tests: {fail: [x y]").replace(b"  - id: dns\n", b"  - id: dns\n") + b"  - id: more\n",
        (27, 12), "yaml", "expected ',' or '}'"),
    "a no-break space in the indentation": (
        edited("    question", "\xa0   question"), (9, 1), "yaml", "mapping values"),
    "a full-width colon": (edited("difficulty:", "difficulty："), (20, 5), "yaml", "expected ':'"),
    "a block that begins on the line of its sign": (
        edited("- >-\n        Lost", "- >- Lost"), (12, 12), "yaml", "line break"),
    "a card without its dash": (edited("  - id: dns", "    id: dns"), (24, 5), "duplicate-key", "line 8"),
    "an end in the middle": (edited("  - id: dns", "...\n  - id: dns"), (25, 3), "yaml", "document start"),
    # YAML that a deck has no use for
    "an anchor": (edited("What is a DNS", "&What is a DNS"), (25, 15), "yaml", "anchor '&What'"),
    "an alias": (edited("[names]", "*names"), (27, 11), "yaml", "alias '*names'"),
    "a tag": (edited("What is a DNS", "!What is a DNS"), (25, 15), "yaml", "tag '!What'"),
    "a merge key": (edited("    tags: [names]", "    <<: *base"), (27, 5), "unknown-key", "'<<'"),
    "a second document": (edited("  - id: dns", "---\n  - id: dns"), (24, 1), "yaml", "second document"),
    "brackets in brackets": (edited("[names]", "[[names]]"), (27, 12), "wrong-kind", "must be a text"),
    "brackets without end": (edited("[names]", "[" * 9 + "]" * 9), (27, 16), "yaml", "nested deeper"),
    # bytes
    "another encoding": (GOOD.replace("names", "n\u00e4mes").encode("latin-1"), (26, 37), "deck-unreadable", "0xe4"),
    "UTF-16": (GOOD.encode("utf-16"), (1, 1), "deck-unreadable", "UTF-16"),
    "a control character": (edited("names up", "names\x07up"), (26, 41), "yaml", "U+0007"),
    "a byte-order mark and a slip": (
        b"\xef\xbb\xbf" + edited("quizzer: 1", "quizer: 1"), (2, 1), "unknown-key", "'quizer'"),
    "Windows line ends and a slip": (
        edited("easy", "esay").replace(b"\n", b"\r\n"), (20, 17), "wrong-choice", "'esay'"),
    # keys
    "a key twice": (edited("    points:", "    answers:"), (15, 5), "duplicate-key", "line 10"),
    "a misspelt key": (edited("difficulty:", "dificulty:"), (20, 5), "unknown-key", "'dificulty'"),
    "a key of another program": (edited("    points:", "    keypoints:"), (15, 5), "unknown-key", "'keypoints'"),
    "a key in capitals": (edited("    question", "    Question"), (9, 5), "unknown-key", "'Question'"),
    "a key of another level": (edited("    tags: [names]", "    pass: [x]"), (27, 5), "unknown-key", "'pass'"),
    "a key in typographic quotes": (edited("difficulty", "“difficulty”"), (20, 5), "unknown-key", "“difficulty”"),
    "an unknown kind of test": (edited("      fail:", "      failing:"), (23, 7), "unknown-key", "'failing'"),
    "no version": (edited("quizzer: 1\n", ""), (2, 1), "missing-key", "no quizzer"),
    "no id": (edited("  - id: dns\n    question", "  - question"), (24, 5), "missing-key", "no id"),
    "no question": (edited("    question: What is a DNS resolver?\n", ""), (24, 5), "missing-key", "no question"),
    # kinds and values
    "a later version": (edited("quizzer: 1", "quizzer: 2"), (2, 10), "format-version", "'2'"),
    "a question that is a list": (
        edited("What is a DNS resolver?", "[What is a DNS resolver?]"), (25, 15), "wrong-kind", "must be a text"),
    "answers that are one text": (
        edited('answers: ["A server', 'answers: "A server').replace(b'addresses."]', b'addresses."'),
        (26, 14), "wrong-kind", "must be a list"),
    "a card that is a text": (edited("  - id: dns", "  - dns\n  - id: dns"), (24, 5), "wrong-kind", "a card must be"),
    "an empty id": (edited("id: dns", "id:"), (24, 5), "empty", "'id'"),
    "an id with capitals and spaces": (edited("id: dns", "id: DNS Resolver"), (24, 9), "bad-id", "'DNS Resolver'"),
    "the same id twice": (edited("id: dns", "id: tcp"), (24, 9), "duplicate-id", "line 8"),
    "an id of the deck that is none": (edited("id: network", "id: Network!"), (4, 7), "bad-id", "'Network!'"),
    "a language in words": (edited("language: en", "language: some English"), (6, 13), "wrong-choice", "language code"),
    "a difficulty of one's own": (edited("easy", "trivial"), (20, 17), "wrong-choice", "'trivial'"),
    "a question of blanks": (edited("What is a DNS resolver?", '"  "'), (25, 5), "empty", "'question'"),
    "a question behind a number sign": (edited("What is a DNS", "# What is a DNS"), (25, 5), "empty", "'question'"),
    "an empty entry": (edited("- bytes arrive in order", "-"), (16, 8), "empty", "empty point"),
    "an alias that another card has": (
        edited("tags: [names]", "aliases: [tcp]"), (27, 15), "duplicate-id", "belongs to card 'tcp'"),
    "an alias that is no id": (edited("tags: [names]", "aliases: [a/b/c]"), (27, 15), "bad-id", "'a/b/c'"),
    "a text that is too long": (edited("A server", "A server " * 12_000), (26, 15), "too-long", "100,000"),
    # content
    "an answer to be filled in": (
        edited("A reliable, ordered stream of bytes between two ports.", "_To be filled_"),
        (11, 9), "placeholder", "answer 1"),
    "a title to be written": (edited("Computer networks", "TODO"), (5, 10), "placeholder", "title"),
    "an answer twice": (
        edited("ordered stream of bytes between two ports.", "ordered stream of bytes.\n      - reliable ordered stream"
               " of the bytes"), (12, 9), "repeated", "answer 2"),
    "a point twice": (edited("- lost segments", "- Bytes arrive in order.\n      - lost segments"), (17, 9), "repeated",
                      "point 2"),
    "an answer that is the question": (
        edited("A reliable, ordered stream of bytes between two ports.", "What does TCP add to IP"), (11, 9),
        "answer-is-question", "answer 1"),
    "an answer without words": (
        edited("A reliable, ordered stream of bytes between two ports.", '"→ ✓"'), (11, 9), "ungradable", "no words"),
    "a misconception that is a point": (
        edited("TCP encrypts what it carries.", "bytes arrive in order"), (18, 22), "misconception-accepted", "point"),
    "a source that is none": (edited('"RFC 9293, section 2.2"', "the internet"), (19, 15), "no-source", "too vague"),
    "a source without an address": (edited('"RFC 9293, section 2.2"', '"https://"'), (19, 15), "no-source", "no site"),
    "a test that is the answer": (
        edited("It makes a dependable stream out of packets that may get lost.",
               '"A reliable, ordered stream of bytes between two ports."'), (22, 14), "test-is-reference", "test 1"),
    "a test that must pass and fail": (
        edited("It finds the way to the other machine.",
               "It makes a dependable stream out of packets that may get lost."), (23, 18), "test-contradicts", "pass"),
    "a question without content": (edited("What is a DNS resolver?", "Why is that so?"), (25, 15), "question-empty",
                                   "what it is about"),
    "a question that says its answer": (
        edited("What is a DNS resolver?",
               "What is a server called that looks up names for clients and remembers addresses?"),
        (25, 15), "gives-answer-away", "answer 1"),
    "tests of an unanswered card": (
        edited("tags: [names]", "tests: {fail: [x y]}").replace(
            b'["A server that looks names up for its clients, and remembers the addresses."]', b"[]"),
        (27, 12), "tests-without-answer", "no answer"),
    "an alias of its own": (edited("tags: [names]", "aliases: [dns]"), (27, 15), "alias-of-itself", "'dns'"),
    "a character that nobody sees": (
        edited('"A server that', '"A server\\u200b that'), (26, 15), "hidden-character", "U+200B"),
}  # fmt: skip
"""What is wrong -> the file, line and column, code, and a part of the message of the one finding."""


def test_the_good_deck_is_good() -> None:
    """Else every case below would show nothing."""
    assert findings(GOOD.encode()) == ()


@pytest.mark.parametrize("name", BROKEN)
def test_a_broken_deck_is_reported_at_its_line_with_a_remedy(name: str) -> None:
    """A maintainer goes to the line and does what the hint says."""
    content, place, code, part = BROKEN[name]

    found = findings(content)

    assert [(problem.line, problem.column, problem.code) for problem in found] == [(*place, code)], found
    assert part in found[0].message
    assert all(problem.hint for problem in found)


def test_every_line_is_found_with_windows_line_ends_and_a_byte_order_mark() -> None:
    """Editors on Windows write both, and count lines as everybody does."""
    for name, (content, place, code, _) in BROKEN.items():
        if content.startswith((b"\xef\xbb\xbf", b"\xff", b"\xfe")) or b"\r" in content:
            continue
        found = findings(b"\xef\xbb\xbf" + content.replace(b"\n", b"\r\n"))

        assert [(problem.line, problem.column, problem.code) for problem in found] == [(*place, code)], name


def test_there_are_more_than_forty_ways(tmp_path: Path) -> None:
    """The measure that this file was written for."""
    assert len(BROKEN) >= 40
