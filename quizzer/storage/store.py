"""The log of facts in SQLite, and the schedules replayed from it."""

from __future__ import annotations

import dataclasses
import os
from collections.abc import Iterable, Mapping
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from typing import NamedTuple

from quizzer.errors import StorageError
from quizzer.model import Card, CardEvent, Decision, Fact, Review, Schedule, Wording
from quizzer.scheduling.days import instant, microseconds
from quizzer.scheduling.schedulers import Schedulers
from quizzer.storage import log, texts
from quizzer.storage.connection import transaction, translated
from quizzer.storage.database import Database
from quizzer.storage.identity import next_id
from quizzer.storage.schedules import Schedules

_MANY_CARDS = 500
"""From so many cards on, one pass over the whole log is faster than replaying them one by one."""
_MANY_CHANGES = 10_000
"""Rows written until they are counted meanwhile: some thousand answers."""


class Standing(NamedTuple):
    """A card's key now, its saved schedule, and the place in the order (at, id) of its latest review or event."""

    key: str
    schedule: Schedule | None
    at_us: int
    fact_id: str


class SqliteStore:
    """`quizzer.ports.Store` on a SQLite file."""

    def __init__(self, opened: Database | Path) -> None:
        """*opened*: a database, or the path of one to open. Its schedules are replayed where they are in doubt.

        The database's rules say by which scheduler each card is scheduled.

        Raises:
            StorageError: the narrowest class for what is wrong with the file.
        """
        database = Database(opened) if isinstance(opened, Path) else opened
        self.database = database
        self.path = database.path
        self.connection = database.connection
        self.schedulers = Schedulers(database.rules)
        self._stamp = database.rules.stamp
        self._schedules = Schedules(database.connection, self.schedulers)
        self._changes_counted = self.connection.total_changes
        self._closed = False
        self._last_id: str | None = None
        self._standings: dict[str, Standing] = {}
        self._kept_texts: set[str] = set()
        self._seen_version = -1
        self._has_own_rules = False
        """Whether the saved schedules are known to be of our rules; no other program has written since."""
        with translated(self.path):
            self._device_id = str(database.meta("device_id"))
            status = self.path.stat()
            self._identity = (status.st_dev, status.st_ino)
            if database.in_doubt:
                with transaction(self.connection):
                    # Another program may have made them anew while this one waited for the lock.
                    if not database.current():
                        self._schedules.rebuild()

    @property
    def device_id(self) -> str:
        """Identifies this machine in the log."""
        return self._device_id

    def take_identity(self, device_id: str = "") -> None:
        """Go by this *device_id* from now on, or by a new one."""
        with translated(self.path), transaction(self.connection):
            self.connection.execute(
                "update meta set value = ? where key = 'device_id'", (device_id or os.urandom(16).hex(),)
            )
        self._device_id = str(self.database.meta("device_id"))
        self._last_id = None

    def close(self) -> None:
        """Count what was added, and release the file; a second time, nothing."""
        if not self._closed:
            self._closed = True
            self.count_new()
            self.database.close()

    def count_new(self) -> None:
        """Bring the counts of the log up to date with what this program has written; without them, `stats` does it."""
        if self.connection.total_changes > self._changes_counted:
            from quizzer.storage.tallies import count_new  # what is shown while answering needs no counts

            with suppress(StorageError):
                count_new(self.database)
            self._changes_counted = self.connection.total_changes

    def new_id(self, at: datetime) -> str:
        """A UUIDv7 for a fact made *at*, greater than every id that this device has made."""
        if self._last_id is None:
            with translated(self.path):
                self._last_id = log.last_id(self.connection, self._device_id)
        self._last_id = next_id(microseconds(at) // 1000, self._last_id)
        return self._last_id

    def follow_id(self, identity: str) -> None:
        """Make every further id greater than *identity*, which is in no fact yet."""
        with translated(self.path):
            self._last_id = max(self._last_id or log.last_id(self.connection, self._device_id) or "", identity)

    def _refuse_moved_file(self) -> None:
        """Writing to a file that is no longer at its path would be lost in silence."""
        try:
            status = os.stat(self.path)  # noqa: PTH116  on the way of every answer; a Path costs twice the call
            if (status.st_dev, status.st_ino) == self._identity:
                return
        except FileNotFoundError:
            pass
        raise StorageError(
            f"{self.path}: moved or deleted while quizzer was running",
            hint="put the file back, or start quizzer again; this was not saved",
        )

    def _may_write(self) -> bool:
        """Whether the saved schedules are of our own rules; called in the transaction that is to change them."""
        self._refuse_moved_file()
        self._look_again()
        if not self._has_own_rules:
            self._has_own_rules = self.database.meta("rules") == self._stamp
        if not self._has_own_rules:
            # The configuration was changed while this program ran, and another has made schedules by it meanwhile.
            self._schedules.disown()
        return self._has_own_rules

    def _look_again(self) -> None:
        """Forget what was read of the file where another program has written to it since."""
        version = self.connection.execute("pragma data_version").fetchone()[0]
        if version != self._seen_version:
            self._standings.clear()
            self._has_own_rules = False
            self._seen_version = version

    def record(self, review: Review, schedule: Schedule | None, card: Card | None = None) -> None:
        """Append *review*, save *schedule* and keep the wording of *card* in one transaction, durable on return.

        Where another session has moved the card meanwhile, or a later fact is already there, the card's schedule is
        replayed from the log instead. A review that is there already changes nothing.
        """
        with translated(self.path), transaction(self.connection):
            standing = self._follows(review, schedule) if self._may_write() else None
            if not log.append(self.connection, review):
                return
            if card is not None and card.digest not in self._kept_texts:
                texts.keep(self.connection, card)
            if standing is None:
                self._schedules.replay(self._schedules.current_key(review.card))
            elif schedule is not None:
                self._schedules.save(schedule)
        # Known only now that it is committed.
        if card is not None:
            self._kept_texts.add(card.digest)
        self._count_where_many()
        if standing is None:
            self._standings.clear()
        else:
            self._standings[review.card] = standing

    def _follows(self, review: Review, schedule: Schedule | None) -> Standing | None:
        """The card's standing with *review*, if it is later than all facts before and *schedule* follows from it."""
        before = self._standing(review.card)
        after = Standing(before.key, schedule, microseconds(review.at), review.id)
        if before.key != review.card or (after.at_us, after.fact_id) <= (before.at_us, before.fact_id):
            return None
        # The caller has mostly asked the same schedulers for this step just now: they compute it once.
        expected = self.schedulers.advance(before.schedule, review)
        return after if expected is schedule or expected == schedule else None

    def _standing(self, card: str) -> Standing:
        """Where the card stands; read before the question is asked, so that saving the answer need not wait for it."""
        known = self._standings.get(card)
        if known is None:
            key = self._schedules.current_key(card)
            known = Standing(key, self._schedules.get(key), *log.latest(self.connection, key))
            self._standings[card] = known
        return known

    def decide(self, decision: Decision) -> Schedule | None:
        """Append *decision* in one transaction, durable on return; the card's schedule after it."""
        return self._append(decision)

    def add_event(self, event: CardEvent, card: Card | None = None) -> Schedule | None:
        """Append *event* and keep the wording of *card* in one transaction; the card's schedule after it."""
        return self._append(event, card)

    def _append(self, fact: Fact, card: Card | None = None) -> Schedule | None:
        with translated(self.path), transaction(self.connection):
            self._may_write()
            self._standings.clear()
            if card is not None:
                texts.keep_flagged(self.connection, fact.id, card)
            former_key = log.card_of(self.connection, fact)
            if former_key is None:
                log.append(self.connection, fact)
                return None
            key = self._schedules.current_key(former_key)
            # What a person does now follows all that was done before, even where the clock has jumped back.
            latest_us = log.latest(self.connection, key)[0]
            if microseconds(fact.at) <= latest_us:
                fact = dataclasses.replace(fact, at=instant(latest_us + 1))
            log.append(self.connection, fact)
            concerned = {self._schedules.current_key(card) for card in log.cards_of(self.connection, fact)}
            for card_key in concerned - {key}:
                self._schedules.replay(card_key)
            return self._schedules.replay(key)

    def merge(self, facts: Iterable[Fact]) -> int:
        """Append those of *facts*, from any device and in any order, that are not there yet; how many they were.

        All in one transaction; the cards they concern are replayed.
        """
        with translated(self.path), transaction(self.connection):
            self._may_write()
            self._standings.clear()
            added = [fact for fact in facts if log.append(self.connection, fact)]
            keys = {card for fact in added for card in log.cards_of(self.connection, fact)}
            if len(keys) >= _MANY_CARDS:
                self._schedules.rebuild()
            else:
                for card in {self._schedules.current_key(key) for key in keys}:
                    self._schedules.replay(card)
        self._count_where_many()
        return len(added)

    def _count_where_many(self) -> None:
        """So that, where a program writes much and never ends well, `stats` need not count it all."""
        if self.connection.total_changes > self._changes_counted + _MANY_CHANGES:
            self.count_new()

    def schedule(self, card: str) -> Schedule | None:
        """The schedule of the card with this key (or former key), or None if it was never touched."""
        with translated(self.path):
            self._look_again()
            return self._standing(card).schedule

    def facts(self, card: str) -> list[Fact]:
        """Every fact about the card, former keys included, in the order (at, id), voided ones included."""
        with translated(self.path):
            return log.facts_of(self.connection, card)

    def wordings(self, card: str) -> list[Wording]:
        """How the card was worded whenever it was answered, the last wording first; undone answers do not count."""
        with translated(self.path):
            return texts.wordings(self.connection, self._schedules.current_key(card))

    def last_review(self) -> Review | None:
        """The review made last that was not undone."""
        with translated(self.path):
            return log.last_review(self.connection)

    def set_aliases(self, aliases: Mapping[str, str]) -> None:
        """Let the facts of each former key count for its key now; only what changed is replayed."""
        if self.database.aliases() != aliases:
            with translated(self.path), transaction(self.connection):
                self._may_write()
                self._standings.clear()
                self._schedules.set_aliases(aliases, self.database.aliases())

    def rebuild(self) -> None:
        """Replay the whole log: after this, ``schedules`` says what the facts say."""
        with translated(self.path), transaction(self.connection):
            self._standings.clear()
            self._schedules.rebuild()

    def integrity(self) -> list[str]:
        """What is wrong with the file, in words; empty when it is sound and its schedules follow from its log."""
        with translated(self.path):
            damage = [str(row[0]) for row in self.connection.execute("pragma integrity_check(10)") if row[0] != "ok"]
            if damage:
                return damage
            wrong = self._schedules.wrong()
        return [f"the schedule of {card!r} does not follow from the log" for card in wrong[:10]]
