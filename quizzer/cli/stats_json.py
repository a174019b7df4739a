"""Statistics as the JSON that `quizzer stats --json` prints."""

from __future__ import annotations

from datetime import timedelta
from typing import Any  # JSON objects

from quizzer.stats.summary import Share, Statistics


def as_json(statistics: Statistics) -> dict[str, Any]:
    """Every figure, under the names of the envelope's ``data``."""
    total, forecast = statistics.total, statistics.forecast
    return {
        "day": statistics.day.isoformat(), "due_today": statistics.due, "repeat_today": statistics.repeat,
        "due_tomorrow": forecast[1], "due_this_week": sum(forecast[1:8]), "new": statistics.new,
        "suspended": statistics.suspended, "retired": statistics.retired,
        "answered_today": statistics.answered_today, "answers": total.all_answers, "practice": total.practice,
        "seconds": total.milliseconds // 1000, "streak_days": statistics.streak_days,
        "retention": _share(total.retention),
        "days": [
            {"day": day.isoformat(), "answers": totals.answers, "practice": totals.practice,
             "seconds": totals.milliseconds // 1000, "new": totals.new, "asked": totals.asked, "passed": totals.passed}
            for day, totals in sorted(statistics.days.items())
        ],
        "forecast": [
            {"day": (statistics.day + timedelta(days=ahead)).isoformat(), "due": due}
            for ahead, due in enumerate(forecast)
        ],
        "intervals": [
            {"from_days": interval.first, "to_days": interval.last, "retention": _share(interval.retention)}
            for interval in statistics.intervals
        ],
        "tags": [
            {"tag": tag.tag, "cards": tag.cards, "seen": tag.seen, "retention": _share(tag.retention)}
            for tag in statistics.tags
        ],
        "hardest": [
            {"card": hard.card, "question": hard.question, "retention": _share(hard.retention)}
            for hard in statistics.hardest
        ],
        "missed_points": [
            {"card": missed.card, "point": missed.point, "missed": missed.missed, "answers": missed.answers}
            for missed in statistics.missed_points
        ],
        "overrules": {"answers": total.all_answers, "unsure": total.unsure, "raised": total.raised,
                      "lowered": total.lowered, "adjusted": total.adjusted},
    }  # fmt: skip


def _share(share: Share) -> dict[str, Any]:
    low, high = share.range
    return {"passed": share.passed, "total": share.total, "ratio": share.ratio, "low": low, "high": high}
