"""Writes a deck as a package that Anki imports: the same deck always gives the same package."""

from __future__ import annotations

import contextlib
import io
import json
import re
import sqlite3
import tempfile
import zipfile
from collections.abc import Iterator, Mapping
from datetime import UTC, date, datetime
from hashlib import blake2b, sha1
from pathlib import Path

from quizzer.decks.anki import layout
from quizzer.decks.anki.marking import items_html, to_html
from quizzer.decks.anki.model import OWN_GUID, SEPARATOR
from quizzer.decks.anki.progress import STARTING_FACTOR, Progress
from quizzer.model import Card, Deck

COMMENT = b"made by quizzer"
"""In the zip file, so that an export may replace it."""

_EARLIEST_ID = 1_500_000_000_000
"""Anki's ids are milliseconds; these lie in 2017 to 2020, when nobody has made a note of quizzer's."""
_IDS = 100_000_000_000
_FIRST_DAY = date(2020, 1, 1)
_LAST_CHANGE_S = 4_000_000_000
_NOT_IN_TAGS = re.compile(r"[\s\"\u3000\x00-\x1f]+")
_NEW, _REVIEW, _SUSPENDED = 0, 2, -1


def write(deck: Deck, *, changed_s: int, progress: Mapping[str, Progress]) -> bytes:
    """The package of the answered cards of *deck*; *progress*: by key, of those that are to keep their schedule.

    *changed_s*: seconds since 1970 when the deck changed last; Anki takes over what is newer than its own.
    """
    changed_s = max(1, min(changed_s, _LAST_CHANGE_S))
    with tempfile.TemporaryDirectory(prefix="quizzer-anki-") as folder:
        database = Path(folder) / "collection.db"
        with contextlib.closing(sqlite3.connect(database)) as connection:
            _fill(connection, deck, changed_s, progress)
            connection.commit()
        collection = database.read_bytes()
    package = io.BytesIO()
    with zipfile.ZipFile(package, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in (("collection.anki2", collection), ("media", b"{}")):
            entry = zipfile.ZipInfo(name, (2020, 1, 1, 0, 0, 0))
            entry.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(entry, content)
        archive.comment = COMMENT
    return package.getvalue()


def is_ours(path: Path) -> bool:
    """Whether quizzer wrote the package *path*."""
    try:
        with zipfile.ZipFile(path) as archive:
            return archive.comment == COMMENT
    except (zipfile.BadZipFile, OSError):
        return False


def exported(deck: Deck) -> list[Card]:
    """The cards of *deck* that go into a package: Anki cannot show a card without an answer."""
    return [card for card in deck.cards if card.answers]


def _fill(connection: sqlite3.Connection, deck: Deck, changed_s: int, progress: Mapping[str, Progress]) -> None:
    for statement in layout.STATEMENTS:
        connection.execute(statement)
    deck_id = _number(f"deck {deck.id}")
    decks = {
        "1": layout.deck(1, "Default", changed_s=0),
        str(deck_id): layout.deck(deck_id, _deck_name(deck), changed_s=changed_s),
    }
    created = int(datetime(_FIRST_DAY.year, _FIRST_DAY.month, _FIRST_DAY.day, 12, tzinfo=UTC).timestamp())
    connection.execute(
        "insert into col (id, crt, mod, scm, ver, dty, usn, ls, conf, models, decks, dconf, tags) "
        "values (1, ?, ?, ?, 11, 0, 0, 0, ?, ?, ?, ?, '{}')",
        (created, changed_s * 1000, changed_s * 1000, json.dumps(layout.CONFIGURATION),
         json.dumps({str(layout.NOTE_TYPE_ID): layout.note_type()}), json.dumps(decks),
         json.dumps(layout.DECK_OPTIONS)),
    )  # fmt: skip
    reviewed: set[int] = set()
    # Ascending, since Anki shows notes in the order of their ids; it finds a note again by its GUID alone.
    for place, card in enumerate(exported(deck)):
        number = deck_id + place
        _note(connection, card, number, changed_s)
        known = progress.get(card.key)
        _card(connection, number, deck_id, place, changed_s, known)
        for row in _log(number, known, reviewed):
            connection.execute(
                "insert into revlog (id, cid, usn, ease, ivl, lastIvl, factor, time, type) "
                "values (?, ?, -1, ?, ?, ?, ?, ?, ?)", row,
            )  # fmt: skip


def _note(connection: sqlite3.Connection, card: Card, number: int, changed_s: int) -> None:
    fields = (
        to_html(card.question), SEPARATOR.join(to_html(answer) for answer in card.answers), items_html(card.points),
        to_html(card.explanation), items_html(card.hints), items_html(card.sources), to_html(card.key),
    )  # fmt: skip
    tags = " ".join(dict.fromkeys(tag for text in card.tags if (tag := _NOT_IN_TAGS.sub("_", text).strip("_"))))
    # Anki's own checksum, by which it finds notes with the same first field; nothing depends on its strength.
    first = re.sub(r"<[^>]*>", "", fields[0])
    checksum = int(sha1(first.encode(), usedforsecurity=False).hexdigest()[:8], 16)
    connection.execute(
        "insert into notes (id, guid, mid, mod, usn, tags, flds, sfld, csum, flags, data) "
        "values (?, ?, ?, ?, -1, ?, ?, ?, ?, 0, '')",
        (number, f"{OWN_GUID}{card.key}", layout.NOTE_TYPE_ID, changed_s, f" {tags} " if tags else "",
         "\x1f".join(text.replace("\x1f", " ") for text in fields), first, checksum),
    )  # fmt: skip


def _card(
    connection: sqlite3.Connection, number: int, deck_id: int, place: int, changed_s: int, known: Progress | None
) -> None:
    kind = queue = _NEW
    data = ""
    due, interval, factor, reviews, lapses = place + 1, 0, 0, 0, 0
    if known is not None and known.schedule.reviews:
        kind = queue = _REVIEW
        due = (known.schedule.due - _FIRST_DAY).days
        interval, factor = known.interval_days, known.factor or STARTING_FACTOR
        reviews, lapses = known.schedule.reviews, known.schedule.lapses
        if known.sent:
            data = json.dumps({"lrt": known.sent[-1].at_ms // 1000})
    if known is not None and known.schedule.suspended:
        queue = _SUSPENDED
    connection.execute(
        "insert into cards (id, nid, did, ord, mod, usn, type, queue, due, ivl, factor, reps, lapses, left, odue, "
        "odid, flags, data) values (?, ?, ?, 0, ?, -1, ?, ?, ?, ?, ?, ?, ?, 0, 0, 0, 0, ?)",
        (number, number, deck_id, changed_s, kind, queue, due, interval, factor, reviews, lapses, data),
    )  # fmt: skip


def _log(number: int, known: Progress | None, reviewed: set[int]) -> Iterator[tuple[int, ...]]:
    """The card's rows of the review log; *reviewed*: the instants that are taken."""
    for place, sent in enumerate(known.sent if known else ()):
        at_ms = sent.at_ms
        while at_ms in reviewed:
            at_ms += 1
        reviewed.add(at_ms)
        yield (at_ms, number, sent.ease, sent.interval_days, sent.last_interval_days, sent.factor,
               min(sent.taken_ms, 60_000), int(place > 0))  # fmt: skip


def _deck_name(deck: Deck) -> str:
    """The title as one deck's name: to Anki two colons are a deck below another."""
    return re.sub(r":{2,}", ":", " ".join(deck.title.split())).strip(': "') or deck.id


def _number(name: str) -> int:
    """An id of Anki's, from *name*."""
    return _EARLIEST_ID + int.from_bytes(blake2b(name.encode(), digest_size=8).digest(), "big") % _IDS
