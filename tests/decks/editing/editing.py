"""Random edits of random decks, and what must hold after each."""

from __future__ import annotations

import dataclasses
import difflib
import json
import random
import re
from typing import Any

from quizzer.decks import schema, yamlfile
from quizzer.decks.editing.changes import FIELDS, Changes, Value, value_of
from quizzer.decks.editing.deckfile import DeckFile
from quizzer.errors import EditRefused
from quizzer.model import Card, CardTests
from tests.decks.editing.deckwriting import Piece, text_of


def random_changes(choose: random.Random, card: Card) -> dict[str, Value]:
    """One to four keys of *card* changed, as an editor or an import would."""
    changes: dict[str, Value] = {}
    for name in choose.sample(list(FIELDS), choose.choice((1, 1, 2, 4))):
        old = value_of(card, name)
        if name == "difficulty":
            changes[name] = choose.choice(("easy", "hard", ""))
        elif name == "aliases":
            changes[name] = choose.choice((("old",), ()))
        elif isinstance(old, tuple):
            changes[name] = _changed_list(choose, old)
        elif choose.random() < 0.15 and name != "question":
            changes[name] = ""
        else:
            changes[name] = text_of(choose)
    return changes


def _changed_list(choose: random.Random, old: tuple[str, ...]) -> tuple[str, ...]:
    new = list(old)
    kind = choose.choice(("append", "append", "insert", "change", "remove", "clear", "anew", "shuffle"))
    at = choose.randint(0, len(new))
    if kind == "append":
        new.append(text_of(choose))
    elif kind == "insert":
        new.insert(at, text_of(choose))
    elif kind == "change" and new:
        new[at - 1] = text_of(choose)
    elif kind == "remove" and new:
        del new[at - 1]
    elif kind == "clear":
        new = []
    elif kind == "anew":
        new = [text_of(choose) for _ in range(choose.randint(1, 3))]
    else:
        choose.shuffle(new)
    return tuple(new)


def expected(card: Card, changes: Changes) -> Card:
    """*card* with *changes*, made without the code under test."""
    # Any: the values are those of a Card, by name.
    read: dict[str, Any] = {
        name: value.rstrip("\r\n") if isinstance(value, str) else tuple(text.rstrip("\r\n") for text in value)
        for name, value in changes.items()
    }
    tests = CardTests(
        read.pop("tests.pass", card.tests.passing),
        read.pop("tests.partial", card.tests.partial),
        read.pop("tests.fail", card.tests.failing),
    )
    if "difficulty" in read:
        read["difficulty"] = read["difficulty"] or None
    new = dataclasses.replace(card, tests=tests, **read)
    return dataclasses.replace(new, digest=schema.card_digest(new.question, new.answers), line=0)


def check(opened: DeckFile, pieces: list[Piece], choose: random.Random) -> str:
    """Change a card of *opened* at random and check all that has to hold; says what was done."""
    position = choose.randrange(len(opened.deck.cards))
    card = opened.deck.cards[position]
    changes = random_changes(choose, card)
    try:
        edited = opened.change_card(card.id, changes)
    except EditRefused as error:
        return f"refused: {error.message}"
    text = edited.text
    meant = [expected(other, changes if number == position else {}) for number, other in enumerate(opened.deck.cards)]
    read = schema.parse(yamlfile.parse(text, path=str(opened.path)), path=str(opened.path))
    assert [dataclasses.replace(other, line=0) for other in read.cards] == meant, "the meaning is another"
    assert dataclasses.replace(read, cards=()) == dataclasses.replace(opened.deck, cards=())
    real = {name for name in changes if value_of(card, name) != value_of(read.cards[position], name)}
    comments = set(re.findall(r"c\d+c", opened.text))
    number = int(card.id.partition("-")[2])
    if read.cards[position].tests == CardTests() != card.tests:
        real |= {"tests", "tests.pass", "tests.partial", "tests.fail"}  # the key goes with all that is under it
    if (
        len(real) == 1
        and (items := _touched_items(value_of(card, *real), value_of(read.cards[position], *real))) is not None
    ):
        (name,) = real
        assert bytes_kept(opened.text, text, pieces, number, real, items=items, comments_may_move=True), (
            f"{name}: {items}"
        )
    kept = bytes_kept(opened.text, text, pieces, number, real)
    if not kept and bytes_kept(opened.text, text, pieces, number, real, comments_may_move=True):
        return "edited, a comment moved"
    if not kept:
        lines = difflib.unified_diff(
            [repr(x) for x in opened.text.splitlines(True)], [repr(x) for x in text.splitlines(True)]
        )
        raise AssertionError(f"bytes of others changed by {real} of {number}\n" + "\n".join(lines))
    assert all(text.count(comment) <= 1 for comment in comments)
    if opened.text.lstrip("\ufeff").startswith("{") and _is_json(opened.text):
        assert _is_json(text), "no JSON any more"
    return "edited" if real else "nothing to do"


