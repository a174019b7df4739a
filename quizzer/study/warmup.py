"""Loads the grader in a thread while the learner thinks, so that the first answer finds it ready."""

from __future__ import annotations

import threading
from collections.abc import Callable

from quizzer.ports import Grader

Load = Callable[[Callable[[str], None]], Grader]
"""Loads the grader, reporting its progress in words."""


class Warmup:
    """A grader on its way."""

    def __init__(self, load: Load) -> None:
        """*load* runs in a thread, once `start` is called."""
        self._load = load
        self._thread: threading.Thread | None = None
        self._grader: Grader | None = None
        self._error: BaseException | None = None
        self.message = "the grader is getting ready"
        """What it is doing, for whoever has to wait."""

    def start(self) -> None:
        """Begin, unless it has begun."""
        if self._thread is None:
            # A daemon: quitting before the model is loaded must not wait for it.
            self._thread = threading.Thread(target=self._run, name="grader", daemon=True)
            self._thread.start()

    def _run(self) -> None:
        try:
            self._grader = self._load(self._report)
        except BaseException as error:  # noqa: BLE001  raised again in the thread that asks for the grader
            self._error = error

    def _report(self, message: str) -> None:
        self.message = message

    def ready(self, *, timeout_seconds: float = 0.0) -> bool:
        """Whether the grader is there, or failed, after waiting at most this long."""
        self.start()
        if self._thread is not None:
            self._thread.join(timeout_seconds)
            return not self._thread.is_alive()
        return False

    def grader(self) -> Grader:
        """The grader, waited for.

        Raises:
            GradingError: it could not be loaded.
        """
        while not self.ready(timeout_seconds=0.2):
            continue  # short waits, so that Ctrl-C is heard
        if self._grader is None:
            raise self._error or RuntimeError("the grader's thread ended without a grader")
        return self._grader
