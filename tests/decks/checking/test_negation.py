"""A text is denied as a person would deny it: at the verbs of its main clauses."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizzer.decks.checking.negation import negated


@pytest.mark.parametrize(
    ("text", "denied"),
    [
        # auxiliaries, modals, contractions
        ("The network is the same.", "The network is not the same."),
        ("It's the recipe that matters.", "It's not the recipe that matters."),
        ("An index can slow writes down.", "An index can not slow writes down."),
        ("The patient has been treated.", "The patient has not been treated."),
        ("I'd start with the budget.", "I'd not start with the budget."),
        # full verbs
        ("RoBERTa drops next-sentence prediction.", "RoBERTa does not drop next-sentence prediction."),
        ("RoBERTa-large only pays offline.", "RoBERTa-large does not only pay offline."),
        ("BERT has twelve layers.", "BERT does not have twelve layers."),
        ("The teacher largely sets the ceiling.", "The teacher does not largely set the ceiling."),
        ("I start from the budget.", "I do not start from the budget."),
        ("Small models fail on long texts.", "Small models do not fail on long texts."),
        ("It carries 128 bits.", "It does not carry 128 bits."),
        ("RoBERTa used larger batches.", "RoBERTa did not use larger batches."),
        ("The model re-masks every pass.", "The model does not re-mask every pass."),
        # orders
        ("Fix the budget first.", "Do not fix the budget first."),
        ("Then freeze the lower layers.", "Then do not freeze the lower layers."),
        # what is denied already
        ("RoBERTa does not use pairs.", "RoBERTa does use pairs."),
        ("UDP isn't reliable.", "UDP is reliable."),
        ("It cannot fail.", "It can fail."),
        ("Don't forget the embeddings.", "Forget the embeddings."),
        ("Masking alone barely changes scores.", "Masking alone changes scores."),
        ("There is hardly any difference.", "There is much difference."),
        ("It adds no parameters.", "It adds some parameters."),
        # several clauses: each claim, no condition
        ("TCP keeps the order, while UDP loses it.", "TCP does not keep the order, while UDP does not lose it."),
        ("BERT fixes masks, RoBERTa draws new ones.", "BERT does not fix masks, RoBERTa does not draw new ones."),
        ("If there is room, I take the large one.", "If there is room, I do not take the large one."),
        ("It is fast. It needs no index.", "It is not fast. It needs some index."),
        ("The choice depends on what is measured.", "The choice does not depend on what is measured."),
        # fragments
        ("12 layers", "Not 12 layers"),
        ("A byte-level BPE vocabulary", "Not A byte-level BPE vocabulary"),
    ],
)  # fmt: skip
def test_claims_are_denied_where_they_are_made(text: str, denied: str) -> None:
    """A guard that looks for "it is not true that" would pass a test that begins with it, and miss these."""
    assert negated(text) == denied


@pytest.mark.parametrize(
    "text", ["", "...", "one two three and a long list of words without any verb and so forth here"]
)
def test_what_claims_nothing_is_not_denied(text: str) -> None:
    """No test is better than one that says something else."""
    assert negated(text) is None


def test_nouns_that_look_like_verbs_stay() -> None:
    """ "Its masks" and "training costs" are things."""
    denied = negated("Lower training costs and larger batches of tokens are its results.")

    assert denied == "Lower training costs and larger batches of tokens are not its results."


@given(st.text(max_size=200))
def test_any_text_can_be_denied(text: str) -> None:
    """What comes back is another text, or nothing."""
    assert negated(text) != text
