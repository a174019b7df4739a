"""A session from its lobby to its end, driven by commands."""

from __future__ import annotations

import dataclasses

import pytest

from quizzer.errors import GroupRefused, IllegalEvent
from quizzer.group import commands, events
from quizzer.group.events import Settings
from quizzer.group.game import apply, replay
from quizzer.group.pacing import GRACE_MS, due
from quizzer.group.rules import ANSWER_CHARACTERS, decide
from quizzer.group.scoring import table, team_table
from quizzer.group.teams import MAX_TEAMS
from tests.group.factories import Game, mark, opening

SECONDS = 90


@pytest.fixture
def game() -> Game:
    """Three players at the first question."""
    started = Game()
    started.join("Ann", "Ben", "Cem")
    started.do(commands.Next())
    return started


def refusal(game: Game, command: commands.Command) -> str:
    with pytest.raises(GroupRefused) as caught:
        decide(game.state, command, at=game.at)
    return caught.value.why


def test_a_session_goes_from_the_lobby_to_its_end() -> None:
    """The whole way, with nothing special on it."""
    game = Game(opening(questions=2))
    game.join("Ann", "Ben")
    phases = [game.state.phase]
    for _ in range(2):
        phases.append(game.do(commands.Next()).phase)
        game.answer(5000, p1="one and two", p2="nothing")
        phases.append(game.do(commands.Tick(frozenset({"p1", "p2"}))).phase)
        phases.append(game.grade(p2=mark(0, made=0)).phase)
        phases.append(game.do(commands.Reveal()).phase)
    phases.append(game.do(commands.Next()).phase)
    assert phases == ["lobby", *["asking", "grading", "judging", "revealed"] * 2, "ended"]
    assert [(line.place, line.player, line.points) for line in table(game.state)] == [(1, "p1", 200), (2, "p2", 0)]
    assert replay(game.log) == game.state


def test_a_draft_counts_when_the_question_closes(game: Game) -> None:
    """What is typed when the clock ends counts: nobody loses an answer to a button."""
    game.do(commands.Draft("p1", 0, "half an ans"))
    game.do(commands.Tick(), after_ms=SECONDS * 1000 + GRACE_MS)
    given = game.round.answers["p1"]
    assert (given.text, given.handed_in, given.after_ms) == ("half an ans", False, SECONDS * 1000)


def test_a_blank_draft_is_no_answer(game: Game) -> None:
    """Opening the box is not answering."""
    game.do(commands.Draft("p1", 0, "x"), commands.Draft("p1", 0, " \n"), commands.Close())
    assert game.round.answers == {}


def test_what_was_typed_after_handing_in_counts(game: Game) -> None:
    """A player who improves an answer is not held to the first version when the clock ends."""
    game.answer(p1="first")
    game.do(commands.Draft("p1", 0, "first, and more"), commands.Close())
    assert game.round.answers["p1"].text == "first, and more"


def test_clearing_the_box_keeps_the_answer_handed_in(game: Game) -> None:
    """An emptied box says nothing; what was handed in stands."""
    game.answer(p1="first")
    game.do(commands.Draft("p1", 0, ""), commands.Close())
    assert game.round.answers["p1"].text == "first"


def test_a_player_who_rewrites_an_answer_is_waited_for(game: Game) -> None:
    """Closing while somebody types would take a right answer away for half a sentence."""
    game.answer(p1="a", p2="b", p3="c")
    everyone = commands.Tick(frozenset({"p1", "p2", "p3"}))
    assert game.do(commands.Draft("p1", 0, "a and"), everyone).phase == "asking"
    assert game.answer(p1="a and b").phase == "asking"
    assert game.do(everyone).phase == "grading"


def test_the_question_closes_when_all_who_are_there_have_answered(game: Game) -> None:
    """Who dropped out is not waited for."""
    game.answer(p1="a", p2="b")
    assert game.do(commands.Tick(frozenset({"p1", "p2", "p3"}))).phase == "asking"
    assert game.do(commands.Tick(frozenset({"p1", "p2"}))).phase == "grading"
    assert game.log[-1] == events.Closed(game.at, 0, "all")


def test_an_empty_room_closes_nothing(game: Game) -> None:
    """When the network fails, everyone is gone at once; the clock goes on and they come back."""
    assert game.do(commands.Tick()).phase == "asking"


