"""What clients send: every shape that is known, and a refusal for everything else."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizzer.errors import MessageRefused
from quizzer.group import commands, messages
from quizzer.group.messages import Answer, Consent, Do, Draft, Hello, Ping, Team, host_command, parse, player_command

KNOWN = {
    '{"t":"hello","role":"player","code":"K7M2QD","name":"Ann"}': Hello("player", code="K7M2QD", name="Ann"),
    '{"t":"hello","role":"player","code":"K7","name":"Ann","team":"Blue","n":1}': Hello(
        "player", code="K7", name="Ann", team="Blue", n=1
    ),
    '{"t":"hello","role":"player","token":"abc"}': Hello("player", token="abc"),
    '{"t":"hello","role":"player","code":"K7","personal":"H4XK-92PM"}': Hello(
        "player", code="K7", personal="H4XK-92PM"
    ),
    '{"t":"hello","role":"stage","token":"abc"}': Hello("stage", token="abc"),
    '{"t":"hello","role":"host","token":"abc"}': Hello("host", token="abc"),
    '{"t":"draft","q":0,"text":"..."}': Draft(0, "..."),
    '{"t":"answer","q":3,"text":"","n":7}': Answer(3, "", 7),
    '{"t":"team","team":"Blue"}': Team("Blue"),
    '{"t":"consent","yes":true}': Consent(yes=True),
    '{"t":"do","what":"next","n":2}': Do("next", n=2),
    '{"t":"do","what":"extend","seconds":30}': Do("extend", seconds=30),
    '{"t":"do","what":"kick","player":"p3"}': Do("kick", player="p3"),
    '{"t":"do","what":"judge","group":1,"accept":null}': Do("judge", group=1),
    '{"t":"do","what":"judge","group":1,"accept":false}': Do("judge", group=1, accept=False),
    '{"t":"ping"}': Ping(),
}


@pytest.mark.parametrize("text", KNOWN)
def test_known_messages_are_read(text: str) -> None:
    """Each line of the protocol."""
    assert parse(text) == KNOWN[text]


@pytest.mark.parametrize(
    "text",
    [
        "", "hello", "[]", "null", "1", '"t"', "{}", '{"t":1}', '{"t":"nope"}', '{"t":["ping"]}', '{"t":"ping","x":1}',
        '{"t":"ping","n":"1"}', '{"t":"ping","n":null}', '{"t":"ping","n":1.0}', '{"t":"ping","n":true}',
        '{"t":"ping","n":-1}',
        '{"t":"ping","n":NaN}', '{"t":"ping","n":' + "9" * 9000 + "}", '{"t":"ping"}{', "[" * 30_000, '{"a":' * 5000,
        '{"t":"draft","q":"0","text":"x"}', '{"t":"draft","q":0,"text":1}', '{"t":"draft","q":0}',
        '{"t":"draft","text":"x"}',
        '{"t":"answer","q":false,"text":"x"}', '{"t":"consent","yes":1}', '{"t":"consent"}', '{"t":"team","team":null}',
        '{"t":"hello","role":"player"}', '{"t":"hello","role":"admin","token":"x"}', '{"t":"hello","token":"x"}',
        '{"t":"hello","role":"host","code":"K7","name":"Ann"}', '{"t":"hello","role":"player","name":"Ann"}',
        '{"t":"hello","role":"player","code":"K7"}',
        '{"t":"hello","role":"player","code":"K","name":"A","personal":"P"}',
        '{"t":"hello","role":"player","token":"x","code":"K7","name":"Ann"}', '{"t":"do"}', '{"t":"do","what":"rm"}',
        '{"t":"do","what":"extend"}', '{"t":"do","what":"kick"}', '{"t":"do","what":"judge","group":0,"accept":1}',
        '{"t":"do","what":"next","seconds":3}', '{"t":"answer","q":0,"text":"' + "x" * messages.MESSAGE_BYTES + '"}',
        '{"t":"answer","q":0,"text":"' + "語" * (messages.MESSAGE_BYTES // 2) + '"}',
    ],
    ids=lambda text: text[:40],
)  # fmt: skip
def test_anything_else_is_refused(text: str) -> None:
    """Wrong types, missing and extra fields, endless numbers and nesting, and messages too long."""
    with pytest.raises(MessageRefused):
        parse(text)


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=5,
)
FIELDS = st.sampled_from(["q", "text", "n", "team", "yes", "what", "role", "token", "code", "name", "group", "accept"])
WORDS = st.sampled_from(["hello", "draft", "answer", "team", "consent", "do", "ping"])


@given(
    st.text()
    | st.dictionaries(FIELDS, JSON | WORDS).flatmap(lambda rest: WORDS.map(lambda t: json.dumps({**rest, "t": t})))
)
def test_a_message_is_read_or_refused(text: str) -> None:
    """Whatever is sent, nothing but a refusal comes out of it."""
    try:
        found = parse(text)
    except MessageRefused:
        return
    assert isinstance(found, messages.ClientMessage)


def test_the_longest_answer_fits_into_a_message() -> None:
    """Four bytes a character, as emoji have."""
    text = "\U0001f600" * 8000
    assert parse(json.dumps({"t": "answer", "q": 10, "text": text, "n": 999}, ensure_ascii=False)) == Answer(
        10, text, 999
    )


def test_messages_become_commands() -> None:
    """A player speaks only for itself; the host's words each have their command."""
    assert player_command(Answer(1, "x", 7), "p1") == commands.Answer("p1", 1, "x")
    assert player_command(Draft(1, "x"), "p1") == commands.Draft("p1", 1, "x")
    assert player_command(Team("Blue"), "p1") == commands.ChooseTeam("p1", "Blue")
    assert player_command(Consent(yes=True), "p1") == commands.Consent("p1", yes=True)
    asked = [host_command(Do(what, 30, "p3", 1, True), seed=5) for what in messages.HOST_WORDS]
    assert asked == [
        commands.Next(), commands.Extend(30), commands.Pause(), commands.Unpause(), commands.Close(), commands.Reveal(),
        commands.Skip(), commands.End(), commands.Kick("p3"), commands.Judge(1, accept=True), commands.DrawTeams(5),
    ]  # fmt: skip
