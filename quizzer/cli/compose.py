"""Puts the parts together for commands: which files, which store, which grader.

Every function imports what it returns, so that a command loads no more than it asks for.
"""

from __future__ import annotations

import functools
import os
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import click

import quizzer
from quizzer import config as configuration
from quizzer.cli.output import print_problem
from quizzer.config import Config, Paths
from quizzer.errors import Problem, StorageError

if TYPE_CHECKING:
    from datetime import date

    from quizzer.decks.library import Library
    from quizzer.grading.batches import RecentEmbedder
    from quizzer.grading.embedder import Loaded
    from quizzer.grading.grader import MeaningGrader
    from quizzer.grading.mistaken import DeckGrader, OtherCards
    from quizzer.grading.vectors import SentenceVectors
    from quizzer.ports import Embedder, Grader, PieceCounter
    from quizzer.storage.agenda import Agenda
    from quizzer.storage.database import Database
    from quizzer.storage.store import SqliteStore


def paths() -> Paths:
    """Where this user's files are."""
    return configuration.paths()


def config() -> Config:
    """The user's configuration, checked."""
    return configuration.load(paths().config_file)


def today() -> date:
    """The learning day that it is now."""
    from quizzer.cli.clock import now, utc_offset_minutes
    from quizzer.scheduling.days import learning_day

    at = now()
    return learning_day(at, utc_offset_minutes(at), day_start_hour=config().day_start_hour)


def bundled_decks() -> Path:
    """The folder of the decks that ship with quizzer, in a wheel or beside an editable install's package."""
    package = Path(quizzer.__file__).parent
    installed = package / "bundled_decks"
    return installed if installed.is_dir() else package.parent / "decks"


def deck_folders() -> list[tuple[str, Path]]:
    """Where decks are looked for, in order: (name of the place, folder)."""
    try:
        here = [("folder", Path("decks").absolute())]
    except FileNotFoundError:
        here = []  # the current folder was deleted; everything else is still there
    return [
        *here,
        *(("configured", folder) for folder in config().decks),
        ("user", paths().decks),
        ("bundled", bundled_decks()),
    ]


def library(
    selectors: Sequence[str] = (), *, progress: Callable[[int, int], None] | None = None, broken_ok: bool = False
) -> Library:
    """The decks found, read again where a file has changed, narrowed to *selectors* (ids, files, folders).

    Raises:
        DeckNotFound: a selector names nothing.
        DeckInvalid: every deck that *selectors* name is broken, and not *broken_ok*.
    """
    from quizzer.decks.library import Library  # sqlite3

    found = Library(paths().deck_index, deck_folders())
    context = click.get_current_context(silent=True)
    if context is not None:
        context.call_on_close(found.close)
    found.refresh(selectors, progress=progress, broken_ok=broken_ok)
    return found


def database() -> Database:
    """The database, closed when the command ends: enough for counting.

    Raises:
        StorageError: the database cannot be used; says why and what to do.
    """
    from quizzer.storage.database import Database  # sqlite3

    opened = Database(paths().database, rules=config().rules())
    if not opened.meta("facts_applied"):
        _name_backups()
    context = click.get_current_context(silent=True)
    if context is not None:
        context.call_on_close(opened.close)
    return opened


def _name_backups() -> None:
    """Say so where the database is empty, but was not always: it may have been deleted."""
    if any(paths().backups.glob("quizzer-*.db")):
        problem = Problem("storage", "the database is empty, but there are backups with answers", str(paths().database),
                          hint="`quizzer restore` lists them, and puts one in its place")  # fmt: skip
        print_problem(problem, severity="warning")


def store(opened: Database | None = None) -> SqliteStore:
    """The log of facts, in the database *opened* or in one opened now; closed when the command ends."""
    from quizzer.storage.store import SqliteStore  # the domain types

    store = SqliteStore(opened or database())
    context = click.get_current_context(silent=True)
    if context is not None:
        before = store.connection.total_changes

        def close() -> None:
            store.count_new()
            if store.connection.total_changes > before:
                daily_backup()

        context.call_on_close(close)
    return store


def daily_backup() -> None:
    """Make today's backup where there is none; when the work is done, so that nobody waits for it to begin.

    That it fails is said on stderr, and changes nothing for the command that has done its work.
    """
    from quizzer.cli.clock import now
    from quizzer.storage import backup  # sqlite3

    folder, day = paths().backups, now().date()
    if backup.made_on(folder, day):
        return
    try:
        backup.back_up(paths().database, folder, day)
    except StorageError as error:
        problem = Problem(error.code, f"no backup of today was made: {error.message}", hint=error.hint)
        print_problem(problem, severity="warning")


