"""A draft and the deck, both changed since the draft was begun: no word of either side is lost silently."""

from __future__ import annotations

import random

from hypothesis import given
from hypothesis import strategies as st

from quizzer.decks.editing import drafts, template
from quizzer.decks.editing.changes import FIELDS, changed, value_of
from quizzer.model import Card
from tests.decks.editing.editing import random_changes

CARD = Card("c-01", "d", "What?", answers=("one", "two\n\nparagraphs"), tags=("a",), difficulty="easy")


def _edited(choose: random.Random, card: Card) -> Card:
    """*card* as somebody left it, with a question still."""
    asked = random_changes(choose, card)
    return changed(card, {name: value for name, value in asked.items() if value or name != "question"})


@given(st.integers(0, 2**32), st.booleans())
def test_both_sides_are_kept_or_in_conflict(seed: int, is_known: bool) -> None:
    """Key by key: what one side changed is taken; what both did is in conflict; unknown origins remove nothing."""
    choose = random.Random(seed)
    base = _edited(choose, CARD)
    mine, theirs = _edited(choose, base), _edited(choose, base)
    begun = drafts.origin(template.template(base, notes=[drafts.note(base)])) if is_known else None

    both = drafts.merged(mine, theirs, begun)

    for name in set(FIELDS) - set(both.conflicts):
        ours, others, result = value_of(mine, name), value_of(theirs, name), value_of(both.card, name)
        assert result in (ours, others)
        if begun is None:
            assert result == others or not others or set(others) <= set(result)
        elif others != value_of(base, name):
            assert result == others
        else:
            assert result == ours
    for name in both.conflicts:
        assert value_of(mine, name) != value_of(theirs, name)
        assert value_of(theirs, name) != value_of(base, name) or begun is None


@given(st.integers(0, 2**32))
def test_a_draft_with_conflicts_reads_as_the_drafts_own_words(seed: int) -> None:
    """Theirs are in comments above, and without these the draft is begun from the card as it is now."""
    choose = random.Random(seed)
    mine, theirs = _edited(choose, CARD), _edited(choose, CARD)
    both = drafts.merged(mine, theirs, drafts.origin(f"# {drafts.note(CARD)}\n"))

    text = drafts.with_conflicts(both, theirs, notes=["help"])

    assert drafts.is_undecided(text) == bool(both.conflicts)
    assert drafts.origin(text) == drafts.origin(f"# {drafts.note(theirs)}\n")
    decided = "".join(line for line in text.splitlines(keepends=True) if not line.startswith("#>>"))
    assert decided == template.template(both.card, notes=["help", drafts.note(theirs)])
