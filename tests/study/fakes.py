"""Stand-ins at the ports of a session: a scripted learner, a log in memory, a grader that obeys the answer."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import UTC, date, datetime, timedelta

from quizzer.errors import StorageError, UnknownCard
from quizzer.model import (
    Card,
    CardEvent,
    CardText,
    Decision,
    Fact,
    Grade,
    PointResult,
    Review,
    Schedule,
    Verdict,
    Wording,
)
from quizzer.scheduling.queue import Row
from quizzer.scheduling.schedulers import Schedulers
from quizzer.study.conduct import Conductor
from quizzer.study.pages import Line
from quizzer.study.screen import Clock, SecondsLeft
from quizzer.study.session import Learner, Session

DAY = date(2026, 3, 2)
START = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)


def card(name: str, **fields: tuple[str, ...]) -> Card:
    """A card with one answer and two points."""
    values = {"answers": (f"reference of {name}",), "points": ("first point", "second point"), **fields}
    return Card(id=name, deck_id="deck", question=f"What is {name}?", **values)  # type: ignore[arg-type]  # tuples of text


def row(name: str, *, due: date | None = None, repeat: bool = False) -> Row:
    """The queue's row of `card`."""
    return Row(f"deck/{name}", "deck", (), due, repeat)


class FakeGrader:
    """Grades "4 some words" with quality 4; "unsure" anywhere makes the verdict unsure."""

    name = "fake"

    def grade(self, card: Card, answer: str) -> Grade:
        """The grade that *answer* begins with."""
        quality = int(answer[0])
        verdict: Verdict = "unsure" if "unsure" in answer else "pass" if quality >= 3 else "fail"
        made = PointResult("first point", covered=quality > 0, similarity=1.0, words=answer)
        missed = PointResult("second point", covered=quality > 4, similarity=0.0)
        return Grade(quality / 5, quality, verdict, points=(made, missed), grader=self.name, reason="by the number")

    def grade_many(self, pairs: Sequence[tuple[Card, str]]) -> list[Grade]:
        """Each in order."""
        return [self.grade(card, answer) for card, answer in pairs]


class BrokenGrader(FakeGrader):
    """Fails as *error* says."""

    def __init__(self, error: BaseException) -> None:
        """*error* is raised by every grade."""
        self.error = error

    def grade(self, card: Card, answer: str) -> Grade:
        """Never a grade."""
        raise self.error


class MemoryStore:
    """A log in memory, replayed after every fact."""

    device_id = "device"

    def __init__(self) -> None:
        """An empty log."""
        self.log: list[Fact] = []
        self.texts: dict[str, CardText] = {}
        self.flagged: dict[str, str] = {}
        self.broken: StorageError | None = None
        self._count = 0

    def new_id(self, at: datetime) -> str:
        """Ascending."""
        self._count += 1
        return f"{self._count:08}"

    def _append(self, fact: Fact) -> None:
        if self.broken:
            raise self.broken
        self.log.append(fact)

    def record(self, review: Review, schedule: Schedule | None, card: Card | None = None) -> None:
        """Append *review*."""
        self._append(review)
        if card is not None:
            self.texts.setdefault(card.digest, card.text)

    def decide(self, decision: Decision) -> Schedule | None:
        """Append *decision*."""
        self._append(decision)
        reviewed = next(fact for fact in self.log if isinstance(fact, Review) and fact.id == decision.review_id)
        return self.schedule(reviewed.card)

    def add_event(self, event: CardEvent, card: Card | None = None) -> Schedule | None:
        """Append *event*."""
        self._append(event)
        if card is not None:
            self.flagged[event.id] = card.digest
        return self.schedule(event.card)

    def facts(self, card: str) -> list[Fact]:
        """The card's facts."""
        ids = {fact.id for fact in self.log if isinstance(fact, Review) and fact.card == card}
        return [
            fact for fact in self.log if (fact.review_id in ids if isinstance(fact, Decision) else fact.card == card)
        ]

    def wordings(self, card: str) -> list[Wording]:
        """What the reviews that were not undone refer to, the last first."""
        voided = {fact.value for fact in self.facts(card) if isinstance(fact, CardEvent) and fact.kind == "void"}
        reviews = [fact for fact in self.facts(card) if isinstance(fact, Review) and fact.id not in voided]
        latest: dict[str, Wording] = {}
        for review in reviews:  # every sitting starts its clock anew, so the order is that of the log
            latest.pop(review.card_digest, None)
            latest[review.card_digest] = Wording(review.card_digest, review.at, self.texts.get(review.card_digest))
        return list(latest.values())[::-1]

    def schedule(self, card: str) -> Schedule | None:
        """The replay of the card's facts."""
        return Schedulers().replay(self.facts(card), card=card)


