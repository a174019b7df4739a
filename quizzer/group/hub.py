"""Who is connected, and what each of them is told: the room alike in the same bytes, each player what is his own."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from quizzer.group import events as kinds
from quizzer.group import qr, views
from quizzer.group.engine import Engine
from quizzer.group.events import Event
from quizzer.group.limits import Traffic
from quizzer.group.lines import Line, frame
from quizzer.group.rendering import html
from quizzer.group.scoring import Place
from quizzer.group.state import State

Role = Literal["player", "stage", "host"]
Why = Literal["kicked", "replaced", "over", "restart"]

ROOM_SECONDS, PEOPLE_SECONDS = 0.25, 0.5
"""How often the room and the list of people are sent while people only come, go and answer."""

SECONDS_A_MEMBER = 0.0005
"""The more are connected, the less often; 2,000 are told once a second."""

AT_ONCE = 50
"""Players who are told their own state before other work has its turn."""

OWN_SECONDS_A_PLAYER = 0.0004
"""What everyone is told comes first, in a big room by so much that all have read it: 500 after 0.2 s."""

TURNS = (
    kinds.Asked, kinds.Extended, kinds.Paused, kinds.Unpaused, kinds.Closed, kinds.Graded, kinds.Judged, kinds.Revealed,
    kinds.Skipped, kinds.Ended,
)  # fmt: skip
"""Events that everyone is told of at once."""

OWN_TURNS = (kinds.Asked, kinds.Closed, kinds.Judged, kinds.Revealed, kinds.Skipped, kinds.Ended)
"""Events that change what every player is told of himself."""


@dataclass(slots=True, eq=False)
class Member:
    """Somebody who is connected and has said who it is."""

    line: Line
    traffic: Traffic
    role: Role = "player"
    player: str = ""
    leaving: Why | None = None
    """Why the server ends the connection; None while it does not."""
    conversation: asyncio.Task[None] | None = None
    """Reads from the connection."""

    def tell(self, kind: str, message: Mapping[str, Any]) -> None:
        """Send *message*, which takes the place of an earlier one of its kind that has not got through."""
        self.line.send(kind, frame(_text(message)))

    def answer(self, message: Mapping[str, Any]) -> None:
        """Send *message*, in any case."""
        self.line.answer(frame(_text(message)))

    def dismiss(self, why: Why) -> None:
        """Say goodbye, and close the connection."""
        self.leaving = why
        self.answer({"t": "bye", "why": why})
        if self.conversation:
            self.conversation.cancel()


class Hub:
    """Tells everyone who is connected to one engine."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine
        self.members: set[Member] = set()
        self._players: dict[str, Member] = {}
        self._timers: dict[str, asyncio.TimerHandle] = {}
        self._sent: dict[str, float] = {}
        self._room: tuple[int, float, bytes] | None = None
        self._own: asyncio.Task[None] | None = None
        self._table: tuple[object, Mapping[str, Place], State] | None = None
        self._invitation: dict[str, Any] = {}
        engine.subscribe(self._happened)

    def enter(self, member: Member) -> None:
        """*member* is in; the same player's earlier connection ends."""
        self.members.add(member)
        if member.player:
            if before := self._players.get(member.player):
                self.members.discard(before)
                before.dismiss("replaced")
            self._players[member.player] = member
            self.engine.arrived(member.player)
        member.line.send("room", self._room_frame())
        if member.player:
            self._tell_own(member)
        else:
            member.tell("invite", self._invitation)
        self._tell_people((member,))
        self._soon("room")
        self._soon("people")

    def leave(self, member: Member) -> None:
        """*member* is connected no more."""
        if member not in self.members:
            return
        self.members.discard(member)
        if member.player and self._players.get(member.player) is member:
            del self._players[member.player]
            self.engine.left(member.player)
        self._soon("room")
        self._soon("people")

    def connected(self, player: str) -> bool:
        """Whether *player* is connected."""
        return player in self._players

    def invite(self, link: str, code: str) -> None:
        """Have the host and the projector show how to join."""
        self._invitation = {"t": "invite", "link": link, "code": code, "qr": list(qr.rows(link))}
        for member in self.members:
            if not member.player:
                member.tell("invite", self._invitation)

    def dismiss(self, why: Why) -> None:
        """Say goodbye to all."""
        for handle in self._timers.values():
            handle.cancel()
        for member in list(self.members):
            member.dismiss(why)

    def _happened(self, happened: Sequence[Event], state: State) -> None:
        if any(isinstance(event, TURNS) for event in happened):
            self._broadcast()
            self._tell_people(self.members)
        else:
            self._soon("room")
            self._soon("people")
        for event in happened:
            if isinstance(event, kinds.Kicked) and (member := self._players.get(event.player)):
                self._tell_own(member)
                member.dismiss("kicked")
        if any(isinstance(event, OWN_TURNS) for event in happened):
            if self._own:
                self._own.cancel()
            self._own = asyncio.get_running_loop().create_task(self._tell_all_own())
            return
        for player in {
            e.player for e in happened if isinstance(e, kinds.TeamChosen | kinds.Consented | kinds.Answered)
        }:
            if member := self._players.get(player):
                self._tell_own(member)

    def _soon(self, kind: str) -> None:
        """Send what everyone is told of, unless it was just now."""
        if kind in self._timers:
            return
        loop = asyncio.get_running_loop()
        pause = max(ROOM_SECONDS if kind == "room" else PEOPLE_SECONDS, len(self.members) * SECONDS_A_MEMBER)
        wait = max(0.0, self._sent.get(kind, 0.0) + pause - loop.time())
        self._timers[kind] = loop.call_later(wait, self._now, kind)

    def _now(self, kind: str) -> None:
        self._timers.pop(kind, None)
        if kind == "room":
            self._broadcast()
        else:
            self._tell_people(self.members)

    def _broadcast(self) -> None:
        message = self._room_frame(fresh=True)
        for member in self.members:
            member.line.send("room", message)
        self._sent["room"] = asyncio.get_running_loop().time()

    def _room_frame(self, *, fresh: bool = False) -> bytes:
        """What everyone sees; a moment ago will do for somebody who comes in while others do."""
        state, at = self.engine.state, asyncio.get_running_loop().time()
        if not fresh and self._room and self._room[0] == state.events and at - self._room[1] < ROOM_SECONDS:
            return self._room[2]
        told = with_html(views.room(state, at=self.engine.clock.now(), present=frozenset(self.engine.present)))
        self._room = (state.events, at, frame(_text(told)))
        return self._room[2]

    def _tell_own(self, member: Member, places: Mapping[str, Place] | None = None) -> None:
        state = self.engine.state
        told = views.you(state, member.player, places=self._places() if places is None else places)
        draft = self.engine.pending_draft(member.player)
        if draft and state.round and draft[0] == state.round.question:
            told = {**told, "draft": draft[1]}
        member.tell("you", told)

    def _places(self) -> Mapping[str, Place]:
        """Everyone's place in the table, which only a reveal changes much; made once for each state of it."""
        state = self.engine.state
        awards = tuple(id(past.awards) for past in state.rounds)
        key = (len(state.players), len(state.active), awards)
        if self._table is None or self._table[0] != key:
            self._table = (key, views.places_by_player(state), state)
        return self._table[1]

    async def _tell_all_own(self) -> None:
        if len(self._players) > AT_ONCE:
            await asyncio.sleep(len(self._players) * OWN_SECONDS_A_PLAYER)
        places = self._places()
        for number, member in enumerate(list(self._players.values()), start=1):
            self._tell_own(member, places)
            if number % AT_ONCE == 0:
                await asyncio.sleep(0)

    def _tell_people(self, members: Iterable[Member]) -> None:
        """Who is there, for the host and the projector; and, for the host, the answers to decide on."""
        state, present = self.engine.state, frozenset(self.engine.present)
        for role in ("host", "stage"):
            these = [member for member in members if member.role == role]
            if not these:
                continue
            told = [views.people(state, present=present, ids=role == "host")]
            if role == "host":
                told.append(views.groups(state))
            for message in told:
                made = frame(_text(message))
                for member in these:
                    member.line.send(message["t"], made)
        self._sent["people"] = asyncio.get_running_loop().time()


def with_html(room: dict[str, Any]) -> dict[str, Any]:
    """*room* with what the deck says in Markdown as HTML beside it."""
    told = dict(room)
    if question := room.get("question"):
        told["question"] = {**question, "html": html(question["text"])}
    if reveal := room.get("reveal"):
        told["reveal"] = {
            **reveal,
            "reference_html": html(reveal["reference"]),
            "explanation_html": html(reveal["explanation"]) if reveal["explanation"] else "",
        }
    return told


def _text(message: Mapping[str, Any]) -> str:
    return json.dumps(message, ensure_ascii=False, separators=(",", ":"))
