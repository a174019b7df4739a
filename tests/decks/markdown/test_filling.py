"""Filling a list's placeholders: the answers come back, and no other byte changes."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quizzer.decks.markdown.filling import fill
from quizzer.decks.markdown.loading import parse

FIXTURES = Path(__file__).parent / "fixtures"

SHAPES = {
    "marker": "# T\n\n## Question {n}\n**What is {n}?**\n**Answer:** {place}\n\n---\n",
    "heading": "# T\n\n### What is {n}?\n\n{place}\n\n### Why is {n}?\n\nSo.\n",
    "nothing": "# T\n\n### What is {n}?\n### Why is {n}?\n\nSo.\n",
    "details": (
        "# T\n\n### What is {n}?\n\n<details><summary>Answer</summary>\n\n{place}\n\n</details>\n\n"
        "### Why is {n}?\n\nSo.\n"
    ),
    "summary": (
        "# T\n\n<details><summary>What is {n}?</summary>\n\n{place}\n\n</details>\n"
        "<details><summary>Why?</summary>So.</details>\n"
    ),
    "pair": "# T\n\nQ: What is {n}?\nA: {place}\nQ: Why is {n}?\nA: So.\n",
    "list": "# T\n\n1. What is {n}?\n\n   {place}\n\n2. Why is {n}?\n\n   So.\n",
    "bullets": "# T\n\n* What is {n}?\n* Why is {n}?\n* Who is {n}?\n",
    "bold": "# T\n\n**What is {n}?**\n\n{place}\n\n**Why is {n}?**\n\nSo.\n",
    "quote": "# T\n\n### What is {n}?\n\n> {place}\n\n### Why is {n}?\n\nSo.\n",
}

answers = st.lists(
    st.sampled_from(
        ["one line", "", "## A heading", "### What else?", "- item", "1. first", "```", "code", "> quote",
         "**bold** words",
         "**Answer:** x", "Q: what?", "---", "| a | b |", "    indented", "trailing  ", "<details>", "</details>",
         "TBD", "*it*",
         "1. What is it?", "**What is 1?**", "~~~", "\u00a0x", "# T", "<!-- c -->", "- [x] done", "***", "a\\"]
    ), min_size=1, max_size=6,
).map("\n".join).filter(lambda text: text.strip() != "" and text == text.strip("\n"))  # fmt: skip


def fields(text: str) -> list[tuple[str, tuple[str, ...]]]:
    return [(entry.card.question, entry.card.answers) for entry in parse(text).entries]


@given(st.sampled_from(sorted(SHAPES)), answers, st.sampled_from(["\n", "\r\n", "\r"]), st.booleans())
@settings(max_examples=400, deadline=None)
def test_a_filled_list_gives_the_answer_back_or_stays_as_it_was(shape: str, answer: str, end: str, last: bool) -> None:
    """Whatever is in an answer, the list still has the same questions, and this answer or none."""
    text = SHAPES[shape].format(n=1, place="_To be filled_").replace("\n", end)
    text = text if last else text.rstrip("\r\n")

    done = fill(text, {0: answer}, read=parse)

    before, after = fields(text), fields(done.text)
    if done.filled:
        assert [line.rstrip() for line in after[0][1][0].split("\n")] == [line.rstrip() for line in answer.split("\n")]
        assert after[1:] == before[1:]
        assert [question for question, _ in after] == [question for question, _ in before]
        prefix = text[: text.index("_To be filled_")] if "_To be filled_" in text else "# T"
        assert done.text.startswith(prefix)
        suffix = text[text.index("_To be filled_") + 14 :] if "_To be filled_" in text else ""
        assert done.text.endswith(suffix)
        if end != "\r":
            assert re.sub("\r\n", "", done.text).count("\n") == (0 if end == "\r\n" else done.text.count("\n"))
    else:
        assert done.text == text
        assert done.refused == (0,)


@pytest.mark.parametrize("shape", sorted(SHAPES))
@pytest.mark.parametrize(
    "answer", ["Bread.", "Bread,\nbaked.", "Bread:\n\n- rye\n- wheat", "```\n# code\n```", "- one\n- two"]
)
def test_ordinary_answers_fill_every_shape(shape: str, answer: str) -> None:
    """Paragraphs, lists and code are what answers are made of."""
    text = SHAPES[shape].format(n=1, place="_To be filled_")

    done = fill(text, {0: answer}, read=parse)

    assert done.filled == (0,), done.text
    assert fields(done.text)[0][1] == (answer,)
    assert fields(done.text)[1:] == fields(text)[1:]


@pytest.mark.parametrize(
    "name", sorted(path.stem for path in FIXTURES.glob("*.md") if path.stem not in ("README", "links"))
)
def test_every_fixture_can_be_filled(name: str) -> None:
    """Each place in lists of every shape takes an answer, and all other lines stay."""
    text = (FIXTURES / f"{name}.md").read_text(encoding="utf-8")
    listed = parse(text)
    open_places = {
        n: "A cell." if entry.card.question == "What is spelt?" else f"An answer,\n\n- number {n}"
        for n, entry in enumerate(listed.entries)
        if not entry.card.answers
    }

    done = fill(text, open_places, read=parse)

    after = parse(done.text)
    assert done.refused == ()
    assert [entry.card.question for entry in after.entries] == [entry.card.question for entry in listed.entries]
    assert all(after.entries[n].card.answers == (answer,) for n, answer in open_places.items())
    kept = [
        line
        for line in text.split("\n")
        if not any(entry.placeholder and entry.placeholder in line for entry in listed.entries)
    ]
    remaining = iter(done.text.split("\n"))
    assert all(line in remaining for line in kept)


def test_one_answer_that_cannot_be_written_does_not_stop_the_others() -> None:
    """It is named, and its place stays open."""
    text = "".join(f"## Question {n}\n**What is {n}?**\n**Answer:** TBD\n\n" for n in range(1, 5))

    done = fill(text, {0: "fine", 1: "```\nnever closed", 2: "## Question 9\n**Why?**", 3: "fine too"}, read=parse)

    assert (done.filled, done.refused) == ((0, 2, 3), (1,))
    assert [answers for _, answers in fields(done.text)] == [("fine",), (), ("## Question 9\n**Why?**",), ("fine too",)]
