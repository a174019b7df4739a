"""Names: what is kept of one, and which are too much alike."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizzer.errors import GroupRefused
from quizzer.group.names import NAME_CELLS, cells, checked, folded


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("  Ann\tB.  ", "Ann B."),
        ("Zoe\u0308", "Zoë"),
        ("日本", "日本"),
        ("\u2764\ufe0f Ann", "\u2764 Ann"),
        ("O'Neill", "O'Neill"),
        ("<b>=1+1</b>", "<b>=1+1</b>"),
        ("नमस्ते", "नमस्ते"),
    ],
)
def test_a_name_is_kept_as_people_write_it(name: str, kept: str) -> None:
    """Composed and without stray blanks; every script, and signs that mean something elsewhere."""
    assert checked(name) == kept


@pytest.mark.parametrize(
    "name",
    [
        "", "  ", "\u200b", "A\u200bnn", "A\u0000", "\x1b[31mAnn", "Ann\u202e", "\u2066Ann", "\ud800", "\ue000",
        "\u3164", "\u2800", "\u0301", "A" + "\u0301" * 9, "x" * (NAME_CELLS + 1), "日" * 13, "A\u00adnn", "\U000e0041",
        "x" * 100_000,
    ],
)  # fmt: skip
def test_a_name_that_hides_something_is_refused(name: str) -> None:
    """What cannot be seen can pretend to be somebody else, or break the table."""
    with pytest.raises(GroupRefused) as caught:
        checked(name)
    assert caught.value.why == "bad-name"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Ann", "ANN"), ("straße", "STRASSE"), ("Ann B", "Ann  B"), ("ﬁn", "fin"), ("Ａｎｎ", "ann"), ("Ann", "Аnn"),
        ("Вася", "ВАСЯ"), ("ΑΝΝΑ", "αννα"), ("Zoe\u0308", "zoë"), ("Pavel", "Рavel"), ("Tom", "Τοm"),
    ],
)  # fmt: skip
def test_names_that_look_alike_are_one(one: str, other: str) -> None:
    """Case, width, ligatures, blanks, and letters of another alphabet that look the same."""
    assert folded(one) == folded(other)


@pytest.mark.parametrize(("one", "other"), [("Ann", "Anna"), ("Jose", "José"), ("Мила", "Мира"), ("な", "た")])
def test_names_that_differ_stay_apart(one: str, other: str) -> None:
    """Nobody is turned away for a likeness that nobody sees."""
    assert folded(one) != folded(other)


@given(st.text(max_size=40))
def test_a_kept_name_is_kept_again(name: str) -> None:
    """Checking and folding have nothing left to do the second time, and a kept name fits."""
    try:
        kept = checked(name)
    except GroupRefused:
        return
    assert checked(kept) == kept
    assert 0 < cells(kept) <= NAME_CELLS
    assert folded(folded(kept)) == folded(kept)
    kept.encode()
