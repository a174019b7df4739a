"""Watches a session's answers for cards that are forgotten again and again."""

from __future__ import annotations

from collections.abc import Callable

from quizzer.model import CardEvent, Review, Schedule
from quizzer.ports import Store
from quizzer.scheduling.leeches import LEECH, Step, lapses_when_resumed, step
from quizzer.scheduling.schedulers import Schedulers
from quizzer.study import pages
from quizzer.study.pages import Line
from quizzer.study.session import Moment, Session

Now = Callable[[], Moment]


class Leeches:
    """Warns of leeches and suspends them; takes a suspension back where the learner's word says: not forgotten."""

    def __init__(self, session: Session, store: Store, schedulers: Schedulers, *, threshold: int) -> None:
        """*threshold*: how many lapses make a leech; 0 for never."""
        self._session = session
        self._store = store
        self._schedulers = schedulers
        self._threshold = threshold
        self._suspensions: dict[str, CardEvent] = {}
        """Id of a review of this session -> the event by which its card was suspended."""

    def noticed(self, review: Review, before: Schedule | None, *, moment: Now) -> list[Line]:
        """What to say of the card of *review*, which was just answered or decided on; *before*: before the answer."""
        now = self._store.schedule(review.card)
        lapses = now.lapses if now else 0
        wanted = self._step(review.card, lapses) if lapses > (before.lapses if before else 0) else ""
        suspended = review.id in self._suspensions
        if suspended and wanted != "suspend":
            self.undone(review.id, moment=moment)
            self._session.take_back(review.card)
        if wanted == "suspend" and not suspended:
            event = self._session.event("suspend", review.card, LEECH, moment=moment())
            self._store.add_event(event)
            self._suspensions[review.id] = event
            self._session.set_aside(review.card)
        return [pages.leech(lapses, wanted)] if wanted else []

    def undone(self, review_id: str, *, moment: Now) -> None:
        """Take back the suspension that the review with this id brought, if it brought one."""
        suspension = self._suspensions.pop(review_id, None)
        if suspension is not None:
            self._store.add_event(self._session.event("void", suspension.card, suspension.id, moment=moment()))

    def _step(self, card: str, lapses: int) -> Step:
        if not 0 < self._threshold <= lapses:
            return ""  # before the card's facts are read for it
        resumed_at = lapses_when_resumed(self._store.facts(card), self._schedulers, card=card)
        return step(lapses, resumed_at=resumed_at, threshold=self._threshold)
