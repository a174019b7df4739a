"""`quizzer card undo`: the last answer taken back, with all that it brought about."""

from __future__ import annotations

from collections.abc import Sequence

import click

from quizzer.cli import compose
from quizzer.cli.card import event, schedule_data, schedule_text, store_of
from quizzer.cli.output import Result, reports
from quizzer.errors import UsageError
from quizzer.model import CardEvent, Fact, Review


@click.command("undo", short_help="Undo the last answer.")
@click.argument("card", required=False)
@reports("card undo")
def undo(card: str | None) -> Result:
    """Undo the last answer to a CARD, or the last answer of all. The schedule is as it was before.

    Where that answer made the card a leech that was suspended, the card is asked again.

    \b
    Examples:
      quizzer card undo
      quizzer card undo bert/bert-02
    """
    library = compose.library()
    store = store_of(library)
    if card is None:
        review = store.last_review()
        facts: Sequence[Fact] = store.facts(library.aliases().get(review.card, review.card)) if review else ()
    else:
        facts = store.facts(library.aliases().get(card, card))
        if not facts:
            library.card(card)  # an unknown card is an error of its own
        # Ids ascend though a clock jumped back.
        answers = [fact for fact in _that_count(facts) if isinstance(fact, Review)]
        review = max(answers, key=lambda fact: fact.id, default=None)
    if review is None:
        raise UsageError("there is no answer to undo", hint="`quizzer card history CARD` shows what was answered")
    if suspension := _suspension(facts, review):
        event(store, review.card, "void", suspension.id)
    schedule = event(store, review.card, "void", review.id)
    when = review.at.astimezone().strftime("%Y-%m-%d %H:%M")
    data = {
        "card": review.card, "review": review.id, "suspension": suspension.id if suspension else None,
        "schedule": schedule_data(schedule),
    }  # fmt: skip
    more = " and the card, suspended as a leech, is asked again;" if suspension else ""
    return Result(data, f"{review.card}: the answer of {when} is undone;{more} {schedule_text(schedule)}")


def _suspension(facts: Sequence[Fact], review: Review) -> CardEvent | None:
    """The suspension that *review* brought: of a leech, after it and before any other answer or event."""
    from quizzer.scheduling.leeches import LEECH  # with the schedulers

    later = [fact for fact in _that_count(facts) if fact.id > review.id]
    following = min(later, key=lambda fact: fact.id, default=None)
    if isinstance(following, CardEvent) and (following.kind, following.value) == ("suspend", LEECH):
        return following
    return None


def _that_count(facts: Sequence[Fact]) -> list[Review | CardEvent]:
    """The answers and events among *facts* that were not undone; what undoes is left out, too."""
    voided = {fact.value for fact in facts if isinstance(fact, CardEvent) and fact.kind == "void"}
    return [
        fact for fact in facts
        if isinstance(fact, Review | CardEvent) and fact.id not in voided and getattr(fact, "kind", "") != "void"
    ]  # fmt: skip
