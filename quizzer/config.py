"""Paths, ``config.toml`` and environment: everything that a user can set, read in one place."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from quizzer.errors import ConfigError

HOME_VARIABLE = "QUIZZER_HOME"
MOST_NEW_CARDS = 10_000


@dataclass(frozen=True, slots=True)
class Paths:
    """Where quizzer keeps its files."""

    data: Path
    config: Path
    cache: Path

    @property
    def database(self) -> Path:
        """The log of facts: the one file that matters."""
        return self.data / "quizzer.db"

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
    def models(self) -> Path:
        """Exported models; may be deleted."""
        return self.cache / "models"


@dataclass(frozen=True, slots=True)
class Config:
    """``config.toml``, checked. Each field is a key of the file."""

    new_per_day: int = 10
    """New cards a learning day, over all decks."""
    decks: tuple[Path, ...] = ()
    """Further folders or files to look for decks in."""
    model: str = ""
    """Name or path of a sentence-transformers model on this machine; empty: the bundled one."""
    player: str = ""
    """Name recorded with reviews."""


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
    return _checked(values, config_file)


_KEYS: dict[str, tuple[type, str, str]] = {
    "new_per_day": (int, f"a whole number from 0 to {MOST_NEW_CARDS}", "new cards a day, over all decks"),
    "decks": (list, 'a list of paths, like ["~/decks"]', "further folders or files to look for decks in"),
    "model": (str, "a name or a path in quotes", "embedding model on this machine; none: the bundled one"),
    "player": (str, "a name in quotes", "name recorded with your answers"),
}
"""Key -> kind of its value, that kind in words, what the key means."""


def describe_keys() -> dict[str, str]:
    """What each key of ``config.toml`` means, in the order in which they are shown."""
    return {key: meaning for key, (_, _, meaning) in _KEYS.items()}


def _checked(values: dict[str, Any], config_file: Path) -> Config:
    problems = []
    for key, value in values.items():
        if key not in _KEYS:
            problems.append(f"unknown key {key!r}")
            continue
        kind, expected, _ = _KEYS[key]
        wrong = type(value) is not kind or (isinstance(value, int) and not 0 <= value <= MOST_NEW_CARDS)
        if wrong or (kind is list and not all(isinstance(item, str) for item in value)):
            problems.append(f"{key!r} must be {expected}")
    if problems:
        raise ConfigError(f"{config_file}: {'; '.join(problems)}", hint=f"known keys: {', '.join(_KEYS)}")
    folders = tuple(config_file.parent / _expanded(item, str(config_file)) for item in values.get("decks", ()))
    return Config(**{**values, "decks": folders})
