"""Which card a question of a list is: the same one reworded, or another."""

from __future__ import annotations

import itertools
from pathlib import Path

import pytest

from quizzer.decks.markdown.entries import Entry
from quizzer.decks.markdown.matching import pair, plan
from quizzer.decks.markdown.reading import read
from quizzer.model import Card

SEED_SHAPE = "## Question {number}\n**{question}**\n**Answer:** _To be filled_\n\n---\n\n"


def entry(question: str, *, number: int | None = None, **fields: object) -> Entry:
    card = Card(id="", deck_id="", question=question, **fields)  # type: ignore[arg-type]  # fields of a card by name
    return Entry(card, 1, 1, number)


def card(question: str, *, name: str = "d-01", **fields: object) -> Card:
    return Card(id=name, deck_id="d", question=question, **fields)  # type: ignore[arg-type]  # as above


REWORDED = [
    ("How do you choose between BERT, RoBERTa, and DistilBERT for a production sentiment analysis system?",
     "How would you choose between BERT, RoBERTa and DistilBERT for production sentiment analysis systems?"),
    ("What are the key architectural differences between BERT's masked language modeling and RoBERTa's training?",
     "What are the main architectural differences between BERT's masked-language modeling and RoBERTa's training?"),
    ("What is overfitting?", "What is over-fitting?"[:8] + "overfitting"),
    ("What is overfitting?", "What's **overfitting**?"),
    ("What is overfitting?", "what is Overfitting"),
    ("Explain the bias-variance trade-off", "Can you explain the bias variance trade-off?"),
    ("How do you handle long documents that exceed BERT's 512-token limit?",
     "How do you handle very long documents exceeding BERT's 512-token limit in practice?"),
    ("What techniques help reduce overfitting when fine-tuning BERT on small specialized datasets?",
     "Which techniques reduce overfitting when fine-tuning BERT on small, specialized data sets?"),
    ("Describe the difference between TCP and UDP.", "What is the difference between UDP and TCP?"),
]  # fmt: skip

DIFFERENT = [
    ("What is BERT?", "What is BART?"), ("What is X?", "What is Y?"), ("What is a list?", "What is a tuple?"),
    ("What is BERT?", "What is BERT tokenization?"), ("What is overfitting?", "What is underfitting?"),
    ("What is supervised learning?", "What is unsupervised learning?"), ("What is an encoder?", "What is a decoder?"),
    ("When is a cache useful?", "When is a cache not useful?"), ("What is HTTP/1?", "What is HTTP/2?"),
    ("What changed in Python 3.11?", "What changed in Python 3.12?"), ("Why is BERT slow?", "How is BERT slow?"),
    ("What is the difference between == and ===?", "What is the difference between = and ==?"),
    ("How do you convert a list to a tuple?", "How do you convert a tuple to a list?"), ("What is C?", "What is C++?"),
    ("How do you optimize BERT's performance for cross-lingual transfer learning tasks?",
     "How do you optimize BERT's performance for streaming text processing applications?"),
    ("What are the best practices for handling noisy inputs in BERT-based production systems?",
     "What are the best practices for A/B testing different BERT variants in production environments?"),
    ("What is 40% of DistilBERT?", "What is 60% of DistilBERT?"),
]  # fmt: skip


@pytest.mark.parametrize(("old", "new"), REWORDED)
def test_a_lightly_reworded_question_keeps_its_card(old: str, new: str) -> None:
    """Its history goes on."""
    assert pair([entry(new)], [card(old)]) == {0: 0}


@pytest.mark.parametrize(("old", "new"), DIFFERENT)
@pytest.mark.parametrize("number", [None, 1])
def test_another_question_is_another_card(old: str, new: str, number: int | None) -> None:
    """Learned answers must not be counted for a question that nobody has learned, whatever number it has."""
    assert pair([entry(new, number=number)], [card(old)]) == {}
    assert pair([entry(old, number=number)], [card(new)]) == {}


def test_near_identical_questions_pair_each_with_its_own() -> None:
    """Each card has one question at most, the most alike first."""
    cards = [
        card(f"What is the role of layer {name} in BERT's encoder stack?", name=f"d-{name}")
        for name in ("one", "two", "six")
    ]
    entries = [
        entry(f"What is the role of layer {name} in the encoder stack of BERT?") for name in ("six", "one", "two")
    ]

    assert pair(entries, cards) == {0: 2, 1: 0, 2: 1}


def test_the_number_helps_where_the_words_have_changed_more() -> None:
    """Number 2 of the list probably is card 02."""
    old = "How do you implement efficient batch processing for BERT inference in high-throughput production systems?"
    new = "How do you implement batch processing for BERT inference efficiently in high-throughput settings?"
    cards = [card("What is something else entirely?", name="d-01"), card(old, name="d-02")]

    assert pair([entry(new, number=2)], cards) == {0: 1}


def test_the_questions_of_a_list_are_all_different() -> None:
    """Fifty questions on one topic share many words; removing any one must not give its card to another."""
    seed = Path(__file__).parents[3] / "decks" / "bert.yaml"
    from quizzer.decks import schema, yamlfile

    cards = schema.parse(yamlfile.read(seed), path="").cards
    for one, other in itertools.permutations(cards, 2):
        assert pair([entry(one.question, number=int(other.id[-2:]))], [other]) == {}, (one.question, other.question)


def test_an_id_in_the_list_decides() -> None:
    """An exported list names its cards, also by a former id."""
    cards = [card("One?", name="d-01"), card("Two?", name="d-02", aliases=("old",))]
    named = [Entry(card("Two?", name="d-01"), 1, 1), Entry(card("Entirely new words?", name="old"), 2, 2)]

    assert pair(named, cards) == {0: 0, 1: 1}


def test_nothing_that_the_maintainer_wrote_is_overwritten() -> None:
    """The list fills what is empty; another answer in it is reported."""
    cards = [card("One?", answers=("mine",), name="d-01", tags=("own",)), card("Two?", name="d-02")]
    entries = [
        entry("One?", answers=("theirs",), tags=("theirs",), difficulty="easy"),
        entry("Two?", answers=("a",), tags=("t",)),
    ]

    first, second = plan(entries, cards).matches

    assert (first.changes, first.kept) == ({"difficulty": "easy"}, ("answers", "tags"))
    assert (second.changes, second.kept) == ({"answers": ("a",), "tags": ("t",)}, ())


def test_an_answer_that_the_deck_has_is_no_conflict() -> None:
    """Line breaks do not count."""
    cards = [card("One?", answers=("first", "a b"))]

    (match,) = plan([entry("One?", answers=("a\nb",))], cards).matches

    assert (match.changes, match.kept) == ({}, ())


def test_cards_without_a_question_in_the_list_stay() -> None:
    """They are reported, and nothing is removed."""
    made = plan([entry("Two?")], [card("One?", name="d-01"), card("Two?", name="d-02")])

    assert [gone.id for gone in made.gone] == ["d-01"]
    assert made.unchanged == 1


def test_a_list_of_the_common_shape_pairs_by_text_whatever_the_order() -> None:
    """Questions may be moved and numbered anew."""
    names = ["What is it?", "Why is it?", "How is it?"]
    text = "".join(SEED_SHAPE.format(number=n, question=q) for n, q in enumerate(reversed(names), 1))

    assert pair(read(text).entries, [card(name, name=f"d-{n}") for n, name in enumerate(names, 1)]) == {
        0: 2,
        1: 1,
        2: 0,
    }