def _touched_items(old: Value, new: Value) -> set[int] | None:
    """Which items of *old* are not in *new*, where one item was added, changed or removed; else None."""
    if not isinstance(old, tuple) or not isinstance(new, tuple) or not old or not new or len({*old, *new}) < len(old):
        return None
    gone = {number for number, text in enumerate(old) if text not in new}
    come = [text for text in new if text not in old]
    in_order = [text for text in old if text in new] == [text for text in new if text in old]
    return gone if (in_order and len(gone) + len(come) == 1) or (len(old) == len(new) and len(gone) == 1) else None


def check_adding(opened: DeckFile, choose: random.Random) -> str:
    """Add cards to *opened* at random and check all that has to hold; says what was done."""
    card = Card("", "d", "")
    cards = []
    for name in opened.new_ids(choose.choice((1, 1, 3))):
        changes = random_changes(choose, card) | {"question": text_of(choose)}
        cards.append(dataclasses.replace(expected(card, {k: v for k, v in changes.items() if k != "aliases"}), id=name))
    try:
        edited = opened.add_cards(cards)
    except EditRefused as error:
        return f"refused to add: {error.message}"
    read = schema.parse(yamlfile.parse(edited.text, path=str(opened.path)), path=str(opened.path))
    assert [dataclasses.replace(one, line=0) for one in read.cards[-len(cards) :]] == cards
    assert len(read.cards) == len(opened.deck.cards) + len(cards)
    before = _common(opened.text, edited.text)
    assert before + _common(opened.text[::-1], edited.text[::-1]) >= len(opened.text), "other bytes changed"
    if _is_json(opened.text):
        assert _is_json(edited.text), "no JSON any more"
    return "added"


def _common(one: str, other: str) -> int:
    """How many characters the two have in common at their beginnings."""
    pairs = enumerate(zip(one, other, strict=False))
    return next((number for number, (first, second) in pairs if first != second), min(len(one), len(other)))


def _is_json(text: str) -> bool:
    try:
        json.loads(text)
    except ValueError:
        return False
    return True


def bytes_kept(
    before: str,
    after: str,
    pieces: list[Piece],
    card: int,
    names: set[str],
    *,
    comments_may_move: bool = False,
    items: set[int] | None = None,
) -> bool:
    """Whether everything but the lines of the changed keys stands in *after*, byte for byte and in order.

    *items*: those that changed of the one list that changed; the lines of the others stand there too.
    """
    if not names:
        return before == after
    groups = names | {"flow"} | {"tests" for name in names if name.startswith("tests.")}
    runs = [""]
    for owner, text in pieces:
        mine = len(owner) > 1 and owner[0] == card
        untouched = (
            items is not None
            and owner[2:] not in {(number,) for number in items}
            and (len(owner) == 3 or not text.strip())
        )
        if mine and groups.intersection(owner[1:]) and not untouched:
            runs.append("")
        elif comments_may_move and text.lstrip(" ").startswith("#"):
            runs += [text.lstrip(" "), ""]
        else:
            runs[-1] += text
            if mine or not owner:
                runs.append("")  # a new key may come after it
    position = len(runs[0])
    if not after.startswith(runs[0]) or not after.endswith(runs[-1]):
        return False
    for run in runs[1:-1]:
        at = after.find(run, position)
        if at < 0:
            return False
        position = at + len(run)
    return position + len(runs[-1]) <= len(after)