def test_kicking_the_last_one_who_thinks_lets_the_others_go_on(game: Game) -> None:
    """A player who is out is not waited for."""
    game.answer(p1="a", p2="b")
    game.do(commands.Kick("p3"), commands.Tick(frozenset({"p1", "p2", "p3"})))
    assert game.state.phase == "grading"


def test_answers_within_the_grace_count_and_later_ones_do_not(game: Game) -> None:
    """An answer sent in the last moment may arrive after it."""
    game.answer(SECONDS * 1000 + GRACE_MS, p1="just in time")
    assert game.round.answers["p1"].after_ms == SECONDS * 1000
    game.at += 1
    assert refusal(game, commands.Answer("p2", 0, "too late")) == "closed"


def test_a_late_copy_of_what_counts_already_is_no_error(game: Game) -> None:
    """The draft was taken when the clock ended; handing it in then must not say that it is lost."""
    game.do(commands.Draft("p1", 0, "typed"), commands.Close())
    assert decide(game.state, commands.Answer("p1", 0, "typed"), at=game.at) == ()
    assert refusal(game, commands.Answer("p1", 0, "something else")) == "closed"


def test_an_answer_sent_twice_is_one_event(game: Game) -> None:
    """A client that lost the acknowledgement sends again."""
    game.answer(p1="a")
    game.answer(9000, p1="a")
    assert game.round.answers["p1"].after_ms == 0
    assert sum(isinstance(event, events.Answered) for event in game.log) == 1


def test_an_answer_to_another_question_is_refused(game: Game) -> None:
    """A page that has slept answers what is no longer asked."""
    assert refusal(game, commands.Answer("p1", 1, "x")) == "closed"


def test_an_answer_too_long_is_refused(game: Game) -> None:
    """One player must not fill the disk."""
    assert refusal(game, commands.Answer("p1", 0, "x" * (ANSWER_CHARACTERS + 1))) == "too-long"


def test_an_answer_keeps_only_what_can_be_saved(game: Game) -> None:
    """Half a surrogate pair is legal in JSON and cannot be written as UTF-8."""
    game.answer(p1="a\ud800b\x00c\r\nd\te\x1b[2J")
    assert game.round.answers["p1"].text == "a\ufffdbc\nd\te[2J"


def test_an_empty_answer_is_a_pass(game: Game) -> None:
    """Handing in nothing lets the room go on."""
    game.answer(p1="", p2="", p3="")
    assert game.do(commands.Tick(frozenset({"p1", "p2", "p3"}))).phase == "grading"


def test_a_late_joiner_answers_the_open_question(game: Game) -> None:
    """Coming late must not mean watching."""
    game.join("Dee")
    game.answer(p4="an answer")
    assert game.round.answers["p4"].text == "an answer"


def test_who_joins_while_answers_are_graded_starts_with_the_next_question(game: Game) -> None:
    """An answer after closing would be unfair; none is asked for."""
    game.do(commands.Close())
    game.join("Dee")
    assert refusal(game, commands.Answer("p4", 0, "x")) == "closed"
    game.grade()
    game.do(commands.Reveal())
    assert "p4" not in game.round.players
    assert "p4" in game.do(commands.Next()).rounds[-1].players


def test_time_stands_in_a_pause_and_answers_are_taken(game: Game) -> None:
    """A pause costs nobody time, and nobody's answer."""
    game.do(commands.Pause(), after_ms=10_000)
    game.answer(60_000, p1="thought over")
    assert game.round.answers["p1"].after_ms == 10_000
    assert due(game.state) is None
    assert game.do(commands.Tick(frozenset({"p1", "p2"})), after_ms=SECONDS * 1000).phase == "asking"
    game.do(commands.Unpause())
    assert game.round.clock.left(at=game.at) == (SECONDS - 10) * 1000
    assert due(game.state) == game.at + (SECONDS - 10) * 1000 + GRACE_MS


def test_a_pause_can_be_extended(game: Game) -> None:
    """The host stops the clock to talk, and then gives more time."""
    game.do(commands.Pause(), after_ms=10_000)
    game.do(commands.Extend(30), commands.Unpause(), after_ms=5_000)
    assert game.round.clock.left(at=game.at) == (SECONDS + 20) * 1000
    assert game.round.clock.elapsed(at=game.at) == 10_000


