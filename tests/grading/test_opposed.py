"""Words that mean the opposite of what a claim says in their place, by a lexicon of general English."""

from __future__ import annotations

import pytest

from benchmarks.grading.opposites import GROUPS, WRITTEN, compiled
from quizzer.grading.contrary import Passage
from quizzer.grading.english import ENGLISH
from quizzer.grading.features import frame, prepare
from quizzer.grading.head import load_lexicon, load_ranks
from quizzer.grading.opposed import Opposed, opposed
from quizzer.grading.opposites import parse_lexicon
from quizzer.grading.stemming import stem
from tests.grading.fakes import WordEmbedder

LEXICON = parse_lexicon(compiled("grows, gets bigger / shrinks, gets smaller\ngets / gives\n"))


def passage(text: str, question: str = "What happens?") -> Passage:
    encoded, asked = WordEmbedder().encode([text, question])
    ranks = load_ranks("en")
    framed = frame(
        prepare(text, encoded, ranks=ranks, language=ENGLISH), prepare(question, asked, ranks=ranks, language=ENGLISH)
    )
    return Passage(framed.text, (), framed.known, (), LEXICON.notions(framed.text.stems))


def hits(answer: str, claim: str) -> list[Opposed]:
    mine = passage(answer)
    theirs = passage(claim)
    return list(opposed(mine, (0, len(mine.text.words)), theirs, used=frozenset(theirs.text.stems)))


def test_an_opposite_in_the_same_place_is_found_and_quoted() -> None:
    """The learner is shown both words, in the form in which they were written."""
    (hit,) = hits("The cache of the server shrinks", "the cache of the server grows")
    assert (hit.said, hit.claimed, hit.claim) == ("shrinks", "grows", "the cache of the server grows")
    assert 0 < hit.weight <= 1


def test_a_phrase_is_found_as_a_word_is() -> None:
    """Learners say "gets bigger" as often as "grows"."""
    (hit,) = hits("Every table of the database gets smaller", "every table of the database grew, it gets bigger")
    assert (hit.said, hit.claimed) == ("gets smaller", "gets bigger")


def test_the_longest_phrase_counts() -> None:
    """Whatever gets smaller gets nothing."""
    (notion,) = LEXICON.notions([stem("gets"), stem("smaller")])
    assert notion.span == (0, 2)
    (alone,) = LEXICON.notions([stem("gets"), stem("it")])
    assert alone.span == (0, 1)


@pytest.mark.parametrize(
    ("answer", "claim"),
    [
        ("The cache of the server never shrinks", "the cache of the server grows"),
        ("The cache of the server does not shrink", "the cache of the server grows"),
        ("The cache of the server grows", "the cache of the server does not shrink"),
    ],
)
def test_a_negator_takes_the_opposite_back(answer: str, claim: str) -> None:
    """Whoever says that it does not shrink does not contradict that it grows."""
    assert hits(answer, claim) == []


def test_a_negator_of_the_clause_before_takes_nothing_back() -> None:
    """It denies something else."""
    assert hits("The cache of the server is never full, shrinks", "the cache of the server grows")


def test_a_phrase_within_a_phrase_counts_once() -> None:
    """ "Gets smaller" is one opposite of "gets bigger", not two."""
    lexicon = parse_lexicon(compiled("gets bigger / gets smaller\nbigger / smaller\n"))
    (notion,) = lexicon.notions(tuple(map(stem, ("gets", "smaller"))))
    assert notion.span == (0, 2)


def test_both_negated_contradict_each_other() -> None:
    """Then the two claims differ in the opposite alone."""
    assert hits("The cache of the server does not shrink", "the cache of the server does not grow")


def test_an_opposite_beside_other_things_is_none() -> None:
    """Of a claim that is not spoken of, nothing is turned around."""
    assert hits("My rabbit shrinks", "the cache of the server grows") == []


def test_a_word_that_the_claim_has_too_is_no_opposite() -> None:
    """The claim says it itself, of something else."""
    assert hits("The heap shrinks", "the heap grows while the stack shrinks") == []


def test_both_words_said_count_less() -> None:
    """Whoever names both sides of a contrast mostly means both."""
    (once,) = hits("The cache of the server shrinks", "the cache of the server grows")
    (both,) = hits("The cache of the server shrinks, the log grows", "the cache of the server grows")
    assert both.weight < once.weight


def test_the_lexicon_in_the_package_is_that_of_the_groups() -> None:
    """Whoever edits the groups has to write it anew, or nothing changes."""
    assert WRITTEN.read_text("utf-8") == compiled(GROUPS.read_text("utf-8"))


def test_no_phrase_is_on_both_sides_of_a_group() -> None:
    """It would be its own opposite: every answer that repeats the reference would contradict it."""
    lexicon = load_lexicon()
    for phrase in lexicon.sides:
        whole = lexicon.notions(phrase.split())[0]
        assert whole.sides.isdisjoint(whole.across), phrase


def test_every_phrase_of_the_package_can_be_found() -> None:
    """A phrase that is longer than what is looked up would only cost."""
    lexicon = load_lexicon()
    for phrase in lexicon.sides:
        stems = phrase.split()
        assert lexicon.notions(stems)[0].span == (0, len(stems)), phrase


def test_the_sides_of_a_group_are_across_from_each_other() -> None:
    """Two words contradict each other by their groups alone."""
    left, right = (load_lexicon().notions([stem(word)])[0] for word in ("dwindles", "grows"))
    assert not left.across.isdisjoint(right.sides)
    assert not right.across.isdisjoint(left.sides)
    assert left.across.isdisjoint(left.sides)
