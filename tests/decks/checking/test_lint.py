"""What is wrong with the words of a deck is found, and what is right is left alone."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizzer.decks.checking import lint
from quizzer.decks.checking.placeholders import is_placeholder
from quizzer.decks.checking.sources import fault
from quizzer.model import Card, CardTests, Deck


def codes(question: str = "What is attention in a transformer?", *answers: str, **fields: Any) -> list[str]:
    """The codes found in a deck of one card."""
    card = Card("a", "d", question, answers, **fields)
    return [finding.code for finding in lint.examine(Deck("d", "Deck", cards=(card,)))]


@pytest.mark.parametrize(
    "source",
    ["Wikipedia", "Liu et al. 2019, section 4", "K&R", "RFC 793", "1984", "https://arxiv.org/abs/1907.11692",
     "doi:10.18653/v1/N19-1423", "https://doi.org/10.1000/182", "arXiv preprint arXiv:1810.04805, 2018", "ISO 8601",
     "[BERT](https://arxiv.org/abs/1810.04805)", "www.bbc.co.uk/news", "https://münchen.de/x", "論文", "10.1000/182",
     "PyTorch documentation, torch.nn", "Civil code", "Where are we?, Smith 2019", "https://192.168.1.1/manual",
     "The Art of Computer Programming, volume 1", "see https://en.wikipedia.org/wiki/BERT_(language_model)."],
)  # fmt: skip
def test_what_can_be_looked_up_is_a_source(source: str) -> None:
    """A false alarm would make maintainers write longer, not better."""
    assert fault(source) is None


@pytest.mark.parametrize(
    ("source", "part"),
    [
        ("internet", "too vague"), ("The Internet", "too vague"), ("google", "too vague"), ("myself", "too vague"),
        ("my own experience", "too vague"), ("link", "too vague"), ("a book", "too vague"), ("ChatGPT", "too vague"),
        ("Wikipedia?", "a guess"), ("?", "placeholder"), ("TODO", "placeholder"), ("p. 12", "in no work"),
        ("[1]", "in no work"), ("chapter 3", "in no work"), ("https://", "names no site"), ("https:///x", "no site"),
        ("https://arxiv", "no site"), ("http://localhost:8000/x", "own machine"), ("htp://x.org", "does not begin"),
        ("https//x.org", "does not begin"), ("https://www.google.com/search?q=bert", "a search"),
        ("https://example.com/x", "an example"), ("doi:", "its DOI"), ("doi: 11.2/x", "not a DOI"),
        ("10.1000", "not a whole DOI"), ("arXiv:19", "not an arXiv number"), ("[the BERT paper]()", "leads nowhere"),
        ("http://[::1", "no site"),
    ],
)  # fmt: skip
def test_what_cannot_be_looked_up_is_none(source: str, part: str) -> None:
    """An answer that nobody can check is an answer that nobody should learn."""
    found = fault(source)

    assert found
    assert part in found[0]
    assert found[1]


@pytest.mark.parametrize(
    "text",
    ["To be filled", "_[To be filled]_", "**TBD**", "TODO", "TODO: ask Ada", "...", "…", "-", "Answer here",
     "Write your answer here", "<add answer>", "coming soon!", "lorem ipsum dolor sit amet", "To be added later"],
)  # fmt: skip
def test_placeholders_are_seen_in_their_many_spellings(text: str) -> None:
    """Lists of questions are full of them."""
    assert is_placeholder(text)


@pytest.mark.parametrize(
    "text",
    ["To do this, split by patient.", "WIP limits the work in progress", "[]", "!=", "{}", "none", "no answer",
     "the answer", "It is a placeholder token.", "The tests pass.", "x", "42", "To be or not to be", "An answer", ""],
)  # fmt: skip
def test_short_answers_are_no_placeholders(text: str) -> None:
    """ "None" and "[]" are right answers to some questions."""
    assert not is_placeholder(text)


@pytest.mark.parametrize(
    ("question", "answer"),
    [
        ("Is BERT bidirectional?", "Yes, BERT is bidirectional"),
        ("Which is faster, DistilBERT or BERT?", "DistilBERT is faster"),
        ("Which of TCP and UDP keeps the order?", "TCP"),
        ("How many layers does the encoder of BERT-base have?", "The encoder of BERT-base has 12 layers"),
        ("Does RoBERTa use next-sentence prediction?", "RoBERTa does not use next-sentence prediction"),
        ("What does BERT stand for?", "Bidirectional Encoder Representations from Transformers"),
        ("True or false: TCP is reliable", "True"),
        ("What is the opposite of hot?", "cold"),
    ],
)
def test_answers_that_need_words_of_the_question_are_left_alone(question: str, answer: str) -> None:
    """A choice is in the question by its nature; one number may be all that is new."""
    assert codes(question, answer) == []


@pytest.mark.parametrize(
    ("question", "answer"),
    [
        ("What is BERT, the bidirectional encoder, called?", "A bidirectional encoder"),
        ("What do masked language models, which predict masked tokens, predict?", "They predict the masked tokens."),
        ("Name the capital city Paris.", "Paris"),
    ],
)
def test_a_question_that_contains_its_answer_is_found(question: str, answer: str) -> None:
    """Such a card tests reading, and the grader takes its right answers for echoes."""
    assert codes(question, answer) == ["gives-answer-away"]


def test_near_identical_texts_are_repeated_and_different_ones_are_not() -> None:
    """Articles and forms of "be" make no other text; a number, a negator or another order does."""
    one = "RoBERTa drops the next-sentence prediction"

    assert codes(points=(one, "RoBERTa drops next-sentence prediction.")) == ["repeated"]
    for other in ("RoBERTa does not drop next-sentence prediction", "BERT drops the next-sentence prediction"):
        assert codes(points=(one, other)) == []
    assert codes(points=("A sends to B", "B sends to A")) == []
    assert codes(points=("it uses 8 heads", "it uses 12 heads")) == []


def test_a_long_answer_with_other_small_words_is_repeated() -> None:
    """A second answer is there to say it in another way."""
    long = "TCP retransmits lost segments and keeps {0} order; UDP sends datagrams without {0} connection or guarantee."

    assert codes("What do TCP and UDP do?", long.format("their"), long.format("the")) == ["repeated"]


def test_tests_that_prove_nothing_are_found() -> None:
    """The reference itself passes anyway, and no answer can both pass and fail."""
    tests = CardTests(passing=("the reference",), partial=("half",), failing=("half", "the reference", ""))

    found = codes("What is asked here?", "The reference.", tests=tests)

    assert sorted(found) == ["test-contradicts"] * 3 + ["test-is-reference"]


def test_a_deck_without_content_yet_is_fine() -> None:
    """Unanswered cards are a state of their own."""
    assert codes() == []
    assert lint.examine(Deck("d", "d")) == []


def test_a_question_in_a_language_without_known_words_is_left_alone() -> None:
    """Nothing is known there of words without content."""
    assert codes("Miksi?", "Koska", language="fi") == []
    assert codes("Why?", "Because of the tides") == ["question-empty"]


@given(st.text(max_size=60), st.lists(st.text(max_size=60), max_size=3), st.sampled_from(["en", "de", "xx"]))
def test_any_text_can_be_examined(question: str, texts: list[str], language: str) -> None:
    """Decks hold whatever people paste."""
    texts_ = tuple(texts)
    card = Card("a", "d", question, texts_, points=texts_, misconceptions=texts_, hints=texts_, sources=texts_,
                tags=texts_, tests=CardTests(texts_, texts_, texts_), language=language)  # fmt: skip

    for finding in lint.examine(Deck("d", question, cards=(card,))):
        assert finding.message
        assert finding.hint
        assert "\n" not in finding.message
