"""Cards that were reworded since the learner answered them last: says so, and shows the difference when asked."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from quizzer.model import Card, Wording
from quizzer.ports import Store
from quizzer.study.pages import Line

if TYPE_CHECKING:
    from quizzer.decks.rewording import Difference

NOT_KEPT = "the former wording was not kept: an older version of quizzer saved that answer"


@dataclass(frozen=True, slots=True)
class Rewording:
    """A card as it is now, and how it was worded when it was answered last before that."""

    card: Card
    former: Wording


class Rewordings:
    """The rewordings met in one sitting."""

    def __init__(self, store: Store) -> None:
        """*store* knows the former wordings."""
        self._store = store
        self._met: dict[str, Rewording] = {}
        self._told: set[str] = set()
        """Cards whose learner wanted to see the answers' difference before answering."""

    def asked(self, card: Card) -> list[Line]:
        """What to say below the question of *card*, which is asked now."""
        wordings = self._store.wordings(card.key)
        if not wordings or wordings[0].digest == card.digest:
            return []
        self._met[card.key] = Rewording(card, wordings[0])
        self._told.discard(card.key)
        what = "/diff shows what changed" if wordings[0].text else NOT_KEPT
        return [Line("open", f"reworded since you learned it: {what}")]

    def unanswered(self, card: str, *, before: Card | None) -> list[Line]:
        """The difference at the question of *card*; *before*: the card answered before it, if any.

        The answers' difference would give the answer away: it is shown when it is asked for once more.
        """
        rewording = self._met.get(card)
        if rewording is None:
            if before is not None and before.key in self._met:
                return [Line("quiet", f"the card before, {before.key}:"), *self.answered(before.key)]
            return self.answered(card)
        if rewording.former.text is None or card in self._told:
            return self.answered(card)
        self._told.add(card)
        from quizzer.decks.rewording import differences  # difflib, which a session seldom needs

        found = differences(rewording.former.text, rewording.card.text)
        if all(difference.kind == "same" for difference in found[1:]):
            return self.answered(card)
        lines = lines_of(found[:1]) if found[0].kind != "same" else []
        also = (
            "the reference answers changed too" if lines else "the question is the same; the reference answers changed"
        )
        return [*lines, Line("quiet", f"{also}: /diff once more shows how, which gives the answer away")]

    def answered(self, card: str) -> list[Line]:
        """The whole difference, for a card that was answered."""
        rewording = self._met.get(card)
        if rewording is None:
            return [Line("quiet", f"nothing was reworded in {card} since you learned it")]
        if rewording.former.text is None:
            return [Line("quiet", NOT_KEPT)]
        from quizzer.decks.rewording import differences  # as above

        return lines_of(differences(rewording.former.text, rewording.card.text))


def lines_of(found: list[Difference]) -> list[Line]:
    """What changed, part by part; what is the same is left out."""
    changed = [difference for difference in found if difference.kind != "same"]
    if not changed:
        return [Line("quiet", "the words are the same; only the order of the answers changed")]
    from quizzer.decks.rewording import LEGEND  # as above

    lines = [Line("quiet", f"what changed: {LEGEND}")]
    for difference in changed:
        lines += [Line("strong", f"{heading(difference)}:"), Line("text", difference.marked, 2)]
    return lines


def heading(difference: Difference) -> str:
    """Which part of the card it is: ``Question``, ``Answer 2, new``."""
    if difference.part == "question":
        return "Question"
    states = {"new": ", new", "gone": ", taken out"}
    return f"Answer {difference.number}{states.get(difference.kind, '')}"
