"""`quizzer deck check` and `deck similar`: what a maintainer is told of a deck's content."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.conftest import Run, envelope
from tests.terminal import Terminal

HEAD = "quizzer: 1\ndeck: {{id: {0}, title: {0}}}\ncards:\n"
ACCUMULATION = (
    "Gradients of several small micro-batches are summed before the optimizer takes one step, so that a large batch"
    " fits into little memory"
)
TCP = "  - id: tcp\n    question: What is the difference between TCP and UDP?\n"
UDP = "  - id: udp\n    question: How does UDP differ from TCP?\n"


def test_content_is_checked_beside_the_form(quizzer: Run, decks: Path) -> None:
    """Each line ends with the code that a comment can allow; the form needs no model."""
    (decks / "a.yaml").write_text(HEAD.format("a") + "  - id: x\n    question: What is BERT?\n    answers: [TBD]\n")

    result = quizzer("deck", "check", "a", "--no-meaning")

    assert (result.returncode, result.stderr) == (1, "")
    assert result.stdout == (
        'decks/a.yaml:6:15: answer 1 is a placeholder: "TBD" [placeholder]\n'
        "    write it, or remove it: a card without answers is open, and is not asked\n"
        "1 deck checked, 1 problem\n"
    )


def test_a_comment_lets_a_finding_pass(quizzer: Run, decks: Path) -> None:
    """What is meant so must not turn every later run red."""
    card = "  - id: x\n    question: What is BERT?\n    # quizzer: allow no-source\n    sources: [internet]\n"
    (decks / "a.yaml").write_text(HEAD.format("a") + card)

    assert quizzer("deck", "check", "a", "--no-meaning").returncode == 0


def test_annotations_tell_form_from_content(quizzer: Run, decks: Path) -> None:
    """What breaks the format is an error, what a person should look at a warning."""
    (decks / "a.yaml").write_text(HEAD.format("a") + "  - id: x\n    question: What is BERT?\n    sources: [google]\n")
    (decks / "b.yaml").write_text("quizzer: 1\ndeck: {id: b}\ncards:\n  - id: a\n    questoin: b\n")

    result = quizzer("deck", "check", "decks", "--no-meaning", "--github", GITHUB_WORKSPACE=str(decks.parent))

    first, second, last = result.stdout.splitlines()
    assert result.returncode == 1
    assert first.startswith("::warning file=decks/a.yaml,line=6,col=15,title=quizzer%3A no-source::the source 'google'")
    assert second.startswith("::error file=decks/b.yaml,line=5,col=5,title=quizzer%3A unknown-key::unknown key")
    assert last == "2 decks checked, 2 problems"


def test_annotations_and_json_do_not_mix(quizzer: Run, decks: Path) -> None:
    """Each would break the other's reader."""
    result = quizzer("deck", "check", "--github", "--json")

    assert result.returncode == 2
    assert envelope(result.stdout)["errors"][0]["code"] == "usage"


def test_an_unreadable_deck_is_annotated_too(quizzer: Run, decks: Path) -> None:
    """The pull request shows what the log says."""
    (decks / "a.yaml").write_bytes(b"quizzer: 1\n\xe9")

    result = quizzer("deck", "check", "decks", "--github")

    assert result.returncode == 3
    assert result.stdout.startswith("::error file=decks/a.yaml,line=2,col=1,")


def test_equal_questions_are_found_across_decks_without_a_model(quizzer: Run, decks: Path) -> None:
    """Each is reported at the later deck, with the place of the other; --alone compares with no other decks."""
    (decks / "a.yaml").write_text(HEAD.format("a") + TCP)
    (decks / "b.yaml").write_text(HEAD.format("b") + TCP.replace("id: tcp", "id: other"))

    both = quizzer("deck", "check", "decks", "--no-meaning")
    one = quizzer("deck", "check", "a", "--no-meaning")
    alone = quizzer("deck", "check", "a", "--no-meaning", "--alone")

    message = "card 'other' asks the same as card 'a/tcp' (decks/a.yaml:4): \"What is the difference"
    assert f"decks/b.yaml:5:15: {message}" in both.stdout
    assert both.stdout.count("asks the same") == 1
    assert "decks/a.yaml:5:15: card 'tcp' asks the same as card 'b/other' (decks/b.yaml:4)" in one.stdout
    assert (both.returncode, one.returncode, alone.returncode) == (1, 1, 0)


