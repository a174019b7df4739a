"""Leads a session: shows, asks, grades, records, in this order, over whatever screen and store it is given."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import date, timedelta

from quizzer.errors import StorageError, UnknownCard
from quizzer.model import MOVING_MODES, Card, CardEventKind, Grade, PointResult, Review, Schedule
from quizzer.ports import Store
from quizzer.scheduling.queue import Row
from quizzer.scheduling.rules import LEECH_LAPSES
from quizzer.scheduling.schedulers import Schedulers
from quizzer.study import pages
from quizzer.study.leeches import Leeches
from quizzer.study.pages import Line
from quizzer.study.reworded import Rewordings
from quizzer.study.screen import Clock, Screen
from quizzer.study.session import Moment, Session
from quizzer.study.words import Word, cleaned, help_lines, overruled, quality_in, split, word_in

REVEALED = "reveal"
"""Stands as the grader of an answer that was not given."""


Load = Callable[[str], Card]


class Quit(Exception):
    """The learner stops."""


class Conductor:
    """One sitting: asks every card of *session* on *screen* and records every fact in *store*."""

    def __init__(
        self,
        session: Session,
        screen: Screen,
        *,
        store: Store,
        schedulers: Schedulers,
        load: Load,
        clock: Clock,
        more: Callable[[], Sequence[Row]] = tuple,
        leech_lapses: int = LEECH_LAPSES,
        keep: Callable[[], None] = lambda: None,
        planned: Callable[[str, int], date | None] = lambda _card, _quality: None,
    ) -> None:
        """*load* gives a card by its key, or raises ``UnknownCard`` where it is gone; *more* the cards after these.

        *keep* notes where the session stands, beyond what the log says: it is called once a question is on the screen,
        and after every card that is skipped. *planned*: when a card comes back after a quality, by the learner's plan.
        """
        self.session = session
        self.screen = screen
        self.store = store
        self.schedulers = schedulers
        self.load, self.clock = load, clock
        self.more, self.planned = more, planned
        self._rewordings = Rewordings(store)
        self._leeches = Leeches(session, store, schedulers, threshold=leech_lapses)
        self._answered_last: Card | None = None
        self._before: dict[str, Schedule | None] = {}
        """Id of a review -> its card's schedule before it."""
        self._keep = keep
        self._kept: int | None = None
        """How many cards the session had when it was noted where it stands."""
        self._moved = False
        """Whether the last answer moved its card's memory; another session may have done so before it that day."""

    def run(self) -> None:
        """Ask until no card is left, the input ends, or the learner quits."""
        try:
            while (card := self._next_card()) is not None or self.session.add(self.more()):
                if card is not None:
                    self._ask(card)
            self._last_words()
        except Quit:
            return

    def _next_card(self) -> Card | None:
        """The card whose turn it is; those that are gone, or have no answer any more, are named and left out."""
        gone: list[str] = []
        found: Card | None = None
        while found is None and (row := self.session.current) is not None:
            try:
                card = self.load(row.card)
                found = card if card.answers else None
            except UnknownCard:
                found = None
            if found is None:
                gone.append(self.session.drop().card)
        if gone:
            self.screen.show(pages.gone(gone))
        return found

    def _ask(self, card: Card) -> None:
        session = self.session
        asked = session.current
        repeats = session.remaining if session.repeating else 0
        question = pages.question(card, position=session.position, repeats=repeats, due=asked.due if asked else None)
        self.screen.show([*question, *self._rewordings.asked(card)])
        if self._kept != len(self.session.queue):
            self._keep()
            self._kept = len(self.session.queue)
        started = self.clock.milliseconds()
        hints = iter(card.hints)
        draft = ""
        # A grade for the answer before can settle the very repeat that is being asked.
        while session.current is asked:
            text = self.screen.read(draft)
            latency_ms = max(0, round(self.clock.milliseconds() - started))
            if text is None:
                raise Quit
            draft, word = split(text)
            if word is not None:
                if self._at_question(card, word, hints, latency_ms):
                    return
            elif text.strip():
                answer = cleaned(text)
                self._answered(card, answer, self._graded(card, answer), latency_ms)
                return
            else:
                self._say("nothing typed yet: answer in your own words, or /reveal, /skip, /quit")

    def _graded(self, card: Card, answer: str) -> Grade:
        try:
            return self.screen.grader().grade(card, answer)
        except BaseException:  # Ctrl-C included: what was typed is shown before anything else happens
            self._return_answer("graded", answer)
            raise

    def _at_question(self, card: Card, word: Word, hints: Iterator[str], latency_ms: int) -> bool:
        """Obey a word typed at a question; True where the question is done with."""
        match word.name:
            case "hint":
                self._say(next(hints, "no more hints for this card"))
            case "skip":
                self.session.skip()
                self._keep()
                return True
            case "reveal":
                self._answered(card, "", revealed(card), latency_ms)
                return True
            case "undo":
                return self._undo()
            case "suspend" | "bury":
                self._set_aside(word, card)
                return True
            case "diff":
                self.screen.show(self._rewordings.unanswered(card.key, before=self._answered_last))
            case _:
                self._anywhere(word, card)
        return False

    def _anywhere(self, word: Word, card: Card) -> None:
        """Obey a word that means the same at every prompt."""
        match word.name:
            case "flag":
                event = self.session.event("flag", card.key, word.argument, moment=self._moment())
                self.store.add_event(event, card)
                note = "" if word.argument else " (`/flag NOTE` says why)"
                self._say(f"{card.key} is flagged for the deck's maintainer{note}")
            case "suspend" | "bury":
                self._set_aside(word, card)
            case "diff":
                self.screen.show(self._rewordings.answered(card.key))
            case "grade":
                quality = quality_in(word.argument)
                if quality is None:
                    self._say("a grade is a number from 0 (none of it) to 5 (perfect): /grade 4")
                elif not self.session.outcomes:
                    self._say("there is no answer to grade yet")
                else:
                    if self.session.outcomes[-1].review.card != card.key:
                        self._say(f"the answer before, to {self.session.outcomes[-1].review.card}:")
                    self._decide(quality)
            case "help":
                self.screen.show([Line("text", line) for line in help_lines()])
            case "quit":
                raise Quit
            case _:
                self._say(f"there is no word /{word.argument}; /help shows them all" if not word.name
                          else f"/{word.name} has nothing to do here")  # fmt: skip

    def _return_answer(self, what: str, answer: str) -> None:
        """Show an answer that is not in the log, so that it can be copied from the screen."""
        if answer:
            kept = Line("bad", f"Your answer was not {what} and is not saved. Here it is, so that you can keep it:")
            self.screen.show([Line("text", ""), kept, Line("text", answer, 2), Line("text", "")])

    def _answered(self, card: Card, text: str, grade: Grade, latency_ms: int) -> None:
        """Record the answer, durably, and only then show what it was worth."""
        try:
            before = self.store.schedule(card.key)
            review = self.session.answer(card, text, grade, moment=self._moment(), latency_ms=latency_ms)
            self._before[review.id] = before
            self.store.record(review, self.schedulers.advance(before, review), card)
        except StorageError:
            self._return_answer("recorded", text)
            raise
        self._answered_last = card
        self._moved = review.mode in MOVING_MODES and self._reviews(review.card) > (before.reviews if before else 0)
        self.screen.show([*pages.feedback(card, grade), *self._comes_back(review, grade.quality)])
        if self.screen.waits:
            self._after_feedback(review, card, unsure=grade.verdict == "unsure")
        elif grade.verdict == "unsure":
            self._say("not sure? the next line may overrule it: /grade 4 (right) or /grade 1 (wrong)")

    def _comes_back(self, review: Review, quality: int) -> list[Line]:
        """When the card returns; a leech is warned of, or suspended, first."""
        known = review.id in self._before  # not where the answer was given before an interruption
        leech = self._leeches.noticed(review, self._before[review.id], moment=self._moment) if known else []
        schedule = None if review.mode in ("cram", "mock") else self.store.schedule(review.card)
        planned = self.planned(review.card, quality) if schedule and self._moved else None
        back = pages.comes_back(schedule, quality, today=self._today(), moved=self._moved, planned=planned)
        return [back, *leech]

    def _today(self) -> date:
        return self.clock.day(day_start_hour=self.schedulers.rules.day_start_hour)

    def _reviews(self, card: str) -> int:
        schedule = self.store.schedule(card)
        return schedule.reviews if schedule else 0

    def _after_feedback(self, review: Review, card: Card, *, unsure: bool) -> None:
        while True:
            typed = self.screen.choose(unsure=unsure)
            if typed is None:
                raise Quit
            choice = typed.strip().lower()
            if not choice:
                return
            quality = quality_in(choice)
            if choice in ("y", "n"):
                quality = overruled(self.session.outcomes[-1].quality, right=choice == "y")
            if quality is not None:
                self._decide(quality)
                continue
            word = word_in(choice if not choice.startswith("/flag") else typed)
            if word is None:
                self._say("Enter goes on; y, n or a grade from 0 to 5 overrules; /help shows the words")
            elif word.name == "undo":
                self._undo()
                return
            else:
                self._anywhere(word, card)

    def _decide(self, quality: int) -> None:
        review = self.session.outcomes[-1].review
        self.store.decide(self.session.decide(quality, moment=self._moment()))
        self.screen.show(self._comes_back(review, quality))

    def _set_aside(self, word: Word, card: Card) -> None:
        """Suspend or bury the card, as *word* says."""
        until = self._today() + timedelta(days=1)
        value = until.isoformat() if word.name == "bury" else ""
        kind: CardEventKind = "bury" if word.name == "bury" else "suspend"
        self.store.add_event(self.session.event(kind, card.key, value, moment=self._moment()))
        self.session.set_aside(card.key)
        self.screen.show([pages.set_aside(card.key, kind)])

    def _undo(self) -> bool:
        """Take back the last answer; True where there was one, and its card is asked again."""
        if not self.session.outcomes:
            self._say("there is no answer of this session to undo; `quizzer card undo` reaches further back")
            return False
        event = self.session.undo(moment=self._moment())
        self.store.add_event(event)
        self._leeches.undone(event.value, moment=self._moment)
        self._keep()
        self._say("undone; here is the question again")
        return True

    def _last_words(self) -> None:
        """A grade or a flag typed ahead after the last answer still counts."""
        while not self.screen.waits and self._answered_last and self.screen.more():
            text = self.screen.read()
            word = word_in(text or "")
            if text is None or word is None:
                return
            self._anywhere(word, self._answered_last)
            if self.session.current is not None:
                self.run()
                return

    def _moment(self) -> Moment:
        at = self.clock.now()
        return Moment(self.store.new_id(at), at, self.clock.utc_offset_minutes(at))

    def _say(self, text: str) -> None:
        self.screen.show([Line("quiet", text)])


def revealed(card: Card) -> Grade:
    """The grade of "I don't know"."""
    points = tuple(PointResult(text=point, covered=False, similarity=0.0) for point in card.points)
    return Grade(score=0.0, quality=0, verdict="fail", points=points, flags=("dont-know",), grader=REVEALED,
                 reason="you asked for the answer")  # fmt: skip
