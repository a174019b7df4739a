"""Leads a mock interview: asks every card once, against the clock, and says nothing of what the answers are worth."""

from __future__ import annotations

from quizzer.errors import StorageError
from quizzer.model import Card, Grade
from quizzer.ports import Store
from quizzer.scheduling.schedulers import Schedulers
from quizzer.study import interview_pages as pages
from quizzer.study.conduct import Conductor, Load, Quit, revealed
from quizzer.study.interview import End, Ending, Plan
from quizzer.study.screen import Clock, Screen
from quizzer.study.session import Session
from quizzer.study.words import Word, cleaned, split


class Interviewer(Conductor):
    """One sitting of the interview that *plan* describes; the clock stands while an answer is graded and saved."""

    def __init__(
        self,
        session: Session,
        screen: Screen,
        plan: Plan,
        *,
        store: Store,
        schedulers: Schedulers,
        load: Load,
        clock: Clock,
        used_ms: int = 0,
    ) -> None:
        """*session*: of mode ``mock``, with the cards that are left; *used_ms*: what earlier sittings took."""
        super().__init__(session, screen, store=store, schedulers=schedulers, load=load, clock=clock)
        self.plan = plan
        self.grades: dict[str, Grade] = {}
        """Review id -> the whole grade, of which the log keeps less."""
        self._used_ms = used_ms
        self._asked_at: float | None = None
        """When the question was shown that is being answered."""

    def begin(self) -> None:
        """Put the plan into the log: from here on the interview can be reported and gone on with."""
        self._note(self.plan.value)

    def interview(self) -> End:
        """Ask until everything was asked, the time is over, or the learner stops; how it ended.

        Raises:
            KeyboardInterrupt: Ctrl-C; the end is in the log all the same.
        """
        end: End = "quit"
        try:
            end = self._questions()
        except Quit:
            pass
        finally:
            self._stop_clock()
            self._note(Ending(self.plan.session_id, end, self._used_ms).value)
        return end

    def _questions(self) -> End:
        while (card := self._next_card()) is not None:
            if self.seconds_left() <= 0:
                return "time"
            self._ask(card)
        return "done"

    def seconds_left(self) -> float:
        """What is left of the time, now."""
        running = 0.0 if self._asked_at is None else self.clock.milliseconds() - self._asked_at
        return (self.plan.allowed_ms - self._used_ms - running) / 1000

    def _stop_clock(self) -> int:
        """Milliseconds since the question was shown, which count as used."""
        if self._asked_at is None:
            return 0
        spent_ms = max(0, round(self.clock.milliseconds() - self._asked_at))
        self._used_ms, self._asked_at = self._used_ms + spent_ms, None
        return spent_ms

    def _ask(self, card: Card) -> None:
        asked = self.session.current
        total = len(self.plan.cards)
        number = total - self.session.remaining + 1
        self.screen.show(pages.question(card, number=number, total=total, seconds_left=self.seconds_left()))
        self._asked_at = self.clock.milliseconds()
        draft = ""
        while self.session.current is asked:
            text = self.screen.read(draft, left=self.seconds_left)
            if text is None:
                raise Quit
            is_over = self.seconds_left() <= 0
            draft, word = split(text)
            if word is not None and not is_over:
                self._obey(card, word)
            elif draft.strip() or (word and word.name in ("skip", "reveal")):
                self._give(card, cleaned(draft))
            elif is_over:
                return
            else:
                self._say("nothing typed yet: answer in your own words, or /skip when you don't know")

    def _obey(self, card: Card, word: Word) -> None:
        match word.name:
            case "skip" | "reveal":
                self._give(card, "")
            case "undo":
                if self._undo():
                    self._stop_clock()
            case "hint" | "grade" | "diff" | "bury" | "suspend":
                self._say(f"/{word.name} has to wait until the interview is over")
            case "help":
                self.screen.show(pages.help_page())
            case _:
                self._anywhere(word, card)

    def _give(self, card: Card, answer: str) -> None:
        """Grade the answer and record it, durably; nothing is said of it."""
        latency_ms = self._stop_clock()
        grade = self._graded(card, answer) if answer else revealed(card)
        try:
            review = self.session.answer(card, answer, grade, moment=self._moment(), latency_ms=latency_ms)
            self.store.record(review, self.schedulers.advance(self.store.schedule(card.key), review), card)
        except StorageError:
            self._return_answer("recorded", answer)
            raise
        self.grades[review.id] = grade

    def _note(self, value: str) -> None:
        self.store.add_event(self.session.event("mock", self.plan.cards[0], value, moment=self._moment()))
