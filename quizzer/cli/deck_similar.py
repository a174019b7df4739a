"""`quizzer deck similar`: which cards ask nearly the same."""

from __future__ import annotations

import click

from quizzer.cli import compose
from quizzer.cli.bar import progress, waiting
from quizzer.cli.output import Result, printable, reports
from quizzer.cli.places import shown

_MOST_SHOWN = 50


@click.command("similar", short_help="Show cards that ask nearly the same.")
@click.argument("decks", metavar="[DECK]...", nargs=-1)
@click.option("--threshold", metavar="T", type=click.FloatRange(0, 1), default=0.75, show_default=True,
              help="Least similarity of two questions, 0 to 1.")  # fmt: skip
@click.option("--limit", metavar="N", type=click.IntRange(1), default=_MOST_SHOWN, show_default=True,
              help="Show the N most similar pairs.")  # fmt: skip
@reports("deck similar")
def similar(decks: tuple[str, ...], threshold: float, limit: int) -> Result:
    """Show pairs of cards whose questions are similar in meaning, the most similar first.

    With each DECK, pairs with a card of it, the other one being of any deck found. Similar is not the same: "asks the
    same" stands where `quizzer deck check` reports the pair.

    \b
    Examples:
      quizzer deck similar
      quizzer deck similar bert --threshold 0.6
      quizzer deck similar decks/new.yaml --json
    """
    library = compose.library(decks)
    compose.before_numpy()
    from quizzer.cli.deck_files import cards_of, other_cards, read_deck  # yaml
    from quizzer.decks.checking.alikeness import same_questions, same_words
    from quizzer.decks.checking.nearness import near_pairs

    chosen = [read_deck(item.path) for item in library.selected(decks) if item.usable]
    cards = cards_of(chosen)
    everything = [*cards, *other_cards(library, chosen)]
    if len(everything) < 2:
        return Result({"threshold": threshold, "pairs": []}, "there are no two cards to compare")
    with waiting("loading the model"):
        vectors = compose.sentence_vectors(progress=_tell)
    with progress("reading questions") as tell:
        table = vectors.of([one.card.question for one in everything], progress=tell)
    plain = [one.card for one in everything]
    pairs = near_pairs(table, threshold=threshold, limit=limit, of_first=len(cards))
    same = {pair[:2] for pair in same_words(plain, checked=len(cards))}
    same |= {pair[:2] for pair in same_questions(plain, table, checked=len(cards), vectors_of=vectors.of)}
    data, lines = [], []
    for one, other, cosine in pairs:
        both = [everything[one], everything[other]]
        data.append({"similarity": round(cosine, 3), "same": (one, other) in same,
                     "cards": [{"card": card.card.key, "path": shown(card.path), "line": card.card.line,
                                "question": card.card.question} for card in both]})  # fmt: skip
        lines.append(f"{cosine:.2f}{'  asks the same' if (one, other) in same else ''}")
        for card in both:
            lines.append(f"    {card.card.key}  {' '.join(card.card.question.split())}")
            lines.append(f"        {card.place}")
    counted = f"{len(pairs)} pair{'' if len(pairs) == 1 else 's'} of {len(everything):,} cards"
    more = "; there may be more (--limit)" if len(pairs) == limit else ""
    lines.append(f"{counted} at {threshold:g} or more{more}")
    return Result({"threshold": threshold, "pairs": data}, "\n".join(lines))


def _tell(message: str) -> None:
    click.echo(printable(f"quizzer: {message}"), err=True)