def test_an_extension_in_the_grace_opens_the_question_again(game: Game) -> None:
    """The host's key in the very last moment works."""
    game.do(commands.Extend(30), after_ms=SECONDS * 1000 + 100)
    assert game.round.clock.left(at=game.at) == 29_900
    assert game.do(commands.Tick()).phase == "asking"


def test_a_clock_without_time_left_cannot_be_paused(game: Game) -> None:
    """A pause with nothing left would never end."""
    game.at += SECONDS * 1000
    assert refusal(game, commands.Pause()) == "closed"


def test_a_clock_that_jumped_back_measures_no_negative_time(game: Game) -> None:
    """The wall clock may be set while the host's program is down."""
    game.answer(-5_000, p1="a")
    assert game.round.answers["p1"].after_ms == 0


def test_the_host_decides_a_group_until_the_next_question(game: Game) -> None:
    """Players see their mark at the reveal, and argue then."""
    game.answer(p1="a", p2="b", p3="c")
    game.grade(("p2", "p1"), ("p3",), p1=mark(2, made=1), p2=mark(2, made=0), p3=mark(5))
    game.do(commands.Judge(0, accept=True), commands.Judge(1, accept=False), commands.Reveal())
    assert game.points == {"p1": 80, "p2": 60, "p3": 0}
    game.do(commands.Judge(0, accept=None), commands.Judge(1, accept=True))
    assert game.points == {"p1": 20, "p2": 0, "p3": 100}
    assert [line.player for line in table(game.state)] == ["p3", "p1", "p2"]


def test_a_decision_repeated_is_no_event(game: Game) -> None:
    """Two presses of one key are one decision."""
    game.answer(p1="a")
    game.grade()
    game.do(commands.Judge(0, accept=True), commands.Judge(0, accept=True))
    assert sum(isinstance(event, events.Judged) for event in game.log) == 1


def test_nobody_decides_on_a_group_that_is_not_there(game: Game) -> None:
    """A key pressed for a group that a kick has emptied does nothing."""
    game.answer(p1="a", p2="b")
    game.grade(("p1",), ("p2",))
    game.do(commands.Kick("p1"))
    assert refusal(game, commands.Judge(0, accept=True)) == "no-group"
    assert refusal(game, commands.Judge(2, accept=True)) == "no-group"
    assert game.do(commands.Judge(1, accept=False)).rounds[-1].judged == {1: False}


def test_a_kicked_player_leaves_nothing_behind(game: Game) -> None:
    """Neither answers nor points nor a place, in past questions either."""
    game.answer(p1="a", p2="b")
    game.grade(("p1", "p2"))
    game.do(commands.Reveal(), commands.Next())
    game.answer(p1="a", p2="b")
    game.grade(("p1", "p2"))
    game.do(commands.Kick("p1"))
    for past in game.state.rounds:
        assert not {"p1"} & (past.players | past.answers.keys() | past.marks.keys() | past.awards.keys())
        assert past.groups == (("p2",),)
    assert [line.player for line in table(game.state)] == ["p2", "p3"]


def test_a_kicked_player_can_do_nothing(game: Game) -> None:
    """Nor can anyone take the name, so that a log names each player once."""
    game.do(commands.Kick("p1"))
    for command in (
        commands.Answer("p1", 0, "x"), commands.Draft("p1", 0, "x"), commands.Consent("p1", yes=True),
        commands.ChooseTeam("p1", "Blue"), commands.Kick("p1"),
    ):  # fmt: skip
        assert refusal(game, command) == "kicked"
    assert refusal(game, commands.Join("ANN")) == "name-taken"


def test_nobody_joins_under_a_name_that_looks_like_another() -> None:
    """On the projector nobody could say whose points are whose; teams that look alike are one."""
    game = Game(opening(settings=Settings(teams="choose")))
    game.join("Al", team="Team I")
    assert [refusal(game, commands.Join(name)) for name in ("AI", "A1", "АІ", "al")] == ["name-taken"] * 4
    game.join("Ai", team="Team 1")
    assert {player.team for player in game.state.players.values()} == {"Team I"}


