"""What is wrong with the content of a deck that breaks no rule of the format, read from its words alone."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator

from quizzer.decks.checking.content import (
    FRAME,
    GRADED_CHARACTERS,
    gradable,
    has_words,
    language,
    shown,
    signature,
    topics,
)
from quizzer.decks.checking.placeholders import is_placeholder
from quizzer.decks.checking.places import WHOLE_DECK, Finding, Spot
from quizzer.decks.checking.sources import fault
from quizzer.model import Card, Deck

_LISTS: dict[str, tuple[str, Callable[[Card], tuple[str, ...]]]] = {
    "answers": ("answer", lambda card: card.answers),
    "points": ("point", lambda card: card.points),
    "misconceptions": ("misconception", lambda card: card.misconceptions),
    "hints": ("hint", lambda card: card.hints),
    "sources": ("source", lambda card: card.sources),
    "tags": ("tag", lambda card: card.tags),
    "tests.pass": ("test", lambda card: card.tests.passing),
    "tests.partial": ("test", lambda card: card.tests.partial),
    "tests.fail": ("test", lambda card: card.tests.failing),
}
"""Field -> what an entry is called, and how it is had."""

_GRADED = ("answers", "points", "misconceptions")

_SAME_ELSEWHERE = (
    ("question", "answers", "answer-is-question", "answer {0} only repeats the question", "write what answers it"),
    ("question", "tests.pass", "test-is-question", "test {0} of 'pass' only repeats the question",
     "write what answers it; that an echo fails is tested anyway"),
    ("answers", "misconceptions", "misconception-accepted", "misconception {0} is also an accepted answer",
     "remove it from one of the two"),
    ("points", "misconceptions", "misconception-accepted", "misconception {0} is also a point",
     "remove it from one of the two"),
    ("answers", "hints", "hint-is-answer", "hint {0} is the whole answer", "hint at it, or use it as the explanation"),
    ("answers", "tests.pass", "test-is-reference", "test {0} of 'pass' is an answer of the card itself, word for word",
     "write it as somebody else would; that answers pass is tested anyway"),
    ("answers", "tests.partial", "test-contradicts", "test {0} of 'partial' is a whole answer of the card",
     "leave out a part of it, or remove the test"),
    ("answers", "tests.fail", "test-contradicts", "test {0} of 'fail' is an accepted answer of the card",
     "remove it from one of the two"),
    ("tests.pass", "tests.partial", "test-contradicts", "test {0} of 'partial' stands under 'pass' too",
     "remove it from one of the two"),
    ("tests.pass", "tests.fail", "test-contradicts", "test {0} of 'fail' stands under 'pass' too",
     "remove it from one of the two"),
    ("tests.partial", "tests.fail", "test-contradicts", "test {0} of 'fail' stands under 'partial' too",
     "remove it from one of the two"),
)  # fmt: skip
"""Field, field, code, message for the second where a text of it is one of the first, hint."""

_CHOICE = re.compile(r"^\W*(?:\w+ )?which\b|\bwhich of\b|\b(?:or|between|among|versus|vs)\b|/", re.IGNORECASE)
_YES_NO = re.compile(
    r"^\W*(?:is|are|was|were|am|do|does|did|can|could|will|would|shall|should|may|might|must|has|have|had|isn't|aren't"
    r"|doesn't|don't|didn't|can't)\b",
    re.IGNORECASE,
)
_GENERIC_SHARE = 0.2
"""An answer gives nothing where at most this share of its content is not in the question, and that is small talk."""


def examine(deck: Deck) -> list[Finding]:
    """Everything that is wrong with the words of *deck*, card by card."""
    found = [*_header(deck)]
    for number, card in enumerate(deck.cards):
        for check in (_question, _placeholders, _hidden, _repeated, _elsewhere, _sources, _gives_away, _loose_ends):
            found += check(number, card)
    return found


def _header(deck: Deck) -> Iterator[Finding]:
    for field, text in (("title", deck.title), ("description", deck.description)):
        if is_placeholder(text):
            yield Finding("placeholder", f"the {field} of the deck is a placeholder: {shown(text)}",
                          f"write the {field} or remove it", Spot(WHOLE_DECK, field))  # fmt: skip
    if deck.id in deck.aliases:
        yield Finding("alias-of-itself", f"the deck's alias {deck.id!r} is its id", "remove it from the aliases",
                      Spot(WHOLE_DECK, "aliases", deck.aliases.index(deck.id)))  # fmt: skip


def _question(number: int, card: Card) -> Iterator[Finding]:
    spot = Spot(number, "question")
    if is_placeholder(card.question):
        message = f"the question of card {card.id!r} is a placeholder: {shown(card.question)}"
        yield Finding("placeholder", message, "write the question, or remove the card", spot)
    elif not has_words(card.question):
        message = f"the question of card {card.id!r} has no words: {shown(card.question)}"
        yield Finding("question-empty", message, "write the question, or remove the card", spot)
    elif language(card.language).stop and not topics(card.question, card.language):
        message = f"the question {shown(card.question)} does not say what it is about"
        yield Finding("question-empty", message, "a card is asked by itself: name the thing", spot)


def _placeholders(number: int, card: Card) -> Iterator[Finding]:
    for field, (entry, texts) in _LISTS.items():
        if field in ("sources", "tags"):
            continue
        for index, text in enumerate(texts(card)):
            spot = Spot(number, field, index)
            if is_placeholder(text) and not (field.startswith("tests.") and not has_words(text)):
                message = f"{entry} {index + 1} is a placeholder: {shown(text)}"
                hint = "write it, or remove it: a card without answers is open, and is not asked"
                yield Finding("placeholder", message, hint if field == "answers" else "write it, or remove it", spot)
            elif field in _GRADED and not has_words(text):
                message = f"{entry} {index + 1} has no words: {shown(text)}"
                yield Finding("ungradable", message, "say it in words: answers are compared by their words", spot)
    if is_placeholder(card.explanation):
        message = f"the explanation is a placeholder: {shown(card.explanation)}"
        yield Finding("placeholder", message, "write it, or remove it", Spot(number, "explanation"))


def _hidden(number: int, card: Card) -> Iterator[Finding]:
    lists = [(field, index, text) for field, (_, texts) in _LISTS.items() for index, text in enumerate(texts(card))]
    for field, index, text in [("question", None, card.question), ("explanation", None, card.explanation), *lists]:
        hidden = _hidden_character(text)
        if hidden:
            message = f"the invisible character U+{ord(hidden):04X} stands in {shown(text.replace(hidden, ''))}"
            yield Finding("hidden-character", message, "delete it, or write what was meant", Spot(number, field, index))


def _hidden_character(text: str) -> str:
    """The first character that cannot be seen and means nothing in prose; empty where there is none."""
    if text.isascii() and text.isprintable():
        return ""
    return next(
        (
            character
            for character in text
            # Line ends and tabs; joiners that scripts and emoji need; the soft hyphen.
            if character not in "\n\r\t\u200c\u200d\u00ad" and unicodedata.category(character) in ("Cc", "Cf", "Cs")
        ),
        "",
    )


def _repeated(number: int, card: Card) -> Iterator[Finding]:
    for field, (entry, texts) in _LISTS.items():
        first: dict[tuple[str, ...], int] = {}
        for index, text in enumerate(texts(card)):
            known = (text.casefold().strip(),) if field in ("sources", "tags") else signature(text, card.language)
            if known and first.setdefault(known, index) != index:
                message = f"{entry} {index + 1} says the same as {entry} {first[known] + 1}: {shown(text)}"
                yield Finding("repeated", message, "remove one of the two", Spot(number, field, index))


def _elsewhere(number: int, card: Card) -> Iterator[Finding]:
    for first, second, code, message, hint in _SAME_ELSEWHERE:
        texts = (card.question,) if first == "question" else _LISTS[first][1](card)
        known = {signature(text, card.language) for text in texts} - {()}
        for index, text in enumerate(_LISTS[second][1](card)):
            if signature(text, card.language) in known:
                place = Spot(number, second, index)
                yield Finding(code, f"{message.format(index + 1)}: {shown(text)}", hint, place)


def _sources(number: int, card: Card) -> Iterator[Finding]:
    for index, source in enumerate(card.sources):
        wrong = fault(source)
        if wrong:
            message, hint = wrong
            yield Finding("no-source", message, hint, Spot(number, "sources", index))


def _gives_away(number: int, card: Card) -> Iterator[Finding]:
    known = language(card.language)
    if known.code != "en" or _CHOICE.search(card.question) or _YES_NO.match(card.question):
        return  # where there is a choice, the answer has to stand in the question
    asked = topics(card.question, card.language)
    for index, answer in enumerate(card.answers):
        said = topics(answer, card.language)
        new = said - asked
        telling = [word for word in new if word not in FRAME or word in known.negators or any(map(str.isdigit, word))]
        if said and asked and not telling and len(new) <= _GENERIC_SHARE * len(said):
            if signature(answer) == signature(card.question):
                continue  # `answer-is-question` says more
            message = f"the question gives answer {index + 1} away: everything in {shown(answer)} is in the question"
            hint = "ask without the words of the answer, or answer with more than the question says"
            yield Finding("gives-answer-away", message, hint, Spot(number, "question"))


def _loose_ends(number: int, card: Card) -> Iterator[Finding]:
    if card.id in card.aliases or card.key in card.aliases:
        alias = card.id if card.id in card.aliases else card.key
        yield Finding("alias-of-itself", f"the alias {alias!r} of card {card.id!r} is its id",
                      "remove it from the aliases", Spot(number, "aliases", card.aliases.index(alias)))  # fmt: skip
    if not gradable(card):
        message = f"the texts of card {card.id!r} have more than {GRADED_CHARACTERS:,} characters together"
        yield Finding("card-too-large", message, "split the card: nothing is graded against so much", Spot(number))
    tests = (*card.tests.passing, *card.tests.partial, *card.tests.failing)
    if tests and not card.answers:
        message = f"card {card.id!r} has tests and no answer to grade them against"
        yield Finding("tests-without-answer", message, "write an answer, or remove the tests", Spot(number, "tests"))
