"""Templates and gaps."""

from __future__ import annotations

import pytest

from quizzer.decks.anki.markup import LONGEST
from quizzer.decks.anki.rendering import cloze_text, hidden, revealed, sides, with_gap


@pytest.mark.parametrize(
    ("question", "answer", "expected"),
    [
        ("{{Front}}", "{{FrontSide}}<hr id=answer>{{Back}}", ("F", "B")),
        ("{{Front}}", "{{Front}}: {{Back}}", ("F", ": B")),
        ("Say {{text:Front}}{{type:Back}}", "<hr id='answer'>{{type:Back}}", ("Say F", "B")),
        ("{{#Extra}}hidden{{/Extra}}{{^Extra}}{{Front}}{{/Extra}}", "{{Back}}", ("F", "B")),
        ("{{#Front}}{{#Extra}}a{{/Extra}}b{{/Front}}", "{{Back}}", ("b", "B")),
        ("{{Front}} {{tts en_US:Front}} {{Nosuch}} {{!comment}}", "{{Back}} {{Tags}}", ("F   ", "B ")),
        ("{{Front}} {{/Front}} {{#", "{{Back", ("F  {{#", "{{Back")),
    ],
)
def test_templates(question: str, answer: str, expected: tuple[str, str]) -> None:
    """The answer is without what the question shows already."""
    front, back = sides(question, answer, {"Front": "F", "Back": "B", "Extra": " <br> "})
    assert (front.html, back.html) == expected


def test_what_is_shown_on_a_click_is_a_hint() -> None:
    """It is no part of the question."""
    front, _ = sides("{{Front}}{{hint:Back}}", "", {"Front": "F", "Back": "B"})
    assert (front.html, front.hints) == ("F", ("B",))


def test_a_template_cannot_multiply_a_field_without_end() -> None:
    """A few kilobytes would become gigabytes."""
    front, _ = sides("{{F}}" * 100_000, "", {"F": "x" * 100_000})
    assert len(front.html) <= LONGEST + 100_000


@pytest.mark.parametrize(
    ("field", "number", "asked", "answers"),
    [
        ("{{c1::Bern}} is in {{c2::Switzerland::country}}", 1, "[...] is in Switzerland", ["Bern"]),
        ("{{c1::Bern}} is in {{c2::Switzerland::country}}", 2, "Bern is in [country]", ["Switzerland"]),
        ("{{c1::a}} and {{c1::b}}, {{c1::a}}", 1, "[...] and [...], [...]", ["a", "b"]),
        ("{{c1::out {{c2::in}} side}}", 2, "out [...] side", ["in"]),
        ("{{c1::out {{c2::in}} side}}", 1, "[...]", ["out in side"]),
        ("{{c1,2::both}} {{c3::no}}", 2, "[...] no", ["both"]),
        ("{{c1::std::vector::type}}", 1, "[type]", ["std::vector"]),
        ("{{c1::open and }} }} {{c9::", 1, "[...] }} {{c9::", ["open and "]),
    ],
)
def test_gaps(field: str, number: int, asked: str, answers: list[str]) -> None:
    """Hints, gaps in gaps, and braces that are not closed."""
    content = cloze_text(field)
    assert with_gap(content, number) == asked
    assert hidden(content, number) == answers


def test_a_revealed_text_has_no_gaps() -> None:
    """It explains the answer."""
    assert revealed(cloze_text("{{c1::a {{c2::b::hint}}}} {{c3::")) == "a b {{c3::"


def test_gaps_in_gaps_without_end_are_text() -> None:
    """Recursion has a floor."""
    field = "{{c1::" * 5000 + "x" + "}}" * 5000
    assert "x" in revealed(cloze_text(field))
