"""What a party says, as blocks that its one screen shows to everybody."""

from __future__ import annotations

from collections.abc import Sequence

from quizzer.group.names import cells
from quizzer.group.room_pages import BLANK, Block, Markdown, shortened
from quizzer.group.scoring import table
from quizzer.group.state import State
from quizzer.study.pages import ROLES, SIGNS, Line, counted

NOTHING_TYPED = "Nothing typed yet: answer in your own words, or /skip when you don't know."
HELP = "/skip when you don't know, /quit leaves the party; everything so far is kept."
DOES_IT_COUNT = "Does it count? y, n, or Enter leaves it to the grader"


def introduction(state: State) -> list[Block]:
    """What is about to happen."""
    names = listed([player.name for player in state.active.values()])
    count = len(state.opened.questions)
    done = sum(past.revealed or past.skipped for past in state.rounds)
    what = f"{state.opened.title}: {counted(count, 'question')} for {names}."
    if done:
        return [Line("strong", what), Line("text", f"Gone on with after {counted(done, 'question')}.")]
    return [
        Line("strong", what),
        Line("text", "Everybody answers every question in their own words, one after the other at this keyboard. "
                     "Nobody sees what the others type; then you see it all, with points, and argue."),
    ]  # fmt: skip


def listed(names: Sequence[str]) -> str:
    """Names as one says them: ``Ann, Ben and Cleo``."""
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"


def question(state: State) -> list[Block]:
    """The question, for all to read."""
    asked = state.question
    if asked is None:
        return []
    number = f"Question {state.rounds[-1].question + 1} of {len(state.opened.questions)}"
    return [BLANK, Line("quiet", number), Markdown(asked.text), BLANK]


def hand_over(name: str) -> str:
    """What is said to the next player."""
    return f"{name}, the keyboard is yours: Enter when nobody else looks"


def turn(state: State, player: str, *, note: str = "", alone: bool = True) -> list[Block]:
    """The page on which one player types. *alone*: all else is gone from the screen."""
    name = state.players[player].name
    said: list[Block] = [Line("open", note)] if note else []
    if not alone:
        return [Line("strong", f"{name}:"), *said]
    return [Line("strong", f"{name}, nobody else looks now."), *question(state), *said]


def doubt(state: State, group: Sequence[str]) -> list[Block]:
    """An answer, whose it is, and what the grader says of it."""
    graded = state.rounds[-1]
    mark = graded.marks[group[0]]
    names = listed([state.players[player].name for player in group])
    return [
        BLANK,
        Line("text", f"{names}: {shortened(graded.answers[group[0]].text)}"),
        Line(ROLES[mark.verdict], f"{SIGNS[mark.verdict]} {mark.reason or 'the grader is not sure'}", 2),
    ]


def revealed(state: State) -> list[Block]:
    """Everybody's answer with its points, the reference, the explanation and the table so far."""
    asked = state.question
    if asked is None:
        return []
    blocks = [BLANK, *answers(state), BLANK, Line("strong", "Reference:"), Markdown(asked.answers[0], 2)]
    if asked.points:
        blocks += [BLANK, Line("strong", "Its points, and who made them:")]
        blocks += [_point(state, point) for point in asked.points]
    if asked.explanation:
        blocks += [BLANK, Markdown(asked.explanation)]
    is_last = len(state.rounds) == len(state.opened.questions)
    return blocks if is_last else [*blocks, BLANK, *standings(state)]


def answers(state: State) -> list[Block]:
    """Everybody's answer to the current question, with its points."""
    return [block for player in state.active for block in _answer(state, player)]


def _answer(state: State, player: str) -> list[Block]:
    graded, name = state.rounds[-1], state.players[player].name
    mark, award, given = graded.marks.get(player), graded.awards.get(player), graded.answers.get(player)
    if mark is None or award is None or given is None or not given.text:
        return [Line("bad", f"[-] {name}: no answer, 0 points")]
    by_host = graded.decision(player) is not None
    verdict = "pass" if award.right else "fail" if by_host or mark.verdict == "pass" else mark.verdict
    words = {"pass": "right", "unsure": "not sure", "fail": "not yet"}[verdict]
    said = (
        f"{SIGNS[verdict]} {name}: {words}{', by your decision' if by_host else ''}, {counted(award.points, 'point')}"
    )
    return [Line(ROLES[verdict], said), Line("quiet", f'"{shortened(given.text)}"', 4)]


def _point(state: State, point: str) -> Line:
    graded = state.rounds[-1]
    makers = [state.players[player].name for player in state.active
              if player in graded.marks and point in graded.marks[player].made]  # fmt: skip
    return Line("good", f"[+] {point} ({listed(makers)})", 2) if makers else Line("bad", f"[-] {point}", 2)


def standings(state: State) -> list[Block]:
    """The table."""
    rows = table(state)
    widest = max((cells(state.players[row.player].name) for row in rows), default=0)
    lines: list[Block] = [Line("strong", "Table")]
    for row in rows:
        name = state.players[row.player].name
        padded = name + " " * (widest - cells(name))
        lines.append(Line("text", f"{row.place:>3}  {padded}  {row.points:>5}  {row.right} right"))
    return lines


def whose(state: State, players: Sequence[str]) -> str:
    """Asks whose answer is disputed."""
    names = ", ".join(f"{number} {state.players[player].name}" for number, player in enumerate(players, start=1))
    return f"Whose answer? {names}"


def go_on(*, is_last: bool, disputable: bool) -> str:
    """What can be done after a question."""
    return (
        f"Enter: {'the end' if is_last else 'next question'}{', d: dispute an answer' if disputable else ''}, q: leave"
    )


def final(state: State) -> list[Block]:
    """The end, with who won."""
    rows = table(state)
    winners = [state.players[row.player].name for row in rows if row.place == 1]
    won = f"{listed(winners)} {'wins' if len(winners) == 1 else 'win together'}" if rows and rows[0].points else ""
    return [BLANK, Line("strong", f"The end.{f' {won} with {rows[0].points} points.' if won else ''}"), BLANK,
            *standings(state)]  # fmt: skip
