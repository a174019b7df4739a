"""Makes a card from elsewhere fit the deck format: what a deck cannot hold is left out, and said."""

from __future__ import annotations

from quizzer.decks.editing.changes import FIELDS, Value, changed, value_of
from quizzer.decks.keys import CARD_ALIAS, ID, MAXIMUM_TEXT
from quizzer.decks.values import is_blank
from quizzer.model import Card


def fitted(card: Card) -> tuple[Card | None, tuple[str, ...]]:
    """*card* without what no deck can hold, and what that was; None where it has no question."""
    remarks: list[str] = []
    if is_blank(card.question):
        return None, ("no question: left out",)
    if reason := _refusal(card.question):
        return None, (f"the question {reason}: left out",)
    changes: dict[str, Value] = {}
    for name, is_list in FIELDS.items():
        value = value_of(card, name)
        texts = (value,) if isinstance(value, str) else value
        kept = tuple(text for text in texts if _stays(name, text, remarks))
        changes[name] = kept if is_list else "".join(kept)
    if card.id and not ID.fullmatch(card.id):
        remarks.append(f"{card.id!r} is not an id; small letters, digits and hyphens are")
        card = Card("", card.deck_id, card.question, line=card.line)
    return changed(card, changes), tuple(remarks)


def _stays(name: str, text: str, remarks: list[str]) -> bool:
    if is_blank(text):
        return name == "tests.fail"  # an empty answer is a test
    if name == "aliases":
        return bool(CARD_ALIAS.fullmatch(text))
    if name == "difficulty" and text not in ("easy", "medium", "hard"):
        remarks.append(f"difficulty {text[:40]!r} is not known; write easy, medium or hard")
        return False
    if reason := _refusal(text):
        remarks.append(f"a text of {name!r} {reason}: left out")
        return False
    return True


def _refusal(text: str) -> str:
    if len(text) > MAXIMUM_TEXT:
        return f"has {len(text):,} characters, and at most {MAXIMUM_TEXT:,} are allowed"
    return "" if text.isascii() or _is_whole(text) else "holds half a character"


def _is_whole(text: str) -> bool:
    return not any("\ud800" <= character <= "\udfff" for character in text)
