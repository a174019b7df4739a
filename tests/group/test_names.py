"""Names: what is kept of one, and which are too much alike."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizzer.errors import GroupRefused
from quizzer.group.names import NAME_CELLS, cells, checked, folded, likenesses


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


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Otto", "0tto"), ("Paul", "Pau1"), ("Paul", "PAU|"), ("Zoë", "Zoё"), ("Tuo", "Tսօ"), ("Işık", "işik"),
        ("Зоя", "3оя"), ("Ann", "Аnn"), ("Al", "AI"), ("A1", "AI"),
        ("Paul", "PauI"), ("Paul", "PauІ"), ("Ian", "lan"), ("OIL", "0il"), ("lll", "III"),
        ("Anna", "ΑΝΝΑ"), ("Yann", "Υann"), ("Ａl", "ＡＩ"), ("anna", "aηηa"),
    ],
)  # fmt: skip
def test_names_that_nobody_tells_apart_are_alike(one: str, other: str) -> None:
    """Digits, marks, rarer alphabets; a capital I is an l on the projector, however different the small letters are."""
    assert set(likenesses(one)) & set(likenesses(other))


@pytest.mark.parametrize(("one", "other"), [("Kai", "Kal"), ("Eli", "Ell"), ("Mia", "Mla"), ("Ann 1", "Ann 2")])
def test_names_that_somebody_tells_apart_are_not_alike(one: str, other: str) -> None:
    """A small i and a small l are told apart at a glance: both people may play."""
    assert not set(likenesses(one)) & set(likenesses(other))


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
