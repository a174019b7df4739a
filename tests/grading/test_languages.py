"""Grading in languages other than English: function words where there are some, less certainty where there are none."""

from __future__ import annotations

import pytest

from quizzer.grading.grader import MeaningGrader
from quizzer.grading.screening import gives_up
from quizzer.grading.words import language
from quizzer.model import Card
from tests.grading.fakes import WordEmbedder

UNKNOWING = {
    "de": ("Keine Ahnung.", "ich weiß es leider nicht", "bin mir nicht sicher", "weiter"),
    "en": ("no idea", "I don't know, sorry"),
    "es": ("No lo sé.", "ni idea", "no me acuerdo"),
    "fr": ("Je ne sais pas.", "aucune idée", "je ne me souviens plus"),
    "it": ("Non lo so, scusa.", "non mi ricordo"),
    "nl": ("Geen idee.", "ik weet het niet"),
    "pt": ("Não sei.", "não faço ideia"),
}
ANSWERS = {
    "de": "Der Cache weiß nicht, welche Seite als nächste gebraucht wird.",
    "es": "La caché no sabe qué página hará falta después.",
    "fr": "Le cache ne sait pas quelle page servira ensuite.",
    "it": "La cache non sa quale pagina servirà dopo.",
    "nl": "De cache weet niet welke pagina daarna nodig is.",
    "pt": "A cache não sabe qual página será precisa depois.",
}


@pytest.mark.parametrize(
    ("code", "answer"), [(code, answer) for code, all_of in UNKNOWING.items() for answer in all_of]
)
def test_giving_up_is_heard_in_each_language(code: str, answer: str) -> None:
    """ "I don't know" is never graded as an attempt."""
    assert gives_up(answer, "x", language(code))


@pytest.mark.parametrize(("code", "answer"), ANSWERS.items())
def test_an_answer_about_not_knowing_is_an_answer(code: str, answer: str) -> None:
    """The subject of a card may well be what something does not know."""
    assert not gives_up(answer, "x", language(code))


@pytest.mark.parametrize("code", UNKNOWING)
def test_no_negator_is_a_stop_word(code: str) -> None:
    """A stop word counts for nothing; a negator turns a claim around."""
    words = language(code)
    assert words.known
    assert not words.stop & words.negators


def test_a_region_does_not_matter() -> None:
    """Decks say pt-BR or en_GB."""
    assert language("pt-BR") == language("pt")
    assert language("EN_GB") == language("en")


def test_without_words_of_a_language_the_grader_says_that_it_is_less_sure() -> None:
    """Every word counts alike and no negation is seen: the learner should know, and decide more often."""
    card = Card("a", "b", "Kache inafanya nini?", answers=("Inaweka kurasa zinazotumiwa mara nyingi.",), language="sw")
    grade = MeaningGrader(WordEmbedder()).grade(card, "Inaweka kurasa zinazotumiwa.")
    assert "language" in grade.flags
    assert "less sure" in grade.reason
    german = MeaningGrader(WordEmbedder()).grade(
        Card("a", "b", "Was tut ein Cache?", answers=("Er hält oft benutzte Seiten bereit.",), language="de"),
        "Er hält benutzte Seiten bereit.",
    )
    assert "language" not in german.flags
