"""From nodes to a deck: what is right arrives as it was written, and what is wrong is all reported at once."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizzer.decks import schema, yamlfile
from quizzer.errors import DeckInvalid, Problem
from quizzer.model import CardTests, Deck

ROOT = Path(__file__).parents[2]
HEAD = "quizzer: 1\ndeck:\n  id: d\ncards:\n"
CARD = "  - id: a\n    question: b?\n"


def deck_of(text: str) -> Deck:
    return schema.parse(yamlfile.parse(text, path="d.yaml"), path="d.yaml")


def problems_of(text: str) -> tuple[Problem, ...]:
    with pytest.raises(DeckInvalid) as caught:
        deck_of(text)
    assert all(problem.path == "d.yaml" and problem.hint for problem in caught.value.problems)
    return caught.value.problems


def test_a_full_deck_arrives_as_it_was_written() -> None:
    """Every key of the format, with text that YAML alone would turn into something else."""
    deck = deck_of(
        """quizzer: 1
deck:
  id: nlp-1
  title: 007
  description: no
  language: pt-BR
  license: CC-BY-4.0
  authors: [Ada]
  tags: [nlp]
  aliases: [old]
cards:
  - id: 01-a
    question: no
    answers:
      - 1:30
      - |
        two
        lines
    points: [null]
    misconceptions: [yes]
    hints: [~]
    explanation: 2024-01-01
    sources: ["x, table 1"]
    tags: [on]
    difficulty: hard
    tests:
      pass: [a]
      partial: [b]
      fail: [c, ""]
    aliases: [b, other/c]
