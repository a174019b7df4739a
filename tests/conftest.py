"""What tests share: a home of their own, and the program run as a user runs it."""

from __future__ import annotations

import fcntl
import json
import os
import subprocess
import sys
from collections.abc import Callable, Generator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings

# A slow machine is no failure: no test asserts a time.
settings.register_profile("quizzer", deadline=None)
settings.load_profile("quizzer")

BROWSER_REQUIRED = "QUIZZER_BROWSER_REQUIRED"

Run = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty ``QUIZZER_HOME``, with an empty current folder beside it."""
    folder = tmp_path / "home"
    work = tmp_path / "work"
    work.mkdir()
    monkeypatch.setenv("QUIZZER_HOME", str(folder))
    monkeypatch.setenv("HF_HUB_OFFLINE", "1")
    # The terminal's size comes from the terminal; under xdist, readline has set the latter two.
    for name in ("QUIZZER_NOW", "COLUMNS", "LINES"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.chdir(work)
    return folder


@pytest.fixture
def decks(home: Path) -> Path:
    """``decks/`` of the current folder."""
    folder = home.parent / "work" / "decks"
    folder.mkdir()
    return folder


@pytest.fixture
def quizzer(home: Path) -> Run:
    """Runs the program as a process of its own: ``quizzer("due", "--json", stdin="", now="2026-01-01")``."""

    def run(
        *arguments: str, stdin: str = "", now: str | None = None, **environment: str
    ) -> subprocess.CompletedProcess[str]:
        variables = {**os.environ, **environment} | ({"QUIZZER_NOW": now} if now else {})
        return subprocess.run(
            [sys.executable, "-m", "quizzer", *arguments],
            input=stdin, env=variables, capture_output=True, text=True, encoding="utf-8", check=False, timeout=300,
        )  # fmt: skip

    return run


@pytest.fixture(scope="session")
def exported_models(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The bundled model, exported once for the whole run by the worker that needs it first."""
    from quizzer.grading.embedder import load

    folder = tmp_path_factory.getbasetemp()
    if "PYTEST_XDIST_WORKER" in os.environ:
        folder = folder.parent  # each worker has a folder of its own in that of the run
    with (folder / "models.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        load(models=folder / "models")
    return folder / "models"


@pytest.fixture
def ready_home(home: Path, exported_models: Path) -> Path:
    """A home whose model is exported already."""
    (home / "cache").mkdir(parents=True)
    (home / "cache" / "models").symlink_to(exported_models)
    return home


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """A skipped browser test fails where ``QUIZZER_BROWSER_REQUIRED`` is set: untested must not look like passed."""
    report = yield
    if report.skipped and item.get_closest_marker("browser") and os.environ.get(BROWSER_REQUIRED):
        report.outcome = "failed"
        report.longrepr = f"{BROWSER_REQUIRED} is set, but this browser test was skipped: {report.longrepr}"
    return report


@pytest.hookimpl(wrapper=True)
def pytest_make_collect_report(
    collector: pytest.Collector,
) -> Generator[None, pytest.CollectReport, pytest.CollectReport]:
    """The same for a whole module that is skipped, in a folder named ``browser``."""
    report = yield
    if report.skipped and "browser" in collector.path.parent.parts and os.environ.get(BROWSER_REQUIRED):
        report.outcome = "failed"
        report.longrepr = f"{BROWSER_REQUIRED} is set, but these browser tests were skipped: {report.longrepr}"
    return report


def envelope(text: str) -> dict[str, Any]:  # JSON
    """What a command printed with ``--json``."""
    value: dict[str, Any] = json.loads(text)
    return value
