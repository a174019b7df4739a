"""Who gets in with what."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizzer.group import tokens
from tests.group.sessions import SECRET


def test_each_role_has_a_token_of_its_own() -> None:
    """A player must not become the host by presenting what players are given."""
    host, stage, player = (tokens.host_token(SECRET), tokens.stage_token(SECRET), tokens.player_token(SECRET, "p1"))
    assert tokens.is_host(SECRET, host)
    assert not any(tokens.is_host(SECRET, other) for other in (stage, player, "", player.partition(".")[2]))
    assert tokens.is_stage(SECRET, stage)
    assert not tokens.is_stage(SECRET, host)
    assert tokens.player_of(SECRET, player) == "p1"


def test_a_players_token_is_no_other_players() -> None:
    """Changing the id in a token does not change whose it is."""
    token = tokens.player_token(SECRET, "p1")
    assert tokens.player_of(SECRET, token.replace("p1.", "p2.")) is None
    assert tokens.player_of("00" * 32, token) is None


@given(st.text())
def test_nothing_that_is_typed_breaks_the_comparison(token: str) -> None:
    """Tokens come from anybody; half a surrogate is no reason to fail."""
    assert not tokens.is_host(SECRET, token)
    assert tokens.player_of(SECRET, token) is None


def test_codes_have_no_lookalikes() -> None:
    """They are read aloud, and copied from a screen across a room."""
    assert len(tokens.ALPHABET) == len(set(tokens.ALPHABET)) == 31
    assert not set("01OIL") & set(tokens.ALPHABET)
    assert len(tokens.new_code()) == 6
    assert set(tokens.new_code()) <= set(tokens.ALPHABET)
    assert tokens.new_code() != tokens.new_code()


def test_personal_codes_differ_and_stay() -> None:
    """A host that was killed and resumed lets the same people in with the same codes."""
    codes = [tokens.personal_code(SECRET, f"p{number}") for number in range(1000)]
    assert len(set(codes)) == 1000
    assert codes[7] == tokens.personal_code(SECRET, "p7")
    assert all(len(code) == 9 and code[4] == "-" for code in codes)


@pytest.mark.parametrize("typed", ["K7M2QD", "k7m2qd", " k7m 2qd ", "K7M-2QD"])
def test_a_code_is_known_however_it_is_typed(typed: str) -> None:
    """Phones capitalize, people group."""
    assert tokens.plain(typed) == "K7M2QD"
