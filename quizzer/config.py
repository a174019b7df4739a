"""Paths, ``config.toml`` and environment: everything that a user can set, read in one place."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, NamedTuple

from quizzer.errors import ConfigError
from quizzer.scheduling.rules import DAY_START_HOUR, DESIRED_RETENTION, LEECH_LAPSES, MAXIMUM_INTERVAL_DAYS, Rules

if TYPE_CHECKING:
    from quizzer.model import SchedulerName

HOME_VARIABLE = "QUIZZER_HOME"


class Paths(NamedTuple):
    """Where quizzer keeps its files."""

    data: Path
    config: Path
    cache: Path

    @property
    def database(self) -> Path:
        """The log of facts: the one file that matters."""
        return self.data / "quizzer.db"

    @property
    def backups(self) -> Path:
        """Copies of the database of the last days."""
        return self.data / "backups"

    @property
    def sessions(self) -> Path:
        """The logs of live sessions and parties."""
        return self.data / "sessions"

    @property
    def seats(self) -> Path:
        """Where this user sits in other people's live sessions."""
        return self.data / "seats"

    @property
    def decks(self) -> Path:
        """The user's own decks."""
        return self.data / "decks"

    @property
    def config_file(self) -> Path:
        """The configuration."""
        return self.config / "config.toml"

    @property
    def deck_index(self) -> Path:
        """Parsed decks; may be deleted."""
        return self.cache / "decks.db"

    @property
    def vectors(self) -> Path:
        """Vectors of reference answers; may be deleted."""
        return self.cache / "vectors.db"

    @property
    def sentences(self) -> Path:
        """Vectors of whole texts, and what checks of decks found; may be deleted."""
        return self.cache / "sentences.db"

    @property
    def plan(self) -> Path:
        """Today's plan; may be deleted."""
        return self.cache / "plan.json"

    @property
    def models(self) -> Path:
        """Exported models; may be deleted."""
        return self.cache / "models"


class Config(NamedTuple):
    """``config.toml``, checked. Each field is a key of the file; `quizzer.settings` says what each may hold."""

    new_per_day: int = 10
    """New cards a learning day, over all decks."""
    reviews_per_day: int | None = None
    """Cards that come back a learning day; None: all, and a backlog is spread over days."""
    minutes_per_day: int | None = None
    """Minutes of study a learning day; None: no limit."""
    leech_lapses: int = LEECH_LAPSES
    """How often a card is forgotten before it is a leech; 0: never."""
    decks: tuple[Path, ...] = ()
    """Further folders or files to look for decks in."""
    model: str = ""
    """Name or path of a sentence-transformers model on this machine; empty: the bundled one."""
    player: str = ""
    """Name recorded with reviews."""
    scheduler: SchedulerName = "sm2"
    desired_retention: float = DESIRED_RETENTION
    maximum_interval_days: int = MAXIMUM_INTERVAL_DAYS
    fsrs_parameters: tuple[float, ...] = ()
    """FSRS-6's 21 parameters; empty: the default ones."""
    day_start_hour: int = DAY_START_HOUR
    deck: Mapping[str, Mapping[str, Any]] = MappingProxyType({})  # the values are checked as those above
    """Deck id -> the keys that are set for this deck alone."""

    def for_deck(self, deck_id: str) -> Config:
        """The configuration as it holds for one deck."""
        return self._replace(**self.deck.get(deck_id, {}), deck={})

    def rules(self) -> Rules:
        """What schedules are made by."""
        decks = {deck_id: self.for_deck(deck_id).rules() for deck_id in self.deck}
        return Rules(
            self.scheduler, self.desired_retention, self.maximum_interval_days, self.fsrs_parameters,
            self.day_start_hour, decks,
        )  # fmt: skip


def paths() -> Paths:
    """The folders of this user: ``QUIZZER_HOME`` when it is set, else the platform's own."""
    home = os.environ.get(HOME_VARIABLE, "").strip()
    if home:
        root = _expanded(home, HOME_VARIABLE).absolute()
        return Paths(data=root, config=root, cache=root / "cache")
    import platformdirs  # 6 ms, not needed where QUIZZER_HOME is set

    dirs = platformdirs.PlatformDirs("quizzer", appauthor=False)
    return Paths(data=dirs.user_data_path, config=dirs.user_config_path, cache=dirs.user_cache_path)


def _expanded(path: str, source: str) -> Path:
    try:
        return Path(path).expanduser()
    except RuntimeError as error:  # ~name of somebody who is not there
        raise ConfigError(f"{source}: {path!r} names no home folder", hint="write the whole path") from error


def load(config_file: Path) -> Config:
    """The configuration in *config_file*; the defaults where there is no such file.

    Raises:
        ConfigError: the file cannot be read, is not TOML, or has an unknown key or a value of the wrong kind.
    """
    try:
        text = config_file.read_bytes()
    except FileNotFoundError:
        return Config()
    except OSError as error:
        raise ConfigError(
            f"{config_file}: cannot be read: {error.strerror}", hint="QUIZZER_HOME must be a folder that you can read"
        ) from error
    import tomllib  # most users have no configuration file

    try:
        values = tomllib.loads(text.decode())
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise ConfigError(
            f"{config_file}: not valid TOML: {error}", hint="correct the line or delete the file"
        ) from error
    from quizzer.settings import DECK_TABLE, KEYS, problems  # as tomllib

    if found := problems(values):
        raise ConfigError(f"{config_file}: {'; '.join(found)}", hint=f"known keys: {', '.join(KEYS)}")
    folders = tuple(config_file.parent / _expanded(item, str(config_file)) for item in values.get("decks", ()))
    decks = {deck_id: _frozen(table) for deck_id, table in values.get(DECK_TABLE, {}).items()}
    return Config(**{**_frozen(values), "decks": folders, "deck": decks})


def _frozen(values: Mapping[str, Any]) -> dict[str, Any]:
    """*values* with lists as tuples, and numbers of one kind: 1 and 1.0 mean the same schedule."""
    frozen = dict(values)
    if "fsrs_parameters" in frozen:
        frozen["fsrs_parameters"] = tuple(map(float, frozen["fsrs_parameters"]))
    if "desired_retention" in frozen:
        frozen["desired_retention"] = float(frozen["desired_retention"])
    return frozen
