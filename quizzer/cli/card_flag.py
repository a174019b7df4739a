"""`quizzer card flag` and `unflag`: a learner's mark for the maintainer, and taking it away."""

from __future__ import annotations

import click

from quizzer.cli import compose
from quizzer.cli.clock import now, utc_offset_minutes
from quizzer.cli.output import Result, reports
from quizzer.model import CardEvent


@click.command("flag", short_help="Mark a card for its maintainer.")
@click.argument("card")
@click.argument("note", nargs=-1)
@reports("card flag")
def flag(card: str, note: tuple[str, ...]) -> Result:
    """Mark a card with a NOTE for whoever maintains the deck. `quizzer deck todo` shows it until it is cleared.

    \b
    Example:
      quizzer card flag bert/bert-02 the batch size is missing
    """
    library = compose.library()
    found = library.card(card)
    store = compose.store()
    store.set_aliases(library.aliases())
    at = now()
    event = CardEvent(store.new_id(at), store.device_id, at, found.key, "flag", " ".join(note), utc_offset_minutes(at))
    store.add_event(event, found)
    return Result({"card": found.key, "note": event.value}, f"{found.key}: flagged; `quizzer deck todo` shows it")


@click.command("unflag", short_help="Clear a card's flags.")
@click.argument("card")
@reports("card unflag")
def unflag(card: str) -> Result:
    """Clear the flags of a card, once what they were about is settled. They stay in its history.

    \b
    Example:
      quizzer card unflag bert/bert-02
    """
    from quizzer.storage.flags import open_flags  # sqlite3

    library = compose.library()
    store = compose.store()
    store.set_aliases(library.aliases())
    key = library.aliases().get(card, card)
    flags = [flag for flag in open_flags(store.connection) if flag.card == key]
    if not flags and not store.facts(key):
        library.card(card)  # an unknown card is an error, one without a flag is not
    for one in flags:
        at = now()
        store.add_event(CardEvent(store.new_id(at), store.device_id, at, key, "void", one.id, utc_offset_minutes(at)))
    count = "no flag to clear" if not flags else f"{len(flags)} flag{'s' * (len(flags) != 1)} cleared"
    return Result({"card": key, "cleared": [one.note for one in flags]}, f"{key}: {count}")
