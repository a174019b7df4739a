"""A host and a browser for the tests of the page: a session under a name that is not localhost, over plain HTTP."""

from __future__ import annotations

import itertools
import json
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from typing import Any

from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Dialog, Page
from websockets.sync.client import ClientConnection, connect

from quizzer.group.events import Question
from tests.group.serving import running_host

NAME = "quiz.test"
PATIENCE_MS = 300_000
"""A slow machine is no failure."""

ARGUMENTS = (
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync", f"--host-resolver-rules=MAP {NAME} 127.0.0.1",
)  # fmt: skip

PHONE = {
    "viewport": {"width": 360, "height": 740}, "device_scale_factor": 2, "is_mobile": True, "has_touch": True,
}  # fmt: skip
DESKTOP = {"viewport": {"width": 1280, "height": 800}}
PROJECTOR = {"viewport": {"width": 1920, "height": 1080}}


class HostLine:
    """The host's connection: does what the host's keys do, and waits for what follows."""

    def __init__(self, line: ClientConnection, token: str) -> None:
        self._line = line
        self._numbers = itertools.count(1)
        self.latest: dict[str, dict[str, Any]] = {}
        self._send({"t": "hello", "role": "host", "token": token})
        self.until(lambda: "room" in self.latest and "people" in self.latest)

    def do(self, what: str, **more: Any) -> None:
        """Have the server do it; fails where it refuses."""
        number = next(self._numbers)
        self._send({"t": "do", "what": what, "n": number, **more})
        self.until(lambda: number in (self.latest.get("ack", {}).get("n"), self.latest.get("refused", {}).get("n")))
        assert self.latest["ack"].get("n") == number, self.latest["refused"]

    def phase(self, wanted: str) -> None:
        """Wait until the session is there."""
        self.until(lambda: self.latest["room"]["phase"] == wanted)

    def player(self, name: str) -> str:
        """The id of the player of that *name*, who may still be on the way in."""
        self.until(lambda: any(one["name"] == name for one in self.latest["people"]["players"]))
        return next(str(one["id"]) for one in self.latest["people"]["players"] if one["name"] == name)

    def group(self, text: str) -> int:
        """The number of the group of answers that holds *text*."""
        self.until(lambda: any(text in one["texts"] for one in self.latest.get("groups", {}).get("groups", ())))
        return next(int(one["group"]) for one in self.latest["groups"]["groups"] if text in one["texts"])

    def reveal(self) -> None:
        """Let the points count, as soon as the answers are graded."""
        self.phase("judging")
        self.do("reveal")
        self.phase("revealed")

    def until(self, holds: Callable[[], bool]) -> None:
        while not holds():
            message = json.loads(self._line.recv(timeout=PATIENCE_MS / 1000))
            self.latest[message["t"]] = message

    def _send(self, message: dict[str, Any]) -> None:
        self._line.send(json.dumps(message))


@dataclass
class Watch:
    """What went wrong in any page, and every address that one asked for."""

    trouble: list[str] = field(default_factory=list)
    requests: list[str] = field(default_factory=list)

    def over(self, page: Page) -> None:
        """Watch *page* from now on."""
        page.on("console", self._console)
        page.on("pageerror", lambda error: self.trouble.append(str(error)))
        page.on("request", lambda request: self.requests.append(request.url))
        page.on("websocket", lambda socket: self.requests.append(socket.url))
        page.on("dialog", self._dialog)

    def _console(self, said: ConsoleMessage) -> None:
        if said.type in ("error", "warning"):
            self.trouble.append(said.text)

    def _dialog(self, dialog: Dialog) -> None:
        self.trouble.append(f"dialog: {dialog.message}")
        dialog.dismiss()


class Room:
    """A running session and the browsers in it."""

    def __init__(self, browser: Browser, stack: ExitStack, questions: tuple[Question, ...], **settings: Any) -> None:
        self.browser, self.watch = browser, Watch()
        self._stack, self._folder = stack, settings.get("folder")
        self._hosting = stack.enter_context(ExitStack())
        self._begin(questions, **settings)

    def _begin(self, questions: tuple[Question, ...], **settings: Any) -> None:
        self.running = self._hosting.enter_context(running_host(questions, names=frozenset({NAME}), **settings))
        line = self._hosting.enter_context(connect(self.running.ws_url, proxy=None))
        self.host = HostLine(line, self.running.host_token)

    def stop_host(self) -> None:
        """End the host's process, as far as players can tell."""
        self._hosting.close()

    def resume_host(self, session: str, *, port: int) -> None:
        """The host comes back where it was."""
        self._begin((), folder=self._folder, resume=session, port=port)

    @property
    def site(self) -> str:
        return f"http://{NAME}:{self.running.port}"

    @property
    def link(self) -> str:
        return f"{self.site}/#{self.running.code}"

    def device(self, kind: dict[str, Any] | None = None, **more: Any) -> BrowserContext:
        """A browser of its own, as on another device."""
        context = self.browser.new_context(**{**(kind or PHONE), "reduced_motion": "reduce", **more})
        self._stack.callback(context.close)
        context.set_default_timeout(PATIENCE_MS)
        context.on("page", self.watch.over)
        return context

    def join(self, name: str, kind: dict[str, Any] | None = None, **more: Any) -> Page:
        """The page of a new player, in the session."""
        page = self.device(kind, **more).new_page()
        page.goto(self.link)
        page.get_by_label("Your name").fill(name)
        page.get_by_role("button", name="Join").click()
        page.get_by_role("button", name="Menu").wait_for()
        return page

    def stage(self, kind: dict[str, Any] | None = None, **more: Any) -> Page:
        """The projector's page."""
        page = self.device(kind or PROJECTOR, **more).new_page()
        page.goto(f"{self.site}/stage#{self.running.stage_token}")
        page.get_by_role("heading", level=1).wait_for()
        return page


@contextmanager
def room(browser: Browser, questions: tuple[Question, ...], **settings: Any) -> Iterator[Room]:
    """A session that has just been opened; its browsers are closed at the end."""
    with ExitStack() as stack:
        yield Room(browser, stack, questions, **settings)
