"""Holds a mock interview: draws its questions, leads it to its end, and reports what came of it."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from quizzer.cli import compose
from quizzer.cli.clock import now, utc_offset_minutes
from quizzer.cli.interviews import found, report_data, reported
from quizzer.cli.output import Result
from quizzer.cli.sitting import loader, name_broken, screen_for
from quizzer.errors import DeckError, UnknownInterview, UsageError
from quizzer.scheduling.drawing import draw
from quizzer.scheduling.queue import Row
from quizzer.stats.interviews import comparable
from quizzer.storage.interviews import all_interviews, candidates
from quizzer.storage.store import SqliteStore
from quizzer.study import interview_pages
from quizzer.study.interview import Interview, Plan
from quizzer.study.interview_report import lines
from quizzer.study.interviewer import Interviewer
from quizzer.study.pages import Line
from quizzer.study.screen import Clock
from quizzer.study.session import Learner, Moment, Session
from quizzer.study.settling import settle

if TYPE_CHECKING:
    from quizzer.decks.library import Library
    from quizzer.model import Grade
    from quizzer.stats.interviews import Report
    from quizzer.study.screen import Screen

MINUTES_A_QUESTION = 2


@dataclass(frozen=True, slots=True)
class Order:
    """What interview is asked for."""

    decks: tuple[str, ...]
    questions: int
    minutes: float | None
    tag: str | None
    seed: int | None
    """None: another one every time."""


@dataclass(frozen=True, slots=True)
class Room:
    """Where interviews are held: the decks, the log and the screen."""

    library: Library
    store: SqliteStore
    screen: Screen
    day: date

    @classmethod
    def opened(cls, decks: tuple[str, ...], *, plain: bool, as_json: bool) -> Room:
        """The room with *decks*, or all. *as_json*: stdout is kept for the envelope."""
        library = compose.library(decks)
        store = compose.store()
        store.set_aliases(library.aliases())
        return cls(library, store, screen_for(library, plain=plain, to_stderr=as_json), compose.today())

    def interviews(self) -> list[Interview]:
        """Every interview so far, the earliest first."""
        return all_interviews(self.store.database)

    def begin(self, order: Order, *, html: Path | None) -> Result:
        """A new interview, and its report."""
        name_broken(self.library.found)
        before = self.interviews()
        rows = self._drawn(order, len(before))
        minutes = order.minutes or MINUTES_A_QUESTION * len(rows)
        plan = Plan(self.store.new_id(now()), tuple(row.card for row in rows), round(minutes * 60_000),
                    self._seed(order, len(before)), order.decks, order.tag or "")  # fmt: skip
        if before and before[-1].unfinished:
            self._say(f"Interview {before[-1].number} was interrupted; `quizzer mock --resume` goes on with it.")
        if len(rows) < order.questions:
            self._say(f"There are no more than {len(rows)} to ask.")
        return self._held(plan, rows, html=html)

    def _drawn(self, order: Order, count: int) -> tuple[Row, ...]:
        agenda = compose.agenda(self.library, self.store.database)
        seed = self._seed(order, count)
        rows = draw(candidates(agenda, self.day, tag=order.tag, seed=seed), day=self.day, count=order.questions,
                    seed=seed)  # fmt: skip
        if not rows:
            if order.tag is not None:
                hint = "`quizzer stats` lists the tags"
                raise UsageError(f"no card with the tag {order.tag!r} can be asked", hint=hint)
            raise UsageError("there is no card to ask", hint="`quizzer deck list` shows the decks found")
        return rows

    def _seed(self, order: Order, count: int) -> int:
        """The seed of the interview after *count* others: another one each time and each day."""
        return self.day.toordinal() * 1000 + count if order.seed is None else order.seed

    def resume(self, *, html: Path | None) -> Result:
        """The last interview that was interrupted, gone on with, and its report.

        Raises:
            UnknownInterview: there is none.
        """
        unfinished = [one for one in self.interviews() if one.unfinished]
        if not unfinished:
            raise UnknownInterview("no interview was interrupted", hint="`quizzer mock DECK` begins one")
        last = unfinished[-1]
        self._look_at(last)
        rows = tuple(Row(card, card.partition("/")[0]) for card in last.open_cards)
        return self._held(last.plan, rows, used_ms=last.used_ms, html=html)

    def _held(self, plan: Plan, rows: Sequence[Row], *, used_ms: int | None = None, html: Path | None) -> Result:
        """The interview, whose cards *rows* are still to be asked. *used_ms*: None where it only begins."""
        left_seconds = (plan.allowed_ms - (used_ms or 0)) / 1000
        self.screen.show(interview_pages.introduction(plan, left=len(rows), seconds_left=left_seconds))
        if not self.screen.start():
            return Result(None, "")
        learner = Learner(self.store.device_id, plan.session_id, compose.config().player)
        session = Session(rows, learner, day=self.day, mode="mock")
        clock = Clock(now, utc_offset_minutes, lambda: time.monotonic() * 1000)
        interviewer = Interviewer(
            session, self.screen, plan, store=self.store, schedulers=self.store.schedulers,
            load=loader(self.library, plan.decks), clock=clock, used_ms=used_ms or 0,
        )  # fmt: skip
        if used_ms is None:
            interviewer.begin()
        try:
            end = interviewer.interview()
        except (KeyboardInterrupt, click.Abort):
            click.echo("", err=True)
            self.screen.show(interview_pages.ended("quit", found(self.interviews(), plan.session_id)))
            raise
        interview = found(self.interviews(), plan.session_id)
        self.screen.show([Line("text", ""), *interview_pages.ended(end, interview)])
        if end == "quit":
            return Result(report_data(self._report_of(plan.session_id)), "")
        self._settle(interview, interviewer.grades)
        return self._reported(plan.session_id, html=html)

    def report(self, name: str, *, settle: bool, html: Path | None) -> Result:
        """The report of the interview that *name* names."""
        interview = found(self.interviews(), name)
        self._look_at(interview)
        if settle:
            self._settle(interview, {})
        return self._reported(interview.plan.session_id, html=html)

    def _settle(self, interview: Interview, grades: dict[str, Grade]) -> None:
        settle(interview.answers, self.screen, store=self.store, load=self.library.card, moment=self._moment,
               grades=grades)  # fmt: skip

    def _moment(self) -> Moment:
        at = now()
        return Moment(self.store.new_id(at), at, utc_offset_minutes(at))

    def _reported(self, session_id: str, *, html: Path | None) -> Result:
        report = self._report_of(session_id)
        if html is not None:
            from quizzer.cli.pages import write  # jinja2
            from quizzer.reports.interview import page

            write(html, page(report))
        written = [] if html is None else [Line("text", ""), Line("text", f"{html}: written; open it in a browser")]
        return Result(report_data(report), lambda: self.screen.show([*lines(report), *written]))

    def _report_of(self, session_id: str) -> Report:
        interviews = self.interviews()
        interview = found(interviews, session_id)
        last = comparable(interview, interviews)
        self._look_at(*[one for one in (interview, last) if one])
        return reported(self.library, self.store, interview, interviews)

    def _look_at(self, *held: Interview) -> None:
        """Have the decks of these interviews at hand, also those that only a path names."""
        named = {deck for one in held for deck in one.plan.decks} if all(one.plan.decks for one in held) else set()
        try:
            self.library.refresh(sorted(named), broken_ok=True)
        except DeckError:
            self.library.refresh(broken_ok=True)  # one has moved: the others, and what the log has kept, will do

    def _say(self, text: str) -> None:
        self.screen.show([Line("quiet", text)])
