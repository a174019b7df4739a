"""`quizzer model fetch`, against a hub of our own on a real socket."""

from __future__ import annotations

import hashlib
import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from quizzer.grading.source import find
from tests.conftest import Run

MODEL = find("").folder
COMMIT = "0123456789abcdef0123456789abcdef01234567"


class Hub(BaseHTTPRequestHandler):
    """The part of the hub's protocol that a download needs: a model's listing, and its files."""

    def do_HEAD(self) -> None:
        self._answer(body=False)

    def do_GET(self) -> None:
        self._answer(body=True)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002  the base class's name
        """Quiet."""

    def _answer(self, *, body: bool) -> None:
        self.server.seen.append(self.path)  # type: ignore[attr-defined]  # set by the fixture
        for owner, files in self.server.models.items():  # type: ignore[attr-defined]
            if self.path.startswith((f"/api/models/{owner}/tree/",)):
                listing = [{"type": "file", "path": name, "size": len(data), "oid": "0" * 40}
                           for name, data in files.items()]  # fmt: skip
                return self._send(200, json.dumps(listing).encode(), body=body)
            if self.path.split("?")[0] in (f"/api/models/{owner}", f"/api/models/{owner}/revision/main"):
                siblings = [{"rfilename": name, "size": len(data)} for name, data in files.items()]
                listing_of = {"id": owner, "modelId": owner, "sha": COMMIT, "siblings": siblings, "tags": []}
                return self._send(200, json.dumps(listing_of).encode(), body=body)
            name = self.path.removeprefix(f"/{owner}/resolve/{COMMIT}/")
            if name in files:
                return self._send(200, files[name], body=body)
        return self._send(404, b"{}", body=body, **{"X-Error-Code": "RepoNotFound"})

    def _send(self, status: int, content: bytes, *, body: bool, **headers: str) -> None:
        self.send_response(status)
        self.send_header("Content-Length", str(len(content)))
        self.send_header("ETag", f'"{hashlib.sha256(content).hexdigest()}"')
        self.send_header("X-Repo-Commit", COMMIT)
        for name, value in headers.items():
            self.send_header(name, value)
        self.end_headers()
        if body:
            self.wfile.write(content)


@pytest.fixture
def hub() -> Iterator[ThreadingHTTPServer]:
    """A hub with one sentence-transformers model and one model that is none."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), Hub)
    files = {str(path.relative_to(MODEL)): path.read_bytes() for path in MODEL.rglob("*") if path.is_file()}
    server.models = {  # type: ignore[attr-defined]
        "someone/small": files | {"README.md": b"# small", "tf_model.h5": b"not wanted"},
        "someone/other": {"config.json": b"{}", "model.safetensors": b"x"},
    }
    server.seen = []  # type: ignore[attr-defined]
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield server
    server.shutdown()
    server.server_close()


def _settings(hub: ThreadingHTTPServer, tmp_path: Path) -> dict[str, str]:
    return {
        "HF_ENDPOINT": f"http://127.0.0.1:{hub.server_port}",
        "HF_HOME": str(tmp_path / "hub"),
        "HF_HUB_OFFLINE": "0",
    }


@pytest.mark.model
def test_a_fetched_model_grades_by_its_name(quizzer: Run, hub: ThreadingHTTPServer, tmp_path: Path) -> None:
    """From the network once, then offline for good; what the hub keeps beside the model is not downloaded."""
    settings = _settings(hub, tmp_path)
    done = quizzer("model", "fetch", "someone/small", **settings)
    assert done.returncode == 0, done.stderr
    assert f"downloading someone/small (92 MB) from {settings['HF_ENDPOINT']}" in done.stderr
    assert 'model = "someone/small"' in done.stdout
    asked = list(hub.seen)  # type: ignore[attr-defined]
    assert not [path for path in asked if "tf_model" in path or "README" in path]
    assert "Fetching" not in done.stderr
    offline = settings | {"HF_HUB_OFFLINE": "1"}
    graded = quizzer("grade", "bert/bert-02", "--answer", "no NSP", "--model", "someone/small", "--json", **offline)
    assert "someone/small@" in json.loads(graded.stdout)["data"]["grader"]
    assert hub.seen == asked  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("name", "message", "hint"),
    [
        ("someone/other", "is not a sentence-transformers model", "choose one that has"),
        ("someone/missing", "has no model 'someone/missing'", "check the spelling"),
        ("../up", "is not the name of a model", "owner/model"),
    ],
)
def test_what_cannot_be_fetched_is_said(
    quizzer: Run, hub: ThreadingHTTPServer, tmp_path: Path, name: str, message: str, hint: str
) -> None:
    """Each with what to do next."""
    done = quizzer("model", "fetch", name, **_settings(hub, tmp_path))
    assert done.returncode == 6
    assert message in done.stderr
    assert hint in done.stderr


def test_a_hub_out_of_reach_is_said(quizzer: Run, tmp_path: Path) -> None:
    """No traceback for a train without a network."""
    settings = {"HF_ENDPOINT": "http://127.0.0.1:9", "HF_HOME": str(tmp_path), "HF_HUB_OFFLINE": "0"}
    done = quizzer("model", "fetch", "someone/small", **settings)
    assert done.returncode == 6
    assert "http://127.0.0.1:9 cannot be reached" in done.stderr


def test_offline_is_respected(quizzer: Run) -> None:
    """Who has switched downloads off is asked first."""
    done = quizzer("model", "fetch", "someone/small", HF_HUB_OFFLINE="1")
    assert done.returncode == 6
    assert "downloads are switched off" in done.stderr