"""
    )

    assert (deck.id, deck.title, deck.description, deck.language) == ("nlp-1", "007", "no", "pt-BR")
    assert (deck.license, deck.authors, deck.tags, deck.aliases) == ("CC-BY-4.0", ("Ada",), ("nlp",), ("old",))
    assert deck.path == "d.yaml"
    (card,) = deck.cards
    assert (card.key, card.question, card.answers) == ("nlp-1/01-a", "no", ("1:30", "two\nlines"))
    assert (card.points, card.misconceptions, card.hints) == (("null",), ("yes",), ("~",))
    assert (card.explanation, card.sources, card.tags) == ("2024-01-01", ("x, table 1",), ("on",))
    assert (card.difficulty, card.aliases, card.line, card.language) == ("hard", ("b", "other/c"), 12, "pt-BR")
    assert card.tests == CardTests(("a",), ("b",), ("c", ""))


def test_keys_without_values_are_empty() -> None:
    """A template with nothing filled in yet is a deck with unanswered cards."""
    text = HEAD + CARD + "    answers:\n    points: []\n    explanation:\n    difficulty:\n    tests:\n    tags:\n"

    (card,) = deck_of(text).cards

    assert (card.answers, card.points, card.explanation, card.difficulty) == ((), (), "", None)
    assert card.tests == CardTests()


@pytest.mark.parametrize("cards", ["", " []"])
def test_a_deck_may_wait_for_its_first_card(cards: str) -> None:
    """`quizzer deck new` makes such a deck."""
    assert deck_of(f"quizzer: 1\ndeck: {{id: d}}\ncards:{cards}\n").cards == ()


def test_crlf_files_give_the_same_deck() -> None:
    """A deck edited on Windows is not another deck: no digest changes."""
    text = HEAD + CARD + "    answers:\n      - |\n        x\n        y\n"

    assert deck_of(text.replace("\n", "\r\n")) == deck_of(text)


BROKEN = [
    ("quizzer: 1\n", ["1:1 the file has no deck", "1:1 the file has no cards"]),
    ("", ["1:1 the file is empty"]),
    ("- a\n", ["1:1 a deck is a mapping"]),
    ("text\n", ["1:1 a deck is a mapping"]),
    ("a: b\n", ["1:1 this is no deck: the key 'quizzer' is missing"]),
    ("deck: {id: d}\ncards: []\n", ["1:1 the file has no quizzer"]),
    ("quizzer: 2\nnew-key: x\n", ["1:10 format version '2' is not known"]),
    ("quizzer: one\ndeck: {id: d}\ncards:\n", ["1:10 format version 'one' is not known"]),
    ("quizzer: [1]\ndeck: {id: d}\ncards:\n", ["1:10 format version '' is not known"]),
    ("quizzer: 1\ndeck:\ncards:\n", ["2:6 'deck' must be a mapping, not empty"]),
    ("quizzer: 1\ndeck: d\ncards:\n", ["2:7 'deck' must be a mapping, not a text"]),
    ("quizzer: 1\ndeck: {title: d}\ncards:\n", ["2:7 the deck has no id"]),
    ("quizzer: 1\ndeck: {id: D 1}\ncards:\n", ["2:12 'D 1' is not an id"]),
    ("quizzer: 1\ndeck: {id: d, language: English!}\ncards:\n", ["2:25 'English!' is not a language code"]),
    ("quizzer: 1\ndeck: {id: d}\ncards: {a: b}\n", ["3:8 'cards' must be a list, not a mapping"]),
    ("quizzer: 1\nquizzer: 1\ndeck: {id: d}\ncards:\n", ["2:1 duplicate key 'quizzer' in the file; the first is"]),
    (HEAD + "  - text\n", ["5:5 a card must be a mapping, not a text"]),
    (HEAD + "  -\n", ["5:4 a card must be a mapping, not empty"]),
    (HEAD + "  - question: b\n", ["5:5 the card has no id"]),
    (HEAD + "  - id: a\n", ["5:5 card 'a' has no question"]),
    (HEAD + "  - id:\n    question: b\n", ["5:5 'id' is empty"]),
    (HEAD + "  - id: a\n    question:\n", ["6:5 'question' is empty"]),
    (HEAD + '  - id: a\n    question: "\\u200b \\u2060"\n', ["6:5 'question' is empty"]),
    (HEAD + "  - id: a\n    questoin: b\n", ["6:5 unknown key 'questoin' in card 'a'"]),
    (HEAD + "  - id: a_b\n    question: b\n", ["5:9 'a_b' is not an id"]),
    (HEAD + f"  - id: {'a' * 101}\n    question: b\n", [f"5:9 '{'a' * 40}...' is not an id"]),
    (HEAD + CARD + CARD, ["7:9 duplicate card id 'a'; the first is on line 5"]),
    ("quizzer: 1\ndeck: {id: d}\ncards: [{id: a, question: b}, {id: a, question: c}]\n", ["3:36 duplicate card id"]),
    (HEAD + CARD + "    question: c\n", ["7:5 duplicate key 'question' in card 'a'; the first is on line 6"]),
    (HEAD + CARD + "    answers: yes\n", ["7:14 'answers' must be a list, not a text"]),
    (HEAD + CARD + '    answers: ""\n', ["7:14 'answers' must be a list, not a text"]),
    (HEAD + CARD + "    answers: [batch size: 32]\n", ["7:15 each answer in 'answers' must be a text, not a mapping"]),
    (HEAD + CARD + "    answers: [[a]]\n", ["7:15 each answer in 'answers' must be a text, not a list"]),
    (HEAD + CARD + '    answers: ["", a]\n', ["7:15 empty answer in 'answers'"]),
    (HEAD + CARD + "    points:\n      -\n", ["8:8 empty point in 'points'"]),
    (HEAD + CARD + "    explanation: [a]\n", ["7:18 'explanation' must be a text, not a list"]),
    (HEAD + CARD + "    difficulty: hrad\n", ["7:17 difficulty 'hrad' is not known"]),
    (HEAD + CARD + "    tests: [a]\n", ["7:12 'tests' must be a mapping, not a list"]),
    (HEAD + CARD + "    tests: {passes: [a]}\n", ["7:13 unknown key 'passes' in 'tests'"]),
    (HEAD + CARD + "    aliases: [B]\n", ["7:15 'B' is not an id"]),
    (HEAD + CARD + "  - {id: c, question: d, aliases: [a]}\n", ["7:36 alias 'a' of card 'c' belongs to card 'a'"]),
    (HEAD + CARD + "    ? [x]\n    : y\n", ["7:7 a key must be a text"]),
    (HEAD + CARD + "    <<: *base\n", ["7:5 unknown key '<<' in card 'a'"]),
    (HEAD + CARD + "    answers: *base\n", ["7:14 the alias '*base' is not part of the deck format"]),
    (HEAD + CARD + "    answers: [!!str x]\n", ["7:15 the tag '!!str' is not part of the deck format"]),
    (HEAD + "  - &c\n    id: a\n    question: b\n", ["5:5 the anchor '&c' is not part of the deck format"]),
    (HEAD + CARD + f"    explanation: {'x' * 1_000_000}\n", ["7:18 'explanation' has 1,000,000 characters"]),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), BROKEN)
def test_each_mistake_is_reported_at_its_place(text: str, expected: list[str]) -> None:
    """A finding that names another line costs more time than none."""
    found = [f"{problem.line}:{problem.column} {problem.message}" for problem in problems_of(text)]

    assert len(found) == len(expected), found
    assert all(line.startswith(start) for line, start in zip(found, expected, strict=True)), found


def test_all_mistakes_are_reported_at_once_in_the_order_of_the_file() -> None:
    """One run, one list: not one mistake a run."""
    text = HEAD + "  - id: A\n    questoin: x\n    answers: y\n  - *z\n  - id: b\n    difficulty: no\n    bogus: 1\n"

    assert [problem.line for problem in problems_of(text)] == [5, 6, 7, 8, 9, 10, 11]


@pytest.mark.parametrize(
    ("text", "hint"),
    [
        (HEAD + "  - id: a\n    questoin: b\n", "did you mean 'question'?"),
        (HEAD + "  - id: a\n    Question: b\n", "did you mean 'question'?"),
        (HEAD + "  - id: a\n    q: b\n", "did you mean 'question'?"),
        (HEAD + CARD + "    pass: [x]\n", "'pass' belongs under 'tests'"),
        (HEAD + CARD + "    zzz: x\n", "known keys here: id, question,"),
        (HEAD + "  - id: My Card\n    question: b\n", "use small letters, digits and hyphens: my-card"),
    ],
)
def test_a_hint_says_what_to_write_instead(text: str, hint: str) -> None:
    """A good message ends the search."""
    assert str(problems_of(text)[0].hint).startswith(hint)


def test_the_number_of_problems_is_bounded() -> None:
    """A file of a hundred thousand mistakes must not fill memory and screen."""
    assert len(problems_of(HEAD + "  - x\n" * 5000)) == 1000


def test_the_digest_changes_with_words_and_not_with_wrapping() -> None:
    """It tells a learner that a card was reworded; re-wrapping YAML is no rewording."""
    digest = schema.card_digest("What is é?", ("one two",))

    assert digest == schema.card_digest("What  is\ne\u0301?", ("one\n  two ",))
    assert digest != schema.card_digest("What is é?", ("one three",))
    assert digest != schema.card_digest("What is é?", ("one", "two"))
    assert len(digest) == 16


@given(st.lists(st.text(min_size=1).filter(lambda text: bool(text.strip())), max_size=4))
def test_any_text_can_be_digested(answers: list[str]) -> None:
    """Digests are made of whatever stands in a deck."""
    assert schema.card_digest("q", tuple(answers)) == schema.card_digest("q", tuple(answers))


def test_the_published_json_schema_is_up_to_date() -> None:
    """Editors read the file beside the decks; it is generated by `quizzer deck schema`."""
    published = json.loads((ROOT / "decks" / "deck.schema.json").read_text(encoding="utf-8"))

    assert published == schema.json_schema()


def test_the_json_schema_knows_the_parser_s_keys() -> None:
    """One table makes both: an editor never marks what quizzer takes."""
    card: dict[str, Any] = schema.json_schema()["properties"]["cards"]["items"]  # JSON

    assert card["required"] == ["id", "question"]
    assert set(card["properties"]["tests"]["properties"]) == {"pass", "partial", "fail"}
    assert card["additionalProperties"] is False


def test_the_bundled_deck_is_a_deck() -> None:
    """It is the first that everybody meets."""
    path = ROOT / "decks" / "bert.yaml"

    deck = schema.parse(yamlfile.read(path), path=str(path))

    assert [card.id for card in deck.cards] == [f"bert-{number:02}" for number in range(1, 51)]
    assert all(card.answers for card in deck.cards)
