"""What a host sends is read as a room, or refused; never anything else, whatever it is."""

from __future__ import annotations

import contextlib
import dataclasses
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizzer.errors import MessageRefused
from quizzer.group import views
from quizzer.group.commands import Join
from quizzer.group.drawing import plain
from quizzer.group.game import apply, opened
from quizzer.group.reading import read_as
from quizzer.group.room import AnswerGroup, Person, Room, You
from quizzer.group.room_pages import ended, lobby, revealed
from quizzer.group.rules import decide
from tests.group.sessions import opened as opening

json = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=6,
)


def fields(kind: type) -> st.SearchStrategy[dict[str, Any]]:
    """Objects with some of the fields that *kind* has, each of which holds anything."""
    return st.dictionaries(st.sampled_from([field.name for field in dataclasses.fields(kind)]), json, max_size=6)


@given(st.one_of(*[st.tuples(st.just(kind), fields(kind)) for kind in (Room, You, Person, AnswerGroup)]))
def test_whatever_a_host_sends_is_read_or_refused(sent: tuple[type, dict[str, Any]]) -> None:
    """A host of another version, or one that means harm, must not end a player's terminal with a traceback."""
    kind, value = sent
    with contextlib.suppress(MessageRefused):
        read_as(kind, value)


def test_what_the_host_shows_is_what_a_terminal_reads() -> None:
    """Every field of the room and of a player's own view, as the server makes them."""
    state = opened(opening(teams="choose", team_names=("Red",)))
    for event in decide(state, Join("Ann", "Red"), at=state.at):
        state = apply(state, event)
    room = read_as(Room, views.room(state, at=state.at))
    you = read_as(You, views.you(state, "p1"))
    assert (room.phase, room.count, room.teams[0].players, room.teams_mode) == ("lobby", 1, 1, "choose")
    assert (you.name, you.team, you.place) == ("Ann", "Red", None)
    assert "You are Ann, in team Red." in plain(lobby(room, you, personal="H4XK-92PM"), width=80)
    for page in (revealed, ended):
        assert plain(page(room, you), width=80) is not None


def test_a_refusal_names_what_was_sent() -> None:
    """So that a person can tell a version that is too old from a broken network."""
    with pytest.raises(MessageRefused, match="room"):
        read_as(Room, {"phase": "dancing"})
