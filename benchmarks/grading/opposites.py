"""Writes the lexicon of opposites as the grader reads it, from the groups in ``opposites.txt``.

A line is a group: whatever stands left of the slash is opposite to whatever stands right of it. What is written is each
phrase's stems and the sides of groups that it stands on, so that nothing needs to be stemmed when the grader starts.

Run: python -m benchmarks.grading.opposites
"""

from __future__ import annotations

from collections import defaultdict
from pathlib import Path

from quizzer.grading.opposites import LONGEST
from quizzer.grading.stemming import stem
from quizzer.grading.text import words

HERE = Path(__file__).parent
GROUPS = HERE / "opposites.txt"
WRITTEN = HERE.parents[1] / "quizzer" / "grading" / "weights" / "opposites-en.txt"


def compiled(groups: str) -> str:
    """The lexicon of *groups*: a phrase's stems, a tab, its sides; 2n and 2n + 1 are across."""
    found: dict[str, set[int]] = defaultdict(set)
    for group, line in enumerate(groups.splitlines()):
        left, right = line.split(" / ")
        for side, phrases in enumerate((left, right)):
            for phrase in phrases.split(", "):
                stems = [stem(word.text) for word in words(phrase)]
                if len(stems) > LONGEST:
                    raise SystemExit(f"line {group + 1}: {phrase!r} has more than {LONGEST} words")
                found[" ".join(stems)].add(2 * group + side)
    return "".join(f"{stems}\t{' '.join(map(str, sorted(sides)))}\n" for stems, sides in sorted(found.items()))


def main() -> None:
    """Write it into the package."""
    WRITTEN.write_text(compiled(GROUPS.read_text("utf-8")), "utf-8")
    print(f"{WRITTEN}: {WRITTEN.stat().st_size / 1e3:.0f} kB")


if __name__ == "__main__":
    main()