def test_a_log_of_names_that_were_not_yet_alike_is_read() -> None:
    """What is alike may grow with the program: a session that was held is not damaged by it."""
    log: list[events.Event] = [opening(), events.Joined(1, "p1", "Al", ""), events.Joined(2, "p2", "AI", "")]
    state = replay(log)
    assert [player.name for player in state.players.values()] == ["Al", "AI"]
    with pytest.raises(IllegalEvent):
        replay([*log, events.Joined(3, "p3", "Al", "")])


def test_marks_of_a_player_kicked_while_grading_ran_fall_away(game: Game) -> None:
    """The grader works on what it was given before the kick."""
    game.answer(p1="a", p2="b")
    game.do(commands.Close(), commands.Kick("p1"))
    game.do(commands.Marks(0, (("p1", mark()), ("p2", mark())), (("p1", "p2"),)))
    assert (set(game.round.marks), game.round.groups) == ({"p2"}, (("p2",),))


def test_marks_that_lack_an_answer_are_refused(game: Game) -> None:
    """An answer without a mark would silently bring nothing."""
    game.answer(p1="a", p2="b")
    game.do(commands.Close())
    assert refusal(game, commands.Marks(0, (("p1", mark()),), ())) == "marks-missing"


def test_every_answer_is_in_one_group(game: Game) -> None:
    """Whatever the grouping says, the host can decide on each answer once."""
    game.answer(p1="a", p2="b", p3="c")
    game.grade(("p1", "p1", "p9"), ("p9",), ("p2", "p1"))
    assert game.round.groups == (("p1",), ("p2",), ("p3",))


def test_marks_that_come_after_a_skip_change_nothing(game: Game) -> None:
    """Grading runs apart from the game and may end late."""
    game.answer(p1="a")
    game.do(commands.Close(), commands.Skip())
    assert decide(game.state, commands.Marks(0, (("p1", mark()),), ()), at=game.at) == ()


@pytest.mark.parametrize("phase", ["asking", "grading", "judging", "revealed"])
def test_a_skipped_question_counts_for_nobody(game: Game, phase: str) -> None:
    """In whatever phase the host finds that the question was no good."""
    to_phase(game, phase)
    game.do(commands.Skip())
    assert (game.state.phase, game.round.awards, game.round.skipped) == ("revealed", {}, True)
    assert decide(game.state, commands.Skip(), at=game.at) == ()
    assert refusal(game, commands.Judge(0, accept=True)) == "not-now"
    assert game.do(commands.Next()).rounds[-1].question == 1


@pytest.mark.parametrize("phase", ["lobby", "asking", "grading", "judging", "revealed"])
def test_the_host_can_end_in_every_phase(phase: str) -> None:
    """An open question is not counted; one that was revealed is."""
    game = Game()
    game.join("Ann")
    if phase != "lobby":
        game.do(commands.Next())
        to_phase(game, phase)
    game.do(commands.End())
    assert game.state.phase == "ended"
    assert table(game.state)[0].points == (100 if phase == "revealed" else 0)
    assert refusal(game, commands.Join("Ben")) == "over"
    assert refusal(game, commands.End()) == "over"
    assert decide(game.state, commands.Tick(), at=game.at) == ()
    assert replay(game.log) == game.state


def to_phase(game: Game, phase: str) -> None:
    game.answer(p1="a")
    if phase != "asking":
        game.do(commands.Close())
    if phase in ("judging", "revealed"):
        game.grade()
    if phase == "revealed":
        game.do(commands.Reveal())


def test_the_next_question_waits_for_the_reveal(game: Game) -> None:
    """A key pressed twice must not throw away a question."""
    for phase in ("asking", "grading", "judging"):
        if phase == "grading":
            game.do(commands.Close())
        if phase == "judging":
            game.grade()
        assert refusal(game, commands.Next()) == "question-open"


def test_nothing_begins_without_players() -> None:
    """The first question would pass before an empty room."""
    game = Game()
    assert refusal(game, commands.Next()) == "nobody"
    game.join("Ann")
    game.do(commands.Kick("p1"))
    assert refusal(game, commands.Next()) == "nobody"


def test_a_session_whose_players_are_all_gone_can_go_on_and_end(game: Game) -> None:
    """The last player leaves: the host is not stuck, and somebody new may come."""
    game.do(*(commands.Kick(f"p{number}") for number in (1, 2, 3)))
    game.grade()
    game.do(commands.Reveal())
    assert refusal(game, commands.Next()) == "nobody"
    game.join("Dee")
    assert game.do(commands.Next()).phase == "asking"


