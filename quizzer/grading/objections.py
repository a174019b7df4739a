"""Decides which guards speak against an answer, and says why in a sentence for the learner."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from quizzer.grading.amounts import changed
from quizzer.grading.beliefs import Belief, asserted, believed
from quizzer.grading.claims import Claims, join_claims, read_claims
from quizzer.grading.contrary import Contrary
from quizzer.grading.doubts import Doubts, signs_of
from quizzer.grading.features import Framed, Prepared
from quizzer.grading.guards import Facing, contested, denied, face, swapped
from quizzer.grading.naming import contrasted
from quizzer.grading.opposed import Opposed
from quizzer.grading.order import thrown_together
from quizzer.grading.points import Coverage
from quizzer.grading.turned import Stated, Turned, turned
from quizzer.grading.words import Language

DENIED = 0.7
"""A clause that is this alike to the claim that it contradicts is an objection."""

ASSERTED = 0.72
"""The same for a clause and the misconception that it asserts."""

CHANGED = 0.6
"""The same for clauses with numbers that differ."""

TURNED = 3.0
"""Log-odds from which the nets alone decide that a passage turns a claim around."""

VERBATIM, SUPPORTED = 0.9, -2.0
"""Where the claim's own words are turned around, the rule decides, unless the nets are sure that they are not."""

SWAPPED, SWAPPED_TIMES = 2.4, 4.0
"""Weight of the words said of the wrong name, and how many times that of the words said of the right one."""

QUOTE_CHARACTERS = 120


@dataclass(frozen=True, slots=True)
class Objection:
    """A guard's finding: its flag and the reason for the learner."""

    flag: str
    reason: str
    claim: str = ""
    """The claim that the answer turns around, where it is one claim."""


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
    pointed: bool
    """Whether the claims are the card's points; else they are the clauses of its references."""


def position(
    question: Prepared,
    claims: Sequence[Prepared],
    misconceptions: Sequence[Framed],
    language: Language,
    stated: Stated | None = None,
    net: Contrary | None = None,
    *,
    pointed: bool = False,
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
        pointed=pointed,
    )


@dataclass(frozen=True, slots=True)
class Heard:
    """Everything that speaks against an answer."""

    doubt: float = 0.0
    """Log-odds that claims which look turned around take from the score."""
    signs: Mapping[str, float] = field(default_factory=dict)
    """What the doubt is made of, by name; see `quizzer.grading.doubts`."""
    turned: Objection | None = None
    """What is said where the doubt decides."""
    found: tuple[Objection, ...] = ()
    """What decides by itself, the clearest kind first."""


def hear(held: Position, framed: Framed, doubts: Doubts, coverage: Coverage) -> Heard:
    """What speaks against the answer; *doubts* weighs the signs of claims turned around, *coverage* what is said."""
    claims = read_claims(framed.text, held.names, held.language)
    if not claims.clauses or held.card is None:
        return Heard()
    facing = face(claims, held.card, held.language)
    against = face(claims, held.misconceptions, held.language) if held.misconceptions else None
    ruled, swap = denied(facing, held.contested), swapped(facing)
    seen = turned(held.stated, framed, held.net, coverage, held.language) if held.stated and held.net else None
    by_rule = _contradicts(_quote(facing.answer, ruled.clause), _quote(facing.card, ruled.against))
    found = [
        _misconception(facing, against, held.language),
        by_rule if _rule_decides(ruled.strength, seen) else None,
        _number(held, facing),
        _swap(facing, swap) if swap[0] >= SWAPPED and swap[0] > SWAPPED_TIMES * swap[1] else None,
        _order(held, claims),
    ]
    heard = tuple(objection for objection in found if objection)
    if seen is None:
        return Heard(found=heard)
    belief = believed(facing, against, held.language) if against else Belief()
    signs = signs_of(
        rule=ruled.strength,
        marked=seen.marked,
        whole=seen.whole,
        several=seen.several,
        opposed=seen.opposed,
        swapped=swap[0] - swap[1],
        believed=belief.weight,
    )
    words, (first, last) = framed.text.words, seen.span
    by_nets = _contradicts(framed.text.text[words[first].start : words[last - 1].end], seen.claim)
    leading = doubts.leading(signs, points=held.pointed)
    contrary = by_rule if ruled.strength >= DENIED else by_nets
    if leading == "believed" and against:
        contrary = _held(facing, against, belief.clause, belief.against)
    elif leading == "swapped" and ruled.strength < DENIED:
        contrary = _swap(facing, swap)
    elif leading == "opposed" and seen.opposite and ruled.strength < DENIED:
        contrary = _opposite(seen.opposite)
    if seen.plain >= TURNED and by_rule not in heard:
        heard = (by_nets, *heard)
    return Heard(doubts.log_odds(signs, points=held.pointed), signs, contrary, heard)


def _misconception(facing: Facing, against: Facing | None, language: Language) -> Objection | None:
    if against is None:
        return None
    found = asserted(facing, against, language)
    return _held(facing, against, found.clause, found.against) if found.strength >= ASSERTED else None


def _held(facing: Facing, against: Facing, clause: int, belief: int) -> Objection:
    """Clause *clause* of the answer sounds like misconception *belief*."""
    believes = _quote(against.card, belief)
    return Objection("misconception", f'"{_quote(facing.answer, clause)}" is a common misconception: {believes}')


def _rule_decides(strength: float, seen: Turned | None) -> bool:
    """Whether the rule needs no further sign: the claim's own words, or no nets that could say more."""
    if seen is None:
        return strength >= DENIED
    return strength >= VERBATIM and seen.marked >= SUPPORTED


def _contradicts(said: str, claim: str) -> Objection:
    return Objection("contradiction", f'"{_short(said)}" contradicts the reference: "{_short(claim)}"', claim)


def _opposite(found: Opposed) -> Objection:
    said = f'you say "{found.said}" where the reference says "{found.claimed}"'
    return Objection("contradiction", f'{said}: "{_short(found.claim)}"', found.claim)


def _number(held: Position, facing: Facing) -> Objection | None:
    strength, given, known = changed(facing)
    if strength < CHANGED:
        return None
    said, claimed = facing.answer.text.words[given].text, facing.card.text.words[known].text
    return Objection("number", f"you say {said} where the reference says {claimed}")


def _swap(facing: Facing, swap: tuple[float, float, int]) -> Objection:
    clause = int(facing.answer.clause[swap[2]])
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
