"""The names that a question sets side by side are found, whatever they look like."""

from __future__ import annotations

import pytest

from quizzer.grading.english import ENGLISH
from quizzer.grading.features import Prepared, prepare
from quizzer.grading.naming import contrasted, is_named, set_side_by_side
from tests.grading.fakes import WordEmbedder


def read(text: str) -> Prepared:
    """*text* as the grader sees it."""
    return prepare(text, WordEmbedder().encode([text])[0], ranks={}, language=ENGLISH)


@pytest.mark.parametrize(
    ("question", "names"),
    [
        ("What is the difference between an oak and a beech?", ["oak", "beech"]),
        ("How do verse and prose differ?", ["vers", "pros"]),
        ("Compare the AND gate with the OR gate.", ["AND", "OR"]),
        ("What distinguishes a type 3 visa from a type 4 visa?", ["typ 3", "typ 4"]),
        ("What is the difference between road bikes and mountain bikes?", ["road", "mountain"]),
        ("How do platforms 9 and 10 differ?", ["9", "10"]),
        ("Why does bread rise and fall?", []),
        ("Name two rivers and three lakes.", []),
        ("", []),
    ],
)
def test_names_are_found_in_the_question(question: str, names: list[str]) -> None:
    """Swapping them is the commonest way to get such a question wrong."""
    assert set_side_by_side(read(question), ENGLISH) == names


def test_a_name_that_is_a_small_word_is_one_only_in_capitals() -> None:
    """OR is a gate, or is not."""
    text = read("OR gives 1 if one or both inputs are 1")
    assert [is_named(text, i, "OR") for i, word in enumerate(text.words) if word.text == "or"] == [True, False]


def test_names_that_the_references_do_not_use_are_none() -> None:
    """What is said of whom can only be compared where the card says it."""
    question = read("What is the difference between an oak and a beech?")
    silent, telling = read("one has lobed leaves"), read("The oak has lobed leaves, the beech smooth bark")
    assert contrasted(question, [silent], ENGLISH) == []
    assert contrasted(question, [silent, telling], ENGLISH) == [frozenset({"oak"}), frozenset({"beech"})]