def test_a_copy_of_a_deck_is_no_duplicate(quizzer: Run, decks: Path, home: Path) -> None:
    """A copy in another place, with the same id, is the way to try a change."""
    (decks / "a.yaml").write_text(HEAD.format("a") + TCP)
    (home / "decks").mkdir(parents=True)
    (home / "decks" / "a.yaml").write_text(HEAD.format("a") + TCP)

    assert quizzer("deck", "check", "a", "--no-meaning").returncode == 0


def test_a_former_id_that_somebody_has_is_found(quizzer: Run, decks: Path) -> None:
    """A history can go to one card only."""
    (decks / "a.yaml").write_text(HEAD.format("a") + TCP + "    aliases: [b/udp, b/gone]\n")
    (decks / "b.yaml").write_text(HEAD.format("b").replace("}\ncards", ", aliases: [a]}\ncards") + UDP)

    result = quizzer("deck", "check", "decks", "--no-meaning", "--alone")

    assert result.stdout.splitlines()[0::2][:2] == [
        "decks/a.yaml:6:15: the former id 'b/udp' of card 'tcp' is that of the card at decks/b.yaml:4 [alias-in-use]",
        "decks/b.yaml:2:35: the former id 'a' is that of the deck decks/a.yaml [alias-in-use]",
    ]
    assert result.returncode == 1


@pytest.mark.model
def test_what_only_meaning_tells_is_found(quizzer: Run, decks: Path, ready_home: Path) -> None:
    """Twins in other words, in one deck and across decks; interchangeable answers; points; length. Twice the same."""
    second = (
        "Summing the gradients of several micro-batches before each optimizer step gives the effect of a large batch"
    )
    (decks / "a.yaml").write_text(
        HEAD.format("a") + TCP + UDP
        + "  - id: accumulation\n    question: How does gradient accumulation save memory in training?\n"
        f"    answers: ['{ACCUMULATION}']\n    points: [gradients are summed before one optimizer step,"
        " the moon orbits the earth]\n"
        "  - id: batches\n    question: What are micro-batches good for when the GPU is small?\n"
        f"    answers: ['{ACCUMULATION}', '{second}']\n"
        f"  - id: long\n    question: What is the whole story?\n    answers: ['{'a lock guards it; ' * 60}']\n"
    )  # fmt: skip
    (decks / "b.yaml").write_text(
        HEAD.format("b") + "  - id: twin\n    question: Compare TCP with UDP, what is the difference?\n"
    )

    result = quizzer("deck", "check", "decks", "--alone", "--json")
    again = quizzer("deck", "check", "decks", "--alone", "--json")

    value = envelope(result.stdout)
    found = [(error["code"], error["path"], error["line"]) for error in value["errors"]]
    assert value["data"]["meaning"] is True
    assert ("duplicate-question", "decks/a.yaml", 7) in found
    assert ("point-unmentioned", "decks/a.yaml", 11) in found
    assert ("interchangeable-answers", "decks/a.yaml", 13) in found
    assert ("answer-too-long", "decks/a.yaml", 17) in found
    assert ("duplicate-question", "decks/b.yaml", 5) in found
    assert len(found) == 5
    assert all(error["hint"] for error in value["errors"])
    assert again.stdout == result.stdout


