"""Answers of a live session on which its host decided: proposals for the deck, as learners' own overrules are."""

from __future__ import annotations

from quizzer.decks.proposals import Overrule
from quizzer.group.state import State
from quizzer.group.takehome import answer_id, mark_of, said
from quizzer.scheduling.days import instant
from quizzer.study.words import overruled


def overrules(state: State) -> list[Overrule]:
    """Every answer in words that the host accepted or rejected; of a question that was dropped, none.

    Nobody is named: a proposal may be passed on to a deck's maintainer.
    """
    session, found = state.opened.session, []
    for played in state.rounds:
        question = state.opened.questions[played.question]
        judged = () if played.skipped else played.judged.items()
        for player, accept in ((player, accept) for group, accept in judged for player in played.groups[group]):
            given, mark = said(played, player), mark_of(played, player, question)
            if given is None or not given.text.strip():
                continue
            at_ms = played.asked_at + given.after_ms
            found.append(
                Overrule(
                    review_id=answer_id(session, player, question.card, at_ms=at_ms), card=question.card,
                    card_digest=question.digest, player=f"{player} of {session}", at=instant(at_ms * 1000),
                    answer=given.text, score=mark.score, verdict=mark.verdict, quality=mark.quality,
                    points_missed=mark.missed, flags=mark.flags, grader=mark.grader,
                    decided=overruled(mark.quality, right=accept), by="host",
                )
            )  # fmt: skip
    return found