def test_a_name_is_taken_under_folding() -> None:
    """Two players who look alike in the table are one too many."""
    game = Game()
    game.join("Ann")
    for name in ("ANN", " ann ", "Ａｎｎ", "Аnn"):
        assert refusal(game, commands.Join(name)) == "name-taken"


def test_players_choose_among_the_hosts_teams() -> None:
    """In the lobby; spelling is the host's."""
    game = Game(opening(settings=Settings(teams="choose", team_names=("Blue", "Red"))))
    game.join("Ann", team="blue")
    game.join("Ben")
    assert refusal(game, commands.Join("Cem", "Green")) == "no-team"
    game.do(commands.ChooseTeam("p1", "RED"), commands.Next())
    assert refusal(game, commands.ChooseTeam("p1", "Blue")) == "not-now"
    game.do(commands.ChooseTeam("p2", "Blue"))
    assert [player.team for player in game.state.players.values()] == ["Red", "Blue"]


def test_players_name_teams_where_the_host_named_none() -> None:
    """The second who says the same name is in the same team."""
    game = Game(opening(settings=Settings(teams="choose")))
    game.join("Ann", team="The Owls")
    game.join("Ben", team="the  owls")
    assert {player.team for player in game.state.players.values()} == {"The Owls"}


def test_players_name_only_so_many_teams() -> None:
    """Everybody is shown all teams; a flood of them must not fill everyone's screen and line."""
    game = Game(opening(settings=Settings(teams="choose")))
    for number in range(MAX_TEAMS):
        game.join(f"Player {number}", team=f"Team {number}")
    assert refusal(game, commands.Join("One more", "Another team")) == "no-team"
    game.join("One more", team="team 0")


def test_a_draw_makes_teams_of_one_size() -> None:
    """Give or take a player; a second draw replaces the first, and who comes later goes to the smallest."""
    game = Game(opening(settings=Settings(teams="draw", team_names=("Blue", "Red", "Green"))))
    game.join(*(f"Player {number}" for number in range(8)))
    for seed in (1, 2):
        game.do(commands.DrawTeams(seed))
        assert sorted(sizes(game).values()) == [2, 3, 3]
    game.join("Late")
    assert sorted(sizes(game).values()) == [3, 3, 3]
    assert refusal(game, commands.ChooseTeam("p1", "Blue")) == "no-choice"


def test_a_draw_that_the_host_forgot_is_made_before_the_first_question() -> None:
    """Otherwise nobody would score for a team."""
    game = Game(opening(settings=Settings(teams="draw", team_names=("Blue", "Red"))))
    game.join("Ann", "Ben", "Cem", "Dee")
    game.do(commands.Next())
    assert sorted(sizes(game).values()) == [2, 2]
    assert refusal(game, commands.DrawTeams(1)) == "not-now"
    assert len(team_table(game.state)) == 2


def sizes(game: Game) -> dict[str, int]:
    found: dict[str, int] = {}
    for player in game.state.active.values():
        found[player.team] = found.get(player.team, 0) + 1
    return found


def test_events_that_cannot_follow_are_refused(game: Game) -> None:
    """A damaged log must not become a wrong table."""
    at = game.at
    for event in (
        game.event,
        events.Joined(at, "p3", "Dee"),
        events.Joined(at, "p4", "ann"),
        events.TeamChosen(at, "p9", "Blue"),
        events.Asked(at, 1, at),
        events.Answered(at, "p9", 0, "x"),
        events.Answered(at, "p1", 1, "x"),
        events.Drafted(at, "p1", 2, "x"),
        events.Extended(at, 0, SECONDS * 1000),
        events.Extended(at, 1, SECONDS * 1000),
        events.Paused(at, 0),
        events.Unpaused(at, at),
        events.Closed(at, 1, "host"),
        events.Graded(at, 0, (), ()),
        events.Judged(at, 0, 0, accept=True),
        events.Revealed(at, 0),
        events.Skipped(at, 1),
        events.Ended(at),
    ):
        with pytest.raises(IllegalEvent):
            apply(game.state, event)


def test_a_log_must_begin_with_the_opening(game: Game) -> None:
    """The first line says what all others are about."""
    for log in ([], game.log[1:], [dataclasses.replace(game.event, questions=())]):
        with pytest.raises(IllegalEvent):
            replay(log)