def agenda(decks: Library, opened: Database) -> Agenda:
    """What is due and new in *decks*, by the learner's plan if there is one.

    Schedules in doubt, or under former ids of cards, are replayed first.
    """
    from quizzer.cli.daily_plan import follow_plan  # imports this module
    from quizzer.storage.agenda import Agenda

    aliases = decks.aliases()
    if opened.in_doubt or opened.aliases() != aliases:
        store(opened).set_aliases(aliases)
    found = Agenda(opened, decks.index_path, decks.active)
    follow_plan(found)
    return found


def before_numpy() -> None:
    """Settle what numpy and the model libraries read from the environment when they are first imported."""
    # Nothing is ever fetched from a model hub by grading; `quizzer model fetch` is the one command that does.
    os.environ.setdefault("HF_HUB_OFFLINE", "1")
    # numpy's own threads wait actively: on the small products of one answer they double the CPU time.
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")


@functools.lru_cache(maxsize=1)
def _embedder(model: str, models: Path, progress: Callable[[str], None] | None) -> Loaded:
    """The embedding model, loaded once for all that use it."""
    before_numpy()
    from quizzer.grading.embedder import load  # numpy

    return load(model, models=models, progress=progress)


def grader(*, model: str = "", progress: Callable[[str], None] | None = None) -> MeaningGrader:
    """The grader with *model* (a name or a path), the configured model, or the bundled one.

    Raises:
        ModelUnavailable: the model is not on this machine or cannot be loaded.
    """
    embedder = _embedder(model or config().model, paths().models, progress)
    from quizzer.grading.embedder import CachedEmbedder  # numpy
    from quizzer.grading.grader import MeaningGrader

    return MeaningGrader(embedder, references=CachedEmbedder(embedder, paths().vectors))


def group_grader() -> tuple[Grader, Embedder]:
    """The grader of a live session, and what it encodes with, which remembers the latest texts.

    A process that grades for a session calls this by name.

    Raises:
        ModelUnavailable: the model is not on this machine or cannot be loaded.
    """
    embedder = _embedder(config().model, paths().models, None)
    from quizzer.grading.batches import RecentEmbedder  # numpy
    from quizzer.grading.embedder import CachedEmbedder
    from quizzer.grading.grader import MeaningGrader

    recent = RecentEmbedder(embedder)
    return MeaningGrader(recent, references=CachedEmbedder(embedder, paths().vectors)), recent


def other_cards(library: Callable[[], Library]) -> OtherCards:
    """The other cards of each card's deck in *library*, which is asked for with the first card of a deck."""
    from quizzer.grading.mistaken import MOST_CARDS, OtherCards  # the languages

    return OtherCards(lambda deck_id: library().cards_of(deck_id, most=MOST_CARDS) if deck_id else ())


def deck_grader(
    library: Callable[[], Library], *, model: str = "", progress: Callable[[str], None] | None = None
) -> DeckGrader:
    """`grader`, which knows the other cards of each card's deck in *library*, too.

    Raises:
        ModelUnavailable: the model is not on this machine or cannot be loaded.
    """
    found = grader(model=model, progress=progress)
    from quizzer.grading.mistaken import DeckGrader  # numpy

    return DeckGrader(found, other_cards(library))


def sentence_vectors(*, model: str = "", progress: Callable[[str], None] | None = None) -> SentenceVectors:
    """Vectors of whole texts by the same model as `grader`'s, loaded once for both.

    Raises:
        ModelUnavailable: the model is not on this machine or cannot be loaded.
    """
    embedder = _embedder(model or config().model, paths().models, progress)
    from quizzer.grading.vectors import SentenceVectors  # numpy

    return SentenceVectors(embedder, paths().sentences)


class Meaning(NamedTuple):
    """What checks and tests of whole decks compare with; all of it uses one model."""

    grader: Grader
    """Encodes on every core, and remembers grades: for texts of decks only."""
    vectors: SentenceVectors
    counter: PieceCounter
    recent: RecentEmbedder
    """What *grader* encodes with."""


def meaning(*, model: str = "", progress: Callable[[str], None] | None = None) -> Meaning:
    """The model as commands use it that read whole decks.

    Raises:
        ModelUnavailable: the model is not on this machine or cannot be loaded.
    """
    embedder = _embedder(model or config().model, paths().models, progress)
    from quizzer.grading.batches import ParallelEmbedder, RecentEmbedder  # numpy
    from quizzer.grading.grader import MeaningGrader
    from quizzer.grading.onnx import OnnxEmbedder
    from quizzer.grading.regrading import RememberingGrader
    from quizzer.grading.remembered import Remembered
    from quizzer.grading.vectors import SentenceVectors

    # The tokenizers behind sentence-transformers refuse calls from two threads at once.
    many = ParallelEmbedder(embedder) if isinstance(embedder, OnnxEmbedder) else embedder
    recent = RecentEmbedder(many)
    return Meaning(
        grader=RememberingGrader(MeaningGrader(recent), Remembered(paths().sentences)),
        vectors=SentenceVectors(many, paths().sentences),
        counter=embedder,
        recent=recent,
    )
