"""What is said when a live session or a party ends: where the results are, and what can be done with them."""

from __future__ import annotations

import shlex

from quizzer.group import overruled
from quizzer.group.results import of_state
from quizzer.group.state import State


def closing_lines(state: State) -> list[str]:
    """What its host is told at the end of the session that stands at *state*."""
    found, session = of_state(state), state.opened.session[:13]
    if not found.counted:
        return ["No question counted; nothing is lost: `quizzer group results` lists the session."]
    lines = [f"Results: `quizzer group results {session}`; as a page: add --html FILE, for a spreadsheet: --csv FILE"]
    judged = overruled.overrules(state)
    if judged:
        decks = shlex.join(dict.fromkeys(one.card.partition("/")[0] for one in judged))
        answers = "1 answer that you decided on" if len(judged) == 1 else f"{len(judged)} answers that you decided on"
        lines.append(f"{answers}, for the deck: `quizzer deck proposals {decks}`")
    if found.failed_most:
        lines.append(f"Failed most, to study: `quizzer group study-list {session} --output weak.txt`")
    return lines
