"""A deck as JSON and back."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from quizzer.decks import jsonfile, schema, yamlfile
from quizzer.errors import DeckInvalid
from quizzer.model import Deck

PATH = Path("deck.json")
DECK = """\
quizzer: 1
deck: {id: sky, title: The sky, language: en, tags: [light], aliases: [heaven]}
cards:
- id: one
  question: "Why? 007 \\U0001F600 \\\\ud83d"
  answers: ["a\\nb", "yes"]
  points: [p]
  misconceptions: [m]
  hints: [h]
  explanation: "null"
  sources: [s]
  tags: [t]
  difficulty: hard
  tests: {pass: [a], partial: [b], fail: [c]}
  aliases: [uno, old/eins]
- {id: two, question: Open?}
"""


def bare(deck: Deck) -> Deck:
    return replace(deck, path="", cards=tuple(replace(card, line=0) for card in deck.cards))


@pytest.fixture
def deck() -> Deck:
    return schema.parse(yamlfile.parse(DECK, path="deck.yaml"), path="deck.yaml")


@pytest.mark.parametrize("indent", [None, 2, "\t"])
@pytest.mark.parametrize("ascii_only", [True, False])
def test_a_deck_comes_back_whoever_has_formatted_the_file(
    deck: Deck, indent: int | str | None, ascii_only: bool
) -> None:
    """Every field; programs write JSON with tabs, without blanks, with escapes that YAML does not know."""
    text = json.dumps(json.loads(jsonfile.write(deck)), indent=indent, ensure_ascii=ascii_only).replace("/", "\\/")
    assert bare(jsonfile.read(text, PATH)) == bare(deck)


def test_null_is_nothing() -> None:
    """As programs write what they do not know; a text "null" stays one."""
    cards = [{"id": "a", "question": "null", "answers": None, "difficulty": None, "explanation": "null"}]
    found = jsonfile.read(json.dumps({"quizzer": 1, "deck": {"id": "d", "title": None}, "cards": cards}), PATH)
    card = found.cards[0]
    assert (found.title, card.question, card.answers, card.difficulty, card.explanation) == (
        "d",
        "null",
        (),
        None,
        "null",
    )


@pytest.mark.parametrize(
    ("text", "message", "line"),
    [
        ('{"quizzer": 1,\n "deck"', "not JSON", 2),
        ('{"quizzer": 1, "deck": {"id": "d"}, "cards": [\n{"id": "a", "qestion": "?"}]}', "unknown key 'qestion'", 2),
        ('{"quizzer": 1, "deck": {"id": "d"}, "cards": [{"id": "a", "question": "?", "id": "b"}]}', "'id'", 1),
        ("[1]", "a deck is a mapping", 1),
        ('{"a":' * 400 + "1" + "}" * 400, "nested deeper", 1),
    ],
)
def test_what_is_no_deck_is_refused_with_its_place(text: str, message: str, line: int) -> None:
    """As for YAML: what is wrong, and where."""
    with pytest.raises(DeckInvalid) as refused:
        jsonfile.read(text, PATH)
    problems = [problem for problem in refused.value.problems if message in problem.message]
    assert [problem.line for problem in problems] == [line], refused.value.problems
