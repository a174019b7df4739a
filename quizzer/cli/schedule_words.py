"""What a fact did to a schedule, in words for a learner."""

from __future__ import annotations

from datetime import timedelta

from quizzer.model import CardEvent, Decision, FsrsMemory, Memory, Review, Schedule, Sm2Memory
from quizzer.scheduling.explanation import Step
from quizzer.scheduling.rules import Rules
from quizzer.study.pages import counted, graded

LEGEND = {
    "sm2": "SM-2: known once, a card comes back after 1 day, then after 6; each time after that the interval is "
    "multiplied by the ease, which answers graded 5 raise and answers graded 3 lower. Not known: back to 1 day.",
    "fsrs": "FSRS: stability is the number of days after which the chance that you still know a card has fallen to "
    "90 %; difficulty, 1 to 10, says how slowly it grows. A card comes back when the chance is {retention}.",
}


def percent(share: float) -> str:
    """A share as people say it: ``87 %``."""
    return f"{share * 100:.0f} %"


def legend(rules: Rules) -> str:
    """How the scheduler that *rules* name decides, in one paragraph."""
    return LEGEND[rules.scheduler].format(retention=percent(rules.desired_retention))


def happened(step: Step) -> str:
    """What the fact is: ``answered: 4 (right)``."""
    match step.fact:
        case Review() as review:
            what = {"repeat": "asked again", "cram": "practised", "mock": "in a mock interview"}.get(review.mode)
            text = f"{what or 'answered'}{_late(step)}: {graded(review.quality)}"
            if step.decision:
                text += f", decided by {_decided_by(step.decision)}: {graded(step.decision.quality)}"
            return text
        case Decision() as decision:
            return f"{_decided_by(decision)} decided: {graded(decision.quality)}"
        case _:
            return _event(step.fact)


def _decided_by(decision: Decision) -> str:
    return "you" if decision.by == "learner" else "the host"


def _event(event: CardEvent) -> str:
    match event.kind:
        case "suspend":
            return "suspended: not asked until it is resumed"
        case "resume":
            return "resumed"
        case "bury":
            return f"put off until {event.value}"
        case "reset":
            return "made new again"
        case "flag":
            return f"flagged: {event.value}" if event.value else "flagged"
        case "void":
            return "an answer was undone"
        case "plan":
            return f"moved to {event.value} by your plan"
        case "mock":
            return "the first card of a mock interview"


def did(step: Step, rules: Rules) -> str:
    """What the fact did, and why; empty where the fact itself says it."""
    match step.effect:
        case "first" | "remembered" | "forgotten":
            return _moved(step, rules)
        case "same-day":
            return "only the first answer of a day moves the schedule"
        case "practice":
            return "practice leaves the schedule as it is"
        case "undone":
            return "undone, so it does not count"
        case "decision":
            return "counts in place of the grade that the answer had"
        case "event":
            return _due_changed(step)


def _due_changed(step: Step) -> str:
    if step.before is None or step.after is None or step.before.due == step.after.due:
        return ""
    return f"due on {step.after.due}, before that on {step.before.due}"


def _moved(step: Step, rules: Rules) -> str:
    after = step.after
    if after is None or step.interval_days is None:
        return ""
    why = _sm2(step, after.memory, rules) if isinstance(after.memory, Sm2Memory) else _fsrs(step, after.memory, rules)
    return f"comes back on {after.due}, after {counted(step.interval_days, 'day')}: {why}"


def _late(step: Step) -> str:
    """How far from its day the card was answered."""
    if not step.moved or step.before is None or not step.before.reviews or step.before.due == step.day:
        return ""
    days = abs((step.day - step.before.due) // timedelta(days=1))
    return f" {counted(days, 'day')} {'late' if step.day > step.before.due else 'early'}"


def _sm2(step: Step, memory: Sm2Memory, rules: Rules) -> str:
    before = step.before.memory if step.before else None
    ease_before = before.ease_hundredths if isinstance(before, Sm2Memory) else Sm2Memory().ease_hundredths
    ease = f"ease {memory.ease_hundredths / 100:.2f}"
    if memory.ease_hundredths != ease_before:
        ease = f"ease {ease_before / 100:.2f} -> {memory.ease_hundredths / 100:.2f}"
    if not memory.repetitions:
        return f"not known, so it starts again from the beginning; {ease}"
    if memory.repetitions == 1:
        return f"known once; {ease}"
    times = f"known {memory.repetitions} times in a row"
    if memory.interval_days == rules.maximum_interval_days:
        return f"{times}, the longest interval that you allow; {ease}"
    if memory.repetitions == 2 or not isinstance(before, Sm2Memory):
        return f"{times}; {ease}"
    product = f"{counted(before.interval_days, 'day')} x {memory.ease_hundredths / 100:.2f}"
    return f"{times}, so {product}, rounded up; {ease}"


def _fsrs(step: Step, memory: FsrsMemory, rules: Rules) -> str:
    known = {"first": "answered for the first time", "remembered": "known", "forgotten": "not known"}[step.effect]
    if step.recall is not None and step.elapsed_days is not None:
        known += f" after {counted(step.elapsed_days, 'day')}, when the chance was {percent(step.recall)}"
    before = step.before.memory if step.before and step.before.reviews else None
    if isinstance(before, FsrsMemory):
        stability = f"stability {_days(before.stability_days)} -> {_days(memory.stability_days)} days"
        difficulty = f"difficulty {before.difficulty:.1f} -> {memory.difficulty:.1f}"
    else:
        stability = f"stability {_days(memory.stability_days)} days"
        difficulty = f"difficulty {memory.difficulty:.1f}"
    longest = " (the longest interval that you allow)" if step.interval_days == rules.maximum_interval_days else ""
    return f"{known}; {stability}, {difficulty}{longest}"


def _days(days: float) -> str:
    return f"{days:.1f}" if days < 100 else f"{days:.0f}"


def stands(schedule: Schedule | None) -> str:
    """Where the card is now."""
    if schedule is None or not schedule.reviews:
        return "new: no answer has moved it yet" + (", suspended" if schedule and schedule.suspended else "")
    parts = [f"due on {schedule.due}"]
    if schedule.buried_until:
        parts.append(f"put off until {schedule.buried_until}")
    if schedule.suspended:
        parts.append("suspended")
    return ", ".join(parts)


def memory_data(memory: Memory | None) -> dict[str, float | int | None] | None:
    """*memory* for JSON."""
    if isinstance(memory, Sm2Memory):
        return {"repetitions": memory.repetitions, "ease": memory.ease_hundredths / 100,
                "interval_days": memory.interval_days}  # fmt: skip
    return {"stability_days": memory.stability_days, "difficulty": memory.difficulty} if memory else None
