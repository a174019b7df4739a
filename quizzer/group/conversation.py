"""One live connection, from its first word to its last: what it asks for is carried out, or refused with a reason."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import secrets
from typing import Any

from starlette.websockets import WebSocket, WebSocketDisconnect, WebSocketState

from quizzer.errors import GroupRefused, MessageRefused, QuizzerError, StorageError
from quizzer.group import commands, messages
from quizzer.group.access import Access
from quizzer.group.commands import Command
from quizzer.group.hub import Hub, Member
from quizzer.group.limits import Traffic
from quizzer.group.lines import Line
from quizzer.group.names import folded

HELLO_SECONDS = 15.0
"""A connection says who it is within so long: when it is open, and again after each time that it was refused. Longer
than a phone on a bad network needs; whoever is still typing a name connects anew."""

HELLOS = 10
"""Names and codes that one connection may try."""

logger = logging.getLogger("quizzer.group")


class Conversation:
    """What one connection says, in order."""

    def __init__(
        self, socket: WebSocket, line: Line, hub: Hub, access: Access, *, hello_seconds: float = HELLO_SECONDS
    ) -> None:
        self._hello_seconds = hello_seconds
        self._socket, self._hub, self._access = socket, hub, access
        self._engine = hub.engine
        self._address = socket.client.host if socket.client else ""
        self._member = Member(line, Traffic())

    async def run(self) -> None:
        """Until either end closes it."""
        member = self._member
        member.conversation = asyncio.current_task()
        await self._socket.accept()
        try:
            if await self._introduced():
                while await self._heard(await self._text()):
                    pass
        except (WebSocketDisconnect, TimeoutError):
            pass
        except asyncio.CancelledError:
            if member.leaving is None:
                raise
            # The hub has said goodbye, for this connection alone.
            asyncio.current_task().uncancel()  # type: ignore[union-attr]  # this is a task
        except Exception:
            # A mistake of ours is one connection's trouble: the others go on, and this client comes back by itself.
            logger.exception("a connection failed")
        finally:
            self._hub.leave(member)
        await self._close()

    async def _introduced(self) -> bool:
        """Whether it has said who it is, and is let in."""
        for _ in range(HELLOS):
            async with asyncio.timeout(self._hello_seconds):
                text = await self._text()
            number = None
            try:
                said = messages.parse(text)
                number = said.n
                if isinstance(said, messages.Ping):
                    self._member.answer({"t": "pong"} | _numbered(number))
                elif isinstance(said, messages.Hello):
                    await self._admit(said)
                    return True
                else:
                    raise GroupRefused("hello-first", "say hello first")
            except QuizzerError as error:
                self._refuse(error, number if number is not None else messages.request_number(text))
        return False

    async def _admit(self, hello: messages.Hello) -> None:
        """Let it in as whom it says it is; raises GroupRefused where that cannot be."""
        member = self._member
        if hello.role == "host":
            self._access.check_host(hello.token)
            member.traffic = Traffic(host=True)
        elif hello.role == "stage":
            self._access.check_stage(hello.token)
        else:
            member.player = await self._player(hello)
        member.role = hello.role
        self._welcome(hello)
        self._hub.enter(member)

    async def _player(self, hello: messages.Hello) -> str:
        state, now = self._engine.state, asyncio.get_running_loop().time()
        if hello.token:
            player = self._access.player_with_token(state, hello.token)
            self._access.heard(player)
            return player
        self._access.check_code(hello.code, address=self._address, at=now)
        if hello.personal:
            return self._access.player_with_code(state, hello.personal, address=self._address, at=now)
        name = folded(hello.name)
        try:
            after = await self._engine.do(commands.Join(hello.name, hello.team))
        except GroupRefused as error:
            holder = self._engine.state.names.get(name, "")
            lost = self._access.lost_welcome(holder, address=self._address, at=now)
            if error.why != "name-taken" or not lost or self._hub.connected(holder):
                raise
            return holder
        self._access.joined(after.names[name], address=self._address, at=now)
        return after.names[name]

    def _welcome(self, hello: messages.Hello) -> None:
        member = self._member
        message: dict[str, Any] = {"t": "welcome", "role": member.role}
        if member.role == "player":
            token, personal = self._access.keys(member.player)
            name = self._engine.state.players[member.player].name
            message |= {"player": member.player, "name": name, "token": token, "personal": personal}
        member.answer(message | _numbered(hello.n))

    async def _heard(self, text: str) -> bool:
        """Carry out what was said; whether to go on listening."""
        member, now = self._member, asyncio.get_running_loop().time()
        number = None
        try:
            said = messages.parse(text)
            number = said.n
            self._access.heard(member.player)
            if not member.traffic.message(at=now):
                raise GroupRefused("too-fast", "that is too much at once; wait a moment")
            await self._carry_out(said, now)
        except QuizzerError as error:
            self._refuse(error, number if number is not None else messages.request_number(text))
        return not member.traffic.flooding

    async def _carry_out(self, said: messages.ClientMessage, now: float) -> None:
        member = self._member
        if isinstance(said, messages.Ping):
            member.answer({"t": "pong"} | _numbered(said.n))
            return
        if isinstance(said, messages.Draft) and said.n is None:
            self._engine.draft(self._playing(), said.question, said.text)
        else:
            command = self._command(said)
            if not member.traffic.write(at=now):
                raise GroupRefused("too-fast", "that is too much at once; wait a moment")
            await self._engine.do(command)
        if said.n is not None:
            member.answer({"t": "ack", "n": said.n})

    def _command(self, said: messages.ClientMessage) -> Command:
        if isinstance(said, messages.Do):
            if self._member.role != "host":
                raise GroupRefused("not-yours", "only the host can do that")
            return messages.host_command(said, seed=secrets.randbits(32))
        if isinstance(said, messages.Hello | messages.Ping):
            raise GroupRefused("hello-twice", "this connection has said hello already")
        return messages.player_command(said, self._playing())

    def _playing(self) -> str:
        if not self._member.player:
            raise GroupRefused("not-yours", "only players can do that")
        return self._member.player

    def _refuse(self, error: QuizzerError, number: int | None) -> None:
        if isinstance(error, GroupRefused):
            why = error.why
        elif isinstance(error, MessageRefused):
            why = "bad-message"
        else:
            why = "not-saved" if isinstance(error, StorageError) else error.code
        # Where the host's files are is no player's business.
        said = error.message if isinstance(error, GroupRefused | MessageRefused) or self._member.role == "host" else (
            "the host's machine could not save that"
        )  # fmt: skip
        self._member.answer({"t": "refused", "code": why, "message": said} | _numbered(number))

    async def _text(self) -> str:
        message = await self._socket.receive()
        if message["type"] == "websocket.disconnect":
            raise WebSocketDisconnect(message.get("code") or 1005)
        text = message.get("text")
        if text is None:
            return ""  # bytes are no message of ours: refused as any other that is not understood
        return str(text)

    async def _close(self) -> None:
        if self._socket.client_state is WebSocketState.CONNECTED:
            with contextlib.suppress(WebSocketDisconnect, RuntimeError):
                await self._socket.close(1000)


def _numbered(number: int | None) -> dict[str, int]:
    return {} if number is None else {"n": number}
