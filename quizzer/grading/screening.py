"""Answers that are no answers: blank, "I don't know", the question again, or something else altogether."""

from __future__ import annotations

import re
from dataclasses import dataclass

from quizzer.grading.evidence import Evidence
from quizzer.grading.features import Framed, mean
from quizzer.grading.text import words
from quizzer.grading.words import Language

ECHO_LIKENESS = 0.75
"""Cosine with the question from which an answer without words of its own repeats it."""

ECHO_NEW_SHARE = 0.15
"""Share of an echo's weight that may be in words that the question does not have."""

FAR_COSINE = 0.15
"""An answer that is farther than this from question and reference, and shares no word, is about something else."""


@dataclass(frozen=True, slots=True)
class Caution:
    """Something that speaks against an answer: its flag, the reason for the learner, and the score that it leaves."""

    flag: str
    reason: str
    cap: float


def unsaid(answer: str, question: str, language: Language) -> Caution | None:
    """What is wrong with an answer that says nothing, before any model has read it."""
    if not words(answer):
        return Caution("blank", "there is no answer", 0.0)
    if gives_up(answer, question, language):
        return Caution("dont-know", "the answer says that you do not know", 0.0)
    return None


def gives_up(answer: str, question: str, language: Language) -> bool:
    """Whether *answer* says that the learner does not know, and next to nothing beside that."""
    rest, found = answer.lower(), 0
    for pattern in language.unknowing:
        rest, count = re.subn(pattern, " ", rest)
        found += count
    if not found:
        return False
    empty = language.stop | language.fillers | {word.text for word in words(question)}
    return sum(word.text not in empty for word in words(rest)) <= 1


def unrelated(answer: Framed, reference: Framed, evidence: Evidence) -> Caution | None:
    """What is wrong with an answer that repeats the question or is about something else."""
    total, added = float(answer.text.weights.sum()), float(answer.fresh.sum())
    repeats = len(answer.text.words) >= 4 and answer.likeness >= ECHO_LIKENESS
    if repeats and added <= ECHO_NEW_SHARE * total and evidence.whole["lex_r"] < 0.9:
        return Caution("echo", "the answer repeats the question", 0.08)
    nearest = max(evidence.whole["cos"], answer.likeness)
    says_more = mean(reference.known, reference.text.weights) < 1
    if nearest < FAR_COSINE and evidence.whole["lex_r_new"] < 0.1 and says_more:
        return Caution("off-topic", "the answer is about something else", 0.2)
    return None
