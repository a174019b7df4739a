"""Leads a player through a live quiz: in, through its questions, and home with the answers."""

from __future__ import annotations

import asyncio
import os
from dataclasses import dataclass, replace
from pathlib import Path

import click

from quizzer.cli import compose
from quizzer.cli.lines import printer, stdin_lines
from quizzer.cli.sitting import is_typed, needs_lines
from quizzer.errors import GroupRefused, QuizzerError, UsageError
from quizzer.group.joining import Invitation, invitation
from quizzer.group.player import Seat
from quizzer.group.seats import SeatFile, Seats
from quizzer.text import printable

ASKED_AGAIN = ("name-taken", "bad-name", "bad-code", "no-team", "too-fast")
"""Refusals after which a person may try another name or code."""


@dataclass(frozen=True, slots=True)
class Wish:
    """How somebody wants to join."""

    link: str
    code: str
    name: str
    team: str
    personal: str
    keep: bool | None
    plain: bool


def joined(wish: Wish) -> None:
    """Join, play, and take the answers home.

    Raises:
        GroupError: the quiz cannot be reached, or lets this player not in.
        UsageError: something is missing, and nobody can be asked for it.
    """
    where = invitation(wish.link)
    if wish.code or not where.code:
        code = wish.code or _asked("The code (on the host's screen)", "--code K7M2QD")
        where = replace(where, code="".join(code.split()).replace("-", "").upper())
    place = _Place(wish, where)
    try:
        asyncio.run(place.play())
    except KeyboardInterrupt:
        place.say_goodbye()
        raise
    finally:
        if place.kept is not None:
            place.kept.close()
    place.go_home()


class _Place:
    def __init__(self, wish: Wish, where: Invitation) -> None:
        self._wish, self._where = wish, where
        self._seats = Seats(compose.paths().seats)
        self._seat = Seat(where)
        self.kept: SeatFile | None = None
        self._taken: bytes | None = None
        self._wants_to_keep = wish.keep

    async def play(self) -> None:
        await self._sit()
        seat, wish = self._seat, self._wish
        if needs_lines(plain=wish.plain):
            from quizzer.group.player_lines import PlayerLines

            await PlayerLines(seat, show=printer(), next_line=stdin_lines(), person=is_typed()).run()
        else:
            from quizzer.group.drawing import drawn_each
            from quizzer.group.player_screen import PlayerScreen  # prompt_toolkit
            from quizzer.study.editor import Enter

            colour = not os.environ.get("NO_COLOR")
            screen = PlayerScreen(
                seat, draw=lambda blocks, width: drawn_each(blocks, width=width, colour=colour), colour=colour,
                submit=Enter().submit,
            )  # fmt: skip
            await screen.run()
            if wish.keep is None:
                self._wants_to_keep = screen.wants_to_keep
        self._taken = await seat.fetched()

    async def _sit(self) -> None:
        """Take the seat that this user has in the session already, or a new one."""
        wish, seat = self._wish, self._seat
        await seat.reach()
        if not wish.personal:
            self.kept = self._seats.free(self._where.code, wish.name)
        if self.kept is not None:
            try:
                await seat.sit(token=self.kept.keys.token)
            except GroupRefused as error:
                if error.why != "bad-token":
                    raise
                self.kept.close()
                self.kept = None
            else:
                name = self.kept.keys.name
                click.echo(printable(f"Back as {name}; somebody else joins with --name."), err=True)
                return
        await self._sit_down(wish.name)
        if seat.keys is not None:
            self.kept = self._seats.keep(self._where.code, seat.keys)

    async def _sit_down(self, name: str) -> None:
        wish, seat = self._wish, self._seat
        while True:
            if wish.personal:
                await seat.sit(personal=wish.personal)
                return
            name = name or _asked("Your name in the quiz", "--name Ann")
            try:
                await seat.sit(name=name, team=wish.team)
            except GroupRefused as error:
                if error.why not in ASKED_AGAIN or not is_typed():
                    raise
                click.echo(printable(error.message), err=True)
                if error.why == "bad-code":
                    code = _asked("The code", "--code K7M2QD")
                    self._where = replace(self._where, code="".join(code.split()).replace("-", "").upper())
                    seat.invitation = self._where
                elif error.why != "too-fast":
                    name = ""
                else:
                    await asyncio.sleep(3)
            else:
                return

    def say_goodbye(self) -> None:
        """How to come back."""
        click.echo(printable(f'\nYou left. `quizzer join "{self._wish.link}"` brings you back.'), err=True)

    def go_home(self) -> None:
        """The last table on the ordinary screen, and the answers into the player's own log."""
        seat = self._seat
        if seat.room is None or seat.you is None:
            click.echo(seat.over, err=True)
            return
        has_ended = seat.room.phase == "ended"
        if has_ended and not needs_lines(plain=self._wish.plain):
            from quizzer.group.room_pages import ended

            printer()(ended(seat.room, seat.you))
        if not has_ended:
            if seat.over:
                click.echo(printable(seat.over), err=True)
            else:
                self.say_goodbye()
        if self._taken is not None and self._is_wanted(has_ended=has_ended):
            _take_in(self._taken, compose.paths().seats / f"{self._where.code}-session.json")

    def _is_wanted(self, *, has_ended: bool) -> bool:
        """Whether the answers go into the player's own log; of a quiz that goes on, only where that was said."""
        if self._wants_to_keep is not None:
            return self._wants_to_keep
        return has_ended and (
            not is_typed() or click.confirm("Put your answers into your own schedule?", default=True, err=True)
        )


def _take_in(content: bytes, spare: Path) -> None:
    """The answers into the log; into the file *spare* where that fails, so that they are not lost.

    Raises:
        QuizzerError: they are in the file.
    """
    from quizzer.cli.import_session import read, taken_in  # the log

    try:
        result = taken_in(read(content))
    except QuizzerError:
        spare.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        spare.write_bytes(content)
        click.echo(f"Your answers are in a file: `quizzer import session {spare}` takes them in later.", err=True)
        raise
    click.echo(result.text() if callable(result.text) else printable(result.text))


def _asked(what: str, option: str) -> str:
    """What somebody types.

    Raises:
        UsageError: nobody can be asked.
    """
    if not is_typed():
        raise UsageError(f"{what.lower()} is missing", hint=f"give it: {option}")
    while True:
        answer: str = click.prompt(what, default="", show_default=False, prompt_suffix=" > ", err=True).strip()
        if answer:
            return answer