class ScriptedScreen:
    """A learner who types *script*: at questions and after feedback alike; the end of it is the end of input."""

    def __init__(self, script: Iterable[str], *, waits: bool, grader: FakeGrader) -> None:
        """*waits*: as the terminal does after feedback, where an empty item goes on."""
        self.waits = self.person = waits
        self.script = list(script)
        self.lines: list[Line] = []
        self.shown_when_recorded: list[int] = []
        self._grader = grader

    def show(self, lines: list[Line]) -> None:
        """Keep *lines*."""
        self.lines += lines

    def start(self) -> bool:
        """At once."""
        return True

    def read(self, draft: str = "", *, left: SecondsLeft | None = None) -> str | None:
        """The next item of the script, after *draft*; one that ends in ``...`` is typed until the time has run out."""
        if self.script and left is not None and self.script[0].endswith("..."):
            while left() > 0:
                continue
            return self.script.pop(0).removesuffix("...")
        if draft and self.script:
            return f"{draft}\n{self.script.pop(0)}"
        return self.script.pop(0) if self.script else None

    def choose(self, *, unsure: bool) -> str | None:
        """The next item of the script."""
        return self.read() if self.waits else ""

    def grader(self) -> FakeGrader:
        """The fake."""
        return self._grader

    def more(self) -> bool:
        """Whether the script goes on."""
        return bool(self.script)

    @property
    def text(self) -> str:
        """All that was shown."""
        return "\n".join(line.text for line in self.lines)


class Sitting:
    """One session over fakes, led to its end by a script."""

    def __init__(
        self,
        rows: Sequence[Row],
        script: Iterable[str],
        *,
        waits: bool = True,
        grader: FakeGrader | None = None,
        store: MemoryStore | None = None,
        gone: Iterable[str] = (),
        mode: str = "study",
        cards: Iterable[Card] = (),
        starts: datetime = START,
    ) -> None:
        """*gone*: keys of cards that their decks have no more; *cards*: those that are not like `card`."""
        self.store = store or MemoryStore()
        self.screen = ScriptedScreen(script, waits=waits, grader=grader or FakeGrader())
        self.session = Session(rows, Learner("device", "session"), day=DAY, mode=mode)  # type: ignore[arg-type]  # a mode
        missing, others = set(gone), {card.key: card for card in cards}

        def load(key: str) -> Card:
            if key in missing:
                raise UnknownCard(f"no card {key!r} found")
            return others.get(key) or card(key.removeprefix("deck/"))

        self.conductor = Conductor(
            self.session, self.screen, store=self.store, schedulers=Schedulers(), load=load, clock=ticking(starts),
        )  # fmt: skip

    def run(self) -> Sitting:
        """Lead it to its end."""
        self.conductor.run()
        return self

    @property
    def reviews(self) -> list[Review]:
        """The reviews in the log."""
        return [fact for fact in self.store.log if isinstance(fact, Review)]

    @property
    def decisions(self) -> list[Decision]:
        """The decisions in the log."""
        return [fact for fact in self.store.log if isinstance(fact, Decision)]


def ticking(start: datetime = START) -> Clock:
    """A clock that moves by a second whenever it is read."""
    seconds = iter(range(1_000_000))
    now: Callable[[], datetime] = lambda: start + timedelta(seconds=next(seconds))  # noqa: E731
    return Clock(now, lambda at: 0, lambda: 1000.0 * next(seconds))
