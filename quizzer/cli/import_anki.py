"""`quizzer import anki`: Anki's packages into decks, with their review history if one wants it."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from quizzer.cli import compose, importing
from quizzer.cli.clock import now, utc_offset_minutes
from quizzer.cli.output import Result, reports
from quizzer.errors import ListEmpty, PackageUnreadable, UsageError

if TYPE_CHECKING:
    from datetime import datetime

    from quizzer.cli.importing import Import
    from quizzer.decks.anki.model import Collection
    from quizzer.decks.anki.reading import AnkiDeck
    from quizzer.model import Fact


@click.command("anki", short_help="Import decks and histories from Anki's packages.")
@click.argument("file", metavar="FILE")
@importing.options
@click.option("--history", is_flag=True, help="Import the review history too: it counts as if reviewed here.")
@reports("import anki")
def anki(file: str, selector: str | None, name: str | None, dry_run: bool, history: bool) -> Result:
    """Import the package FILE (.apkg or .colpkg, of any version of Anki), each of its top decks into a deck.

    Every card becomes a question: of basic notes, reversed ones, and each gap of a cloze. Decks below a deck become
    tags. Text keeps its lists, code and bold; pictures and sounds are left out, and the report says on how many cards.

    Import the package again when it has changed: a card keeps its id and history, what you wrote stays. With --history
    the answers given in Anki move the schedule (again, hard, good, easy count as 1, 3, 4, 5), and suspended cards stay
    suspended; doing it twice changes nothing. New decks go into your own decks folder; --deck names another file.

    \b
    Examples:
      quizzer import anki spanish.apkg --dry-run
      quizzer import anki spanish.apkg --history
      quizzer import anki everything.colpkg --deck decks/mixed.yaml
    """
    from quizzer.cli import import_report
    from quizzer.decks.anki import collection, package, reading  # sqlite3, zipfile

    path = Path(file)
    with package.unpacked(path) as database:
        read = collection.read(database, path=path, history=history)
    try:
        decks = reading.read(read, name=path.stem.replace("-", " ").replace("_", " ").strip())
    except ValueError as error:
        raise PackageUnreadable(f"{path}: {error}", hint="export its decks one by one") from error
    if not any(deck.cards for deck in decks):
        reason = next((remark.text for deck in decks for remark in deck.listed.remarks), "it has no cards")
        raise ListEmpty(f"{path}: no questions found: {reason}", hint="export a deck that has cards with text")
    decks = [deck for deck in decks if deck.cards]
    if name is not None and len(decks) > 1 and selector is None:
        names = ", ".join(repr(deck.listed.title) for deck in decks[:5])
        raise UsageError(f"{path}: '--id' names one deck, and it has {len(decks)}: {names}", hint="add --deck FILE")
    importer = importing.Importer(selector=selector, name=name, many=False, own_folder=True)
    imports = [importer.plan(path, deck.listed) for deck in decks]
    added = None
    if not dry_run:
        importer.save()
        added = _keep_history(read, decks, imports) if history else None
    more = [] if added is None else [f"history: {added} fact{'' if added == 1 else 's'} added to the log"]
    result = import_report.result(imports, dry_run=dry_run, noun="package", more=more)
    return result._replace(data={**result.data, "history_added": added})


def _keep_history(read: Collection, decks: Sequence[AnkiDeck], imports: Sequence[Import]) -> int:
    """Add to the log what was answered in Anki; how many facts are new."""
    from quizzer.decks.anki import history  # the types of facts
    from quizzer.decks.anki.notes import own_key
    from quizzer.model import Review

    cards: dict[int, str] = {}
    suspended = []
    for deck, item in zip(decks, imports, strict=True):
        for card, name in zip(deck.cards, item.updated.ids, strict=True):
            cards[card.id] = f"{item.updated.file.deck.id}/{name}"
            suspended.append((card, cards[card.id]))

    def offset(at: datetime) -> int:
        return utc_offset_minutes(at.astimezone())

    facts: list[Fact] = [
        *history.facts(read.answered, cards, before=now(), utc_offset_minutes=offset),
        *history.suspensions(suspended, before=now(), utc_offset_minutes=offset),
    ]
    store = compose.store()
    # What was answered here and exported comes back from Anki under an id of Anki's.
    own = {cards[card.id] for card in read.cards if card.id in cards and own_key(read.notes[card.note])}
    known = {(key, fact.at.replace(microsecond=fact.at.microsecond // 1000 * 1000)) for key in own
             for fact in store.facts(key) if isinstance(fact, Review) and fact.device_id != history.DEVICE}  # fmt: skip
    return store.merge(fact for fact in facts if not isinstance(fact, Review) or (fact.card, fact.at) not in known)