@pytest.mark.model
def test_without_a_model_the_rest_is_checked(quizzer: Run, decks: Path, home: Path) -> None:
    """A machine without it still checks; it says what was left out, and that in JSON too."""
    (decks / "a.yaml").write_text(HEAD.format("a") + TCP + UDP + "    sources: [google]\n")
    home.mkdir(exist_ok=True)
    (home / "config.toml").write_text('model = "no/such-model"\n')

    result = quizzer("deck", "check", "a", "--json")

    assert result.returncode == 1
    assert envelope(result.stdout)["data"]["meaning"] is False
    assert [error["code"] for error in envelope(result.stdout)["errors"]] == ["no-source"]
    assert "warning: the decks are compared by their words only: model 'no/such-model' is not" in result.stderr


@pytest.mark.model
def test_similar_shows_the_nearest_pairs_first(quizzer: Run, decks: Path, ready_home: Path) -> None:
    """And says which of them `check` takes for one."""
    (decks / "a.yaml").write_text(HEAD.format("a") + TCP + UDP + "  - {id: ip, question: What does IP add?}\n")
    (decks / "b.yaml").write_text(HEAD.format("b") + "  - {id: quic, question: How does QUIC differ from TCP?}\n")

    result = quizzer("deck", "similar", "a", "--threshold", "0.5", "--json")
    shown = quizzer("deck", "similar", "a", "--limit", "1")

    pairs = envelope(result.stdout)["data"]["pairs"]
    assert result.returncode == 0
    assert [card["card"] for card in pairs[0]["cards"]] == ["a/tcp", "a/udp"]
    assert (pairs[0]["same"], pairs[0]["cards"][1]["path"], pairs[0]["cards"][1]["line"]) == (True, "decks/a.yaml", 6)
    assert all(any(card["card"].startswith("a/") for card in pair["cards"]) for pair in pairs)
    assert [pair["similarity"] for pair in pairs] == sorted((pair["similarity"] for pair in pairs), reverse=True)
    assert any(pair["cards"][1]["card"] == "b/quic" and not pair["same"] for pair in pairs)
    assert "asks the same" in shown.stdout
    assert "    a/tcp  What is the difference between TCP and UDP?\n        decks/a.yaml:4\n" in shown.stdout
    assert shown.stdout.endswith("at 0.75 or more; there may be more (--limit)\n")


def test_similar_has_nothing_to_compare_in_one_card(quizzer: Run, home: Path) -> None:
    """No model is loaded for it."""
    work = home.parent / "work"
    (work / "one.yaml").write_text(HEAD.format("bert") + "  - {id: a, question: What is TCP?}\n")

    result = quizzer("deck", "similar", "one.yaml")

    assert (result.returncode, result.stdout) == (0, "there are no two cards to compare\n")


def test_a_file_that_is_no_deck_is_named(quizzer: Run, decks: Path) -> None:
    """A deck that was emptied by accident must not be checked in silence."""
    (decks / "a.yaml").write_text(HEAD.format("a") + TCP)
    (decks / "emptied.yaml").write_text("")
    checked = quizzer("deck", "check", "decks", "--no-meaning")
    assert checked.returncode == 0
    assert "note: decks/emptied.yaml: not checked: no deck" in checked.stderr
    assert "decks/emptied.yaml  no deck: the key 'quizzer' is missing" in quizzer("deck", "list").stdout


@pytest.mark.model
def test_a_terminal_shows_how_far_the_reading_is(decks: Path, ready_home: Path) -> None:
    """The first check of a large deck takes minutes; Ctrl-C leaves, and what was read stays read."""
    cards = "".join(f"  - {{id: c{number}, question: What is thing number {number}?}}\n" for number in range(70))
    (decks / "a.yaml").write_text(HEAD.format("a") + cards)

    with Terminal("deck", "check", "a", "--alone") as terminal:
        terminal.wait_for("reading questions  [")
        terminal.wait_for("70/70")
        terminal.wait_for("1 deck checked, no problems")
        assert terminal.end() == 0
