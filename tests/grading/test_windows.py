"""Long texts are read in pieces."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from quizzer.grading.windows import windows


@given(st.lists(st.sampled_from(["a", "##b", "."]), max_size=300), st.integers(min_value=1, max_value=60))
def test_windows_tile_the_text(pieces: list[str], size: int) -> None:
    """What falls between two windows would go unread."""
    spans = windows(pieces, [not piece.startswith("##") for piece in pieces], size)
    assert [index for first, last in spans for index in range(first, last)] == list(range(len(pieces)))
    assert all(last - first <= size for first, last in spans)


def test_a_window_ends_at_a_sentence_when_it_can() -> None:
    """A sentence cut in two loses its meaning on both sides."""
    pieces = ["a"] * 6 + ["."] + ["b"] * 6
    assert windows(pieces, [True] * 13, 10) == [(0, 7), (7, 13)]
