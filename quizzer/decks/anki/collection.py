"""Reads Anki's database, in the layout of Anki 2.0 (schema 11) and of 2.1.28 and later (schema 18)."""

from __future__ import annotations

import contextlib
import json
import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import Any, cast

from quizzer.decks.anki import protobuf
from quizzer.decks.anki.model import Answered, CardTemplate, Collection, Note, NoteCard, NoteType
from quizzer.errors import PackageUnreadable

_LONGEST_VALUE = 64 * 1024 * 1024
_DECKS_LAST = "\x1f"
_SUSPENDED = -1
_HINT = "export it from Anki again: File, Export, Anki Deck Package"
_WANTED = {
    "notes": {"id", "guid", "mid", "tags", "flds"},
    "cards": {"id", "nid", "did", "ord", "mod", "queue", "odid"},
    "revlog": {"id", "cid", "ease", "factor", "time", "type"},
}


def read(database: Path, *, path: Path, history: bool) -> Collection:
    """What is in *database*, which was unpacked from *path*; *history*: its reviews too.

    Raises:
        PackageUnreadable: it is damaged, hostile or none of Anki's.
    """
    try:
        with contextlib.closing(_open(database)) as connection:
            tables = _tables(connection)
            return _read(connection, tables, history=history)
    except (sqlite3.Error, ValueError, OverflowError, RecursionError) as error:
        message = f"{path}: its collection is damaged, or none of Anki's: {error}"
        raise PackageUnreadable(message, hint=_HINT) from error


def _open(database: Path) -> sqlite3.Connection:
    """*database*, open so that nothing in it is run: no function that its schema names, no write."""
    connection = sqlite3.connect(f"{database.absolute().as_uri()}?mode=ro&immutable=1", uri=True)
    connection.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, _LONGEST_VALUE)
    connection.setlimit(sqlite3.SQLITE_LIMIT_ATTACHED, 0)
    connection.text_factory = lambda content: content.decode("utf-8", "replace")
    for pragma in ("trusted_schema = off", "query_only = on", "cell_size_check = on", "mmap_size = 0"):
        connection.execute(f"pragma {pragma}")
    # Anki's own collation; nothing here is sorted by it.
    connection.create_collation("unicase", lambda one, other: (one > other) - (one < other))
    return connection


def _tables(connection: sqlite3.Connection) -> set[str]:
    """The names of the tables; refuses a schema that would compute what is read from it."""
    names = set()
    for kind, name, page in connection.execute("select type, name, rootpage from sqlite_schema").fetchall():
        if kind not in ("table", "index") or (kind == "table" and not page):
            raise ValueError(f"it holds a {kind if kind in ('view', 'trigger') else 'virtual table'}, {name!r}")
        if kind == "table":
            names.add(str(name))
    for table, wanted in _WANTED.items():
        columns = connection.execute(f"pragma table_xinfo({table})").fetchall()
        if any(column[6] for column in columns):
            raise ValueError(f"table {table!r} has a column that is computed")
        if missing := wanted - {column[1] for column in columns}:
            raise ValueError(f"table {table!r} has no column {min(missing)!r}")
    return names


def _read(connection: sqlite3.Connection, tables: set[str], *, history: bool) -> Collection:
    if "notetypes" in tables:
        note_types, decks = _new_note_types(connection), _new_decks(connection)
    else:
        note_types, decks = _old_layout(connection)
    notes = {
        _whole(number): Note(_text(guid), _whole(kind), tuple(_text(tags).split()), tuple(_text(fields).split("\x1f")))
        for number, guid, kind, tags, fields in connection.execute(
            "select id, guid, mid, tags, flds from notes order by id"
        )
    }
    rows = connection.execute("select id, nid, ord, did, odid, queue, mod from cards order by nid, ord, id")
    cards = tuple(
        # A card in a filtered deck belongs to the one it came from.
        NoteCard(_whole(number), _whole(note), _whole(place), decks.get(_whole(home) or _whole(deck), ()),
                 _whole(queue) == _SUSPENDED, _whole(changed))
        for number, note, place, deck, home, queue, changed in rows
    )  # fmt: skip
    answered = tuple(_answers(connection)) if history else ()
    return Collection(note_types, notes, cards, answered)


def _answers(connection: sqlite3.Connection) -> Iterator[Answered]:
    for row in connection.execute("select id, cid, ease, factor, time, type from revlog order by id"):
        yield Answered(*map(_whole, row))


def _new_note_types(connection: sqlite3.Connection) -> dict[int, NoteType]:
    fields: dict[int, list[str]] = {}
    for kind, name in connection.execute("select ntid, name from fields order by ntid, ord"):
        fields.setdefault(_whole(kind), []).append(_text(name))
    templates: dict[int, list[CardTemplate]] = {}
    for kind, config in connection.execute("select ntid, config from templates order by ntid, ord"):
        message = _bytes(config)
        sides = CardTemplate(protobuf.text(message, 1), protobuf.text(message, 2))
        templates.setdefault(_whole(kind), []).append(sides)
    return {
        _whole(number): NoteType(_text(name), protobuf.whole(_bytes(config), 1) == 1,
                                 tuple(fields.get(number, ())), tuple(templates.get(number, ())))
        for number, name, config in connection.execute("select id, name, config from notetypes")
    }  # fmt: skip


def _new_decks(connection: sqlite3.Connection) -> dict[int, tuple[str, ...]]:
    rows = connection.execute("select id, name from decks")
    return {_whole(number): tuple(_text(name).split(_DECKS_LAST)) for number, name in rows}


def _old_layout(connection: sqlite3.Connection) -> tuple[dict[int, NoteType], dict[int, tuple[str, ...]]]:
    """Note types and decks, which schema 11 holds as JSON."""
    row = connection.execute("select models, decks from col").fetchone()
    if row is None:
        raise ValueError("it has no note types")
    note_types = {
        int(number): NoteType(
            str(kind.get("name", "")), kind.get("type") == 1,
            tuple(str(field.get("name", "")) for field in _objects(kind.get("flds"))),
            tuple(CardTemplate(str(sides.get("qfmt", "")), str(sides.get("afmt", "")))
                  for sides in _objects(kind.get("tmpls"))),
        )
        for number, kind in _object(json.loads(_text(row[0]))).items() if isinstance(kind, dict)
    }  # fmt: skip
    decks = {
        int(number): tuple(str(deck.get("name", "")).split("::"))
        for number, deck in _object(json.loads(_text(row[1]))).items() if isinstance(deck, dict)
    }  # fmt: skip
    return note_types, decks


def _object(value: object) -> dict[str, Any]:  # JSON
    if not isinstance(value, dict):
        raise ValueError("its note types or decks are not what they should be")
    return cast("dict[str, Any]", value)


def _objects(value: object) -> list[dict[str, Any]]:  # JSON
    found = [item for item in value if isinstance(item, dict)] if isinstance(value, list) else []
    return sorted(found, key=lambda item: item["ord"] if isinstance(item.get("ord"), int) else 0)


def _text(value: object) -> str:
    """*value* as text; SQLite's columns hold what was put into them."""
    return value.decode("utf-8", "replace") if isinstance(value, bytes) else "" if value is None else str(value)


def _whole(value: object) -> int:
    if isinstance(value, int):
        return value
    if isinstance(value, (float, str)):
        return int(float(value))
    raise ValueError(f"a number is {type(value).__name__}")


def _bytes(value: object) -> bytes:
    return value if isinstance(value, bytes) else b""
