"""CPU time from process start to the first question, against Anki's own engine with as many notes.

Anki's engine is installed into a virtual environment of its own, in a temporary folder, since quizzer does not need it.

Run: python benchmarks/first_question.py
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from datetime import UTC, datetime, timedelta
from pathlib import Path

from benchmarks.timing import Program, compile_everything, medians

ANKI = "anki==26.9"
MAKE_COLLECTION = """
import sys
from anki.collection import AddNoteRequest, Collection
collection = Collection(sys.argv[1])
kind = collection.models.by_name("Basic")
requests = []
for number in range(int(sys.argv[2])):
    note = collection.new_note(kind)
    note["Front"], note["Back"] = f"What is the role of part {number}?", f"It does the work of part {number}. " * 8
    requests.append(AddNoteRequest(note, 1))
collection.add_notes(requests)
collection.sched.set_due_date(collection.find_cards("")[: int(sys.argv[3])], "0")
collection.close()
"""
FIRST_CARD = """
import sys
from anki.collection import Collection
collection = Collection(sys.argv[1])
card = collection.sched.getCard()
print(card.question())
sys.stdout.flush()
import os
os._exit(0)
"""
FIRST_QUESTION = "from quizzer.cli.main import main; main()"
SIZES = (10_000, 100_000)
CARDS_IN_A_DECK = 500


def write_decks(folder: Path, cards: int) -> list[str]:
    """Decks of 500 cards in *folder*; the keys of their cards."""
    folder.mkdir(parents=True)
    keys = []
    for start in range(0, cards, CARDS_IN_A_DECK):
        deck = f"deck-{start // CARDS_IN_A_DECK}"
        lines = ["quizzer: 1", "deck:", f"  id: {deck}", f"  title: Deck {deck}", "cards:"]
        for number in range(start, min(start + CARDS_IN_A_DECK, cards)):
            keys.append(f"{deck}/card-{number}")
            answer = f"It does the work of part {number}. " * 8
            lines += [f"  - id: card-{number}", f"    question: What is the role of part {number}?"]
            lines += ["    answers:", f"      - {answer}", "    tags: [parts]"]
        (folder / f"{deck}.yaml").write_text("\n".join(lines) + "\n")
    return keys


def schedule_cards(home: Path, keys: list[str], *, at: datetime) -> None:
    """Record one passing review of each card, two days before *at*, so that all are due."""
    from quizzer.model import Review
    from quizzer.scheduling.replay import advance
    from quizzer.scheduling.sm2 import Sm2
    from quizzer.storage.store import SqliteStore

    store = SqliteStore(home / "quizzer.db")
    for index, key in enumerate(keys):
        when = at - timedelta(days=2) + timedelta(seconds=index)
        review = Review(
            id=store.new_id(when), device_id=store.device_id, card=key, card_digest="", session_id="benchmark",
            player="", at=when, utc_offset_minutes=0, answer="It does the work.", score=0.9, verdict="pass", quality=5,
            points_made=(), points_missed=(), flags=(), grader="benchmark", latency_ms=1000, mode="study",
        )  # fmt: skip
        store.record(review, advance(None, review, Sm2()))
    store.close()


def anki_python(folder: Path) -> Path:
    """The interpreter of a new virtual environment that has Anki's engine."""
    print(f"installing {ANKI} into a temporary environment ...", file=sys.stderr)
    subprocess.run([sys.executable, "-m", "venv", str(folder)], check=True)
    python = folder / "bin" / "python"
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    subprocess.run([python, "-m", "pip", "install", "--quiet", ANKI], check=True, env=environment)
    subprocess.run([python, "-m", "compileall", "-q", str(folder / "lib")], check=False, env=environment)
    return python


def main() -> None:
    """Print quizzer's and Anki's CPU time for each size, and the ratios."""
    compile_everything()
    with tempfile.TemporaryDirectory() as temporary:
        root = Path(temporary)
        python = anki_python(root / "anki")
        measured: dict[int, float] = {}
        for size in SIZES:
            home = root / f"home-{size}"
            print(f"making {size} cards, {size // 2} of them scheduled ...", file=sys.stderr)
            keys = write_decks(home / "decks", size)
            schedule_cards(home, keys[: size // 2], at=datetime.now(UTC))
            collection = str(root / f"{size}.anki2")
            make = [str(python), "-c", MAKE_COLLECTION, collection, str(size), str(size // 2)]
            subprocess.run(make, check=True, stdout=subprocess.DEVNULL)
            ours = Program("quizzer", [sys.executable, "-c", FIRST_QUESTION, "study", "--plain"],
                           {"QUIZZER_HOME": str(home)}, root)  # fmt: skip
            theirs = Program("anki", [str(python), "-c", FIRST_CARD, collection], {}, root)
            our_seconds, their_seconds = medians([ours, theirs], runs=9)
            measured[size] = our_seconds
            ratio = our_seconds / their_seconds
            print(f"{size:7} cards: quizzer {our_seconds * 1000:6.0f} ms, anki {their_seconds * 1000:6.0f} ms, "
                  f"{ratio:.2f} x" + ("   (at most 0.6 x)" if size == SIZES[0] else ""))  # fmt: skip
        growth = measured[SIZES[1]] / measured[SIZES[0]]
        print(f"quizzer, {SIZES[1]} against {SIZES[0]} cards: {growth:.2f} x   (at most 1.5 x)")


if __name__ == "__main__":
    main()
