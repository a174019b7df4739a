"""Two questions are taken for one where they ask the same in other words, and not where one word makes two of them."""

from __future__ import annotations

import pytest

from quizzer.decks.checking.likeness import compare, read_question, rests, same_rests


def same(one: str, other: str, cosine: float, language: str = "en") -> bool | None:
    return compare(read_question(one, language), read_question(other, language), cosine)


@pytest.mark.parametrize(
    ("one", "other", "cosine"),
    [
        ("What is the difference between TCP and UDP?", "How does UDP differ from TCP?", 0.96),
        ("Why does BERT mask 15 % of the tokens?", "For what reason are 15 percent of tokens masked in BERT?", 0.9),
        ("What is a deadlock?", "Explain what is meant by a deadlock.", 0.95),
        ("What is a closure in JavaScript?", "Explain closures in JavaScript.", 0.94),
        ("What is overfitting, and how is it prevented?", "Define overfitting. Which methods help against it?", 0.88),
        ("How does the JVM collect garbage?", "How does the Java virtual machine collect garbage?", 0.85),
    ],
)  # fmt: skip
def test_other_words_for_the_same_question(one: str, other: str, cosine: float) -> None:
    """A learner would be asked twice."""
    assert same(one, other, cosine)
    assert same(other, one, cosine)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("How many layers does BERT-base have?", "How many layers does BERT-large have?"),
        ("What happened in 1914?", "What happened in 1941?"),
        ("What is L1 regularization?", "What is L2 regularization?"),
        ("What is the capital of Austria?", "What is the capital of Australia?"),
        ("What are the advantages of microservices?", "What are the disadvantages of microservices?"),
        ("When should you use a B-tree index?", "When should you not use a B-tree index?"),
        ("Who wrote The Brothers Karamazov?", "When was The Brothers Karamazov written?"),
        ("What is the main advantage of lists over arrays?", "What is the main advantage of arrays over lists?"),
        ("What is React?", "What is React Fiber?"),
        ("Why was bulb A on when switch Y was open?", "When switch X was open, why was bulb A on?"),
        ("What are the symptoms of hypothyroidism?", "What are the symptoms of hyperthyroidism?"),
        ("Why is Redis fast?", "What is the difference between Redis and memcached?"),
    ],
)
def test_one_word_makes_another_question(one: str, other: str) -> None:
    """Sentence vectors put these closer together than most true duplicates."""
    assert same(one, other, 0.95) is False
    assert same(other, one, 0.95) is False


def test_far_questions_are_never_the_same() -> None:
    """Words alone do not decide."""
    assert same("What is a deadlock?", "Explain a deadlock.", 0.7) is False


def test_the_same_words_are_the_same_whatever_the_vectors_say() -> None:
    """Also in a language that nothing is known of."""
    assert same("Mikä on TCP?", "mikä on tcp?", 0.2, "fi")


def test_where_many_words_differ_the_rests_are_compared() -> None:
    """Synonyms have vectors, not spellings, in common."""
    one = read_question("Why do leaves change colour in autumn?", "en")
    other = read_question("What is the reason for leaves turning red and yellow in the fall?", "en")

    assert compare(one, other, 0.79) is None
    assert rests(one, other) == ("change colour autumn", "turning red yellow fall")
    assert same_rests(0.79, 0.54)
    assert not same_rests(0.79, 0.3)


def test_other_languages_need_nearly_equal_vectors() -> None:
    """What is a word of asking there is not known."""
    one, other = "Was ist eine Verklemmung?", "Erkläre, was man unter einer Verklemmung versteht."

    assert same(one, other, 0.9, "de") is False
    assert same(one, other, 0.95, "de")


def test_a_translation_is_no_duplicate() -> None:
    """A deck and its German edition are learned by different people."""
    one, other = read_question("What is TCP?", "en"), read_question("Was ist TCP?", "de")

    assert compare(one, other, 0.99) is False
