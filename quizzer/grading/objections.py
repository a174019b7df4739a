"""Decides which guards speak against an answer, and says why in a sentence for the learner."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from quizzer.grading.amounts import changed
from quizzer.grading.claims import Claims, join_claims, read_claims
from quizzer.grading.contrary import Contrary
from quizzer.grading.features import Framed, Prepared
from quizzer.grading.guards import Facing, asserted, contested, denied, face, swapped
from quizzer.grading.naming import contrasted
from quizzer.grading.order import thrown_together
from quizzer.grading.turned import Stated, turned
from quizzer.grading.words import Language

DENIED = 0.7
"""A clause that is this alike to the claim that it contradicts is an objection."""

ASSERTED = 0.72
"""The same for a clause and the misconception that it asserts."""

CHANGED = 0.6
"""The same for clauses with numbers that differ."""

TURNED = 3.0
"""Log-odds from which a passage is taken to turn a claim around."""

SUPPORTED = 1.0
"""Log-odds of the same that are enough where a rule says so too."""

VERBATIM, SUPPORTED_VERBATIM = 0.9, -2.0
"""The same where the claim's own words are turned around: the rule is surer then."""

SWAPPED, SWAPPED_TIMES = 1.8, 3.0
"""Weight of the words said of the wrong name, and how many times that of the words said of the right one."""

QUOTE_CHARACTERS = 120


@dataclass(frozen=True, slots=True)
class Objection:
    """A guard's finding: its flag and the reason for the learner."""

    flag: str
    reason: str


@dataclass(frozen=True, slots=True)
class Position:
    """What a card claims, and what it calls a misconception; answers are held against it."""

    names: tuple[frozenset[str], ...]
    card: Claims | None
    texts: tuple[Prepared, ...]
    """The question, the references and the points."""
    misconceptions: Claims | None
    """Each is one clause."""
    contested: frozenset[int]
    stated: Stated | None
    """The claims for the nets that see contraries; None where they do not know the language or the model."""
    net: Contrary | None
    language: Language


def position(
    question: Prepared,
    claims: Sequence[Prepared],
    misconceptions: Sequence[Framed],
    language: Language,
    stated: Stated | None = None,
    net: Contrary | None = None,
) -> Position:
    """The position of a card whose points and references are *claims*."""
    spoken = [text for text in claims if text.words]
    false = [one.text for one in misconceptions if one.text.words]
    names = tuple(contrasted(question, spoken, language))
    card = join_claims([read_claims(text, names, language) for text in spoken]) if spoken else None
    wrong = [read_claims(text, names, language, whole=True) for text in false]
    return Position(
        names=names,
        card=card,
        texts=(question, *spoken),
        misconceptions=join_claims(wrong) if wrong else None,
        contested=contested(card, language) if card else frozenset(),
        stated=stated,
        net=net,
        language=language,
    )


def objections(held: Position, framed: Framed) -> list[Objection]:
    """Everything that speaks against the answer, the clearest kind first."""
    claims = read_claims(framed.text, held.names, held.language)
    if not claims.clauses or held.card is None:
        return []
    facing = face(claims, held.card, held.language)
    found = [
        _misconception(held, facing),
        _contrary(held, facing, framed),
        _number(held, facing),
        _swap(facing),
        _order(held, claims),
    ]
    return [objection for objection in found if objection]


def _misconception(held: Position, facing: Facing) -> Objection | None:
    if held.misconceptions is None:
        return None
    against = face(facing.answer, held.misconceptions, held.language)
    found = asserted(facing, against, held.language)
    if found.strength < ASSERTED:
        return None
    belief = _quote(held.misconceptions, found.against)
    return Objection("misconception", f'"{_quote(facing.answer, found.clause)}" is a common misconception: {belief}')


def _contrary(held: Position, facing: Facing, framed: Framed) -> Objection | None:
    """A claim turned around, seen by rule or by the nets; the rule alone counts only where there are no nets."""
    ruled = denied(facing, held.contested)
    if held.stated is None or held.net is None:
        against = _quote(facing.card, ruled.against)
        return _contradicts(_quote(facing.answer, ruled.clause), against) if ruled.strength >= DENIED else None
    found = turned(held.stated, framed, held.net, held.language)
    if found and found.odds >= TURNED:
        first, last = found.span
        words = framed.text.words
        return _contradicts(framed.text.text[words[first].start : words[last - 1].end], found.claim)
    needed = SUPPORTED_VERBATIM if ruled.strength >= VERBATIM else SUPPORTED
    if found and found.odds >= needed and ruled.strength >= DENIED:
        return _contradicts(_quote(facing.answer, ruled.clause), _quote(facing.card, ruled.against))
    return None


def _contradicts(said: str, claim: str) -> Objection:
    return Objection("contradiction", f'"{_short(said)}" contradicts the reference: "{_short(claim)}"')


def _number(held: Position, facing: Facing) -> Objection | None:
    strength, given, known = changed(facing)
    if strength < CHANGED:
        return None
    said, claimed = facing.answer.text.words[given].text, facing.card.text.words[known].text
    return Objection("number", f"you say {said} where the reference says {claimed}")


def _swap(facing: Facing) -> Objection | None:
    wrong, right, word = swapped(facing)
    if wrong < SWAPPED or wrong <= SWAPPED_TIMES * right:
        return None
    clause = int(facing.answer.clause[word])
    return Objection(
        "swapped", f'"{_quote(facing.answer, clause)}" says of one thing what the reference says of another'
    )


def _order(held: Position, claims: Claims) -> Objection | None:
    if not thrown_together(claims, held.texts, held.language):
        return None
    return Objection("shuffled", "the words are right, but they do not make statements")


def _quote(claims: Claims, clause: int) -> str:
    """The clause as it was written, on one line, not too long."""
    first, last = claims.clauses[clause]
    text = claims.text
    return _short(text.text[text.words[first].start : text.words[last - 1].end])


def _short(said: str) -> str:
    said = " ".join(said.split())
    return said if len(said) <= QUOTE_CHARACTERS else said[: QUOTE_CHARACTERS - 1] + "…"
