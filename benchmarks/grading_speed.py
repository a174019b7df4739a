"""CPU time of grading: one cold command against a cold sentence-transformers, one warm grade against one bare forward.

Run: python benchmarks/grading_speed.py
"""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

os.environ["OPENBLAS_NUM_THREADS"] = "1"  # as the commands do, before numpy is imported

from quizzer.grading import embedder
from quizzer.grading.grader import MeaningGrader
from quizzer.grading.source import find
from quizzer.model import Card

ANSWER = "It keeps the architecture, masks anew on every pass, drops next-sentence prediction, has ten times the text."
CARD = Card(
    id="speed",
    deck_id="speed",
    question="What does RoBERTa change about BERT's training?",
    answers=(
        "It keeps BERT's encoder and the masked-language-modeling objective. It draws a new mask each time a sequence "
        "is fed, drops next-sentence prediction, trains on about 160 GB of text instead of 16, with batches of 8K "
        "sequences instead of 256, and uses a byte-level BPE vocabulary of 50K entries.",
    ),
    points=(
        "the architecture stays the same",
        "masks are drawn anew each time",
        "next-sentence prediction is dropped",
        "it trains on ten times the text",
        "batches are much larger",
    ),
    misconceptions=("RoBERTa has a new attention mechanism.",),
)
COLD_RUNS, WARM_RUNS = 7, 200


def child_seconds(command: list[str], environment: dict[str, str]) -> float:
    """CPU time, user and system, of one process."""
    before = os.times()
    subprocess.run(command, env=environment, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    after = os.times()
    return after.children_user + after.children_system - before.children_user - before.children_system


def cold(home: Path) -> tuple[float, float]:
    """Medians: the command with an empty vector cache, and sentence-transformers encoding the same answer."""
    environment = {**os.environ, "QUIZZER_HOME": str(home), "HF_HUB_OFFLINE": "1"}
    program = (
        "import torch; torch.set_num_threads(1); from sentence_transformers import SentenceTransformer;"
        f"SentenceTransformer({str(find('').folder)!r}, device='cpu').encode([{ANSWER!r}])"
    )
    graded, encoded = [], []
    for _ in range(COLD_RUNS):
        (home / "cache" / "vectors.db").unlink(missing_ok=True)
        command = [sys.executable, "-m", "quizzer", "grade", "bert/bert-02", "--answer", ANSWER, "--json"]
        graded.append(child_seconds(command, environment))
        encoded.append(child_seconds([sys.executable, "-c", program], environment))
    return statistics.median(graded), statistics.median(encoded)


def p50(act: Callable[[], object]) -> float:
    """Median CPU time of *act*, in seconds, after three runs to warm up."""
    for _ in range(3):
        act()
    times = []
    for _ in range(WARM_RUNS):
        begin = time.process_time()
        act()
        times.append(time.process_time() - begin)
    return statistics.median(times)


def main() -> None:
    """Print both comparisons."""
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        model = embedder.load(models=home / "cache" / "models", progress=print)
        grader = MeaningGrader(model)
        forward = p50(lambda: model.encode([ANSWER]))
        grade = p50(lambda: grader.grade(CARD, ANSWER))
        print(f"warm: forward {forward * 1000:.1f} ms, grade {grade * 1000:.1f} ms, ratio {grade / forward:.2f}")
        graded, encoded = cold(home)
        print(f"cold: sentence-transformers {encoded:.2f} s, grade {graded:.2f} s, ratio {graded / encoded:.3f}")


if __name__ == "__main__":
    main()
