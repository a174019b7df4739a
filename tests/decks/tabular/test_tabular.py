"""Tables: what is written is read back as the same cards, and the tables of others are understood."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from quizzer.cli.compose import bundled_decks
from quizzer.decks import schema, yamlfile
from quizzer.decks.markdown.updating import as_deck
from quizzer.decks.tabular import cells
from quizzer.decks.tabular.reading import Layout, read
from quizzer.decks.tabular.writing import write
from quizzer.decks.values import is_blank
from quizzer.errors import TableInvalid
from quizzer.model import Card, CardTests, Deck

HOSTILE = [
    "plain", "a | b", "|", "\\", "\\|", "\\e", "\\ ", " lead", "trail ", "trail \\", "\\ lead", ",", ";", "a,b;c", '"',
    '""', "'", "'=1", "=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "''=1", "\uff1d1", "\r", "a\rb", "\u00a0", "\u2028",
    "\u200d", "TBD", "a\n\nb", "é 漢 😀", "#", "-",
]  # fmt: skip
texts = (
    st.lists(st.one_of(st.sampled_from(HOSTILE), st.text(st.characters(codec="utf-8"), max_size=6)), min_size=1)
    .map("".join)
    .map(lambda text: text.rstrip("\r\n"))
    .filter(lambda text: not is_blank(text))
)
lists = st.lists(texts, max_size=3).map(tuple)
cards = st.builds(
    Card, id=st.just(""), deck_id=st.just("deck"), question=texts, answers=lists, points=lists,
    misconceptions=lists, hints=lists, explanation=st.one_of(st.just(""), texts), sources=lists, tags=lists,
    difficulty=st.sampled_from([None, "easy", "medium", "hard"]),
    tests=st.builds(CardTests, lists, lists, st.lists(st.one_of(texts, st.just("")), max_size=2).map(tuple)),
    aliases=st.lists(st.sampled_from(["old-1", "other/old-3"]), max_size=2, unique=True).map(tuple),
)  # fmt: skip
decks = st.lists(cards, min_size=1, max_size=3).map(
    lambda made: Deck("deck", "deck", cards=tuple(replace(card, id=f"deck-{n}") for n, card in enumerate(made)))
)


def essence(deck: Deck) -> tuple[Card, ...]:
    return tuple(replace(card, line=0, digest="", language="en", deck_id="") for card in deck.cards)


@given(decks, st.sampled_from([",", ";", "\t", "|"]))
@settings(max_examples=100, deadline=None)
@example(Deck("deck", cards=(Card("deck-0", "deck", "-", explanation="\\ x"),), title="deck"), ",")
def test_export_then_import_is_the_identity(deck: Deck, delimiter: str) -> None:
    """Whoever edits a deck in a spreadsheet loses nothing of its cards."""
    listed = read(write(deck, delimiter=delimiter), layout=Layout(delimiter=delimiter))

    assert listed.remarks == ()
    assert essence(as_deck(listed, name="deck")) == essence(deck)


@given(decks, st.sampled_from([",", ";", "\t", "|"]))
@settings(max_examples=50, deadline=None)
def test_the_delimiter_of_an_export_is_found(deck: Deck, delimiter: str) -> None:
    """The file's name need not say it."""
    assert essence(as_deck(read(write(deck, delimiter=delimiter)), name="deck")) == essence(deck)


def test_the_bundled_deck_survives() -> None:
    """Every field of a real deck."""
    path = bundled_decks() / "bert.yaml"
    deck = schema.parse(yamlfile.read(path), path=str(path))
    assert essence(as_deck(read(write(deck)), name="bert")) == essence(deck)


@given(st.text(max_size=12))
def test_no_cell_begins_like_a_formula(text: str) -> None:
    """A deck from the internet must not run a command when it is opened in a spreadsheet."""
    for cell in (cells.defused(cells.text_cell(text)), cells.defused(cells.list_cell([text, text]))):
        assert cell[:1] not in ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def test_only_columns_that_say_something_are_written() -> None:
    """Beside those that a person would fill in."""
    deck = Deck("d", "d", cards=(Card("a", "d", "Why?", hints=("think",)),))
    assert write(deck) == "id,question,answers,points,hints,explanation,tags\r\na,Why?,,,think,,\r\n"


@pytest.mark.parametrize(
    ("table", "expected"),
    [
        ("Front,Back\nWhy?,Because\n", ("Why?", ("Because",), ())),
        ("question;answer;topic\nWhy, you?;Because | so;light\n", ("Why, you?", ("Because | so",), ("light",))),
        ("Question\tAnswers\tTags\nWhy?\tOne | two\ta, b;c\n", ("Why?", ("One", "two"), ("a", "b", "c"))),
        ("Q,Answer 1,Answer 2\nWhy?,One,Two\n", ("Why?", ("One", "Two"), ())),
        ('question,answer\r\n"Why?\r\nReally?","He said ""so"""\r\n', ("Why?\r\nReally?", ('He said "so"',), ())),
        ("question,answer\nWhy?,TBD\n", ("Why?", (), ())),
        ("question,answer\n\n,,\n  Why?  , Because \n", ("Why?", ("Because",), ())),
        ("question,answers\nWhat is \\frac{1}{2}?,'=1/2 | \\sqrt\n", ("What is \\frac{1}{2}?", ("=1/2", "\\sqrt"), ())),
        ("question\nWhy?\n", ("Why?", (), ())),
    ],
)  # fmt: skip
def test_tables_of_others_are_understood(table: str, expected: tuple[str, tuple[str, ...], tuple[str, ...]]) -> None:
    """People name columns in their own way, and spreadsheets choose the delimiter by country."""
    (entry,) = read(table).entries
    assert (entry.card.question, entry.card.answers, entry.card.tags) == expected


@pytest.mark.parametrize(
    ("columns", "header", "table"),
    [
        (("question", "answer"), False, "Why?;Because\n"),
        (("-", "question", "answer"), False, "7,Why?,Because\n"),
        (("question", "answer"), True, "Frage\tAntwort\nWhy?\tBecause\n"),
        (("Frage=question", "antwort=answer"), False, "Nummer;Frage;Antwort\n1;Why?;Because\n"),
    ],
)
def test_columns_can_be_named(columns: tuple[str, ...], header: bool, table: str) -> None:
    """A table without a header, or with one in another language."""
    (entry,) = read(table, layout=Layout(columns=columns, header=header)).entries
    assert (entry.card.question, entry.card.answers) == ("Why?", ("Because",))


@pytest.mark.parametrize(
    ("table", "columns", "message"),
    [
        ("", (), "the table is empty"),
        ("Frage,Antwort\na,b\n", (), "no column is called 'question'; the first row has 'Frage', 'Antwort'"),
        ('question,answer\nWhy?,"open\n', (), "the row that begins on line 2: unexpected end of data"),
        ("a,b\n", ("question", "nonsense"), "'nonsense' is no field of a card"),
        ("a,b\n", ("answer",), "no column is the question"),
        ("a,b\n", ("c=question",), "no column is called 'c'; the first row has 'a', 'b'"),
    ],
)
def test_what_is_no_table_is_refused(table: str, columns: tuple[str, ...], message: str) -> None:
    """With what is wrong, and where."""
    with pytest.raises(TableInvalid) as error:
        read(table, layout=Layout(columns=columns))
    assert error.value.message == message
    assert error.value.hint


def test_what_is_left_out_is_said_with_its_line() -> None:
    """Nothing of a table is lost in silence."""
    table = "id,question,difficulty,colour\nQ 1,Why?,tricky,red\n,,hard,\n,When?,,,more\n"
    listed = read(table)
    assert [(remark.line, remark.text.partition(";")[0]) for remark in listed.remarks] == [
        (1, "column 'colour' is not known and is left out"),
        (2, "difficulty 'tricky' is not known"),
        (2, "'Q 1' is not an id"),
        (3, "no question: left out"),
        (4, "more cells than columns: the row has 5, the header 4"),
    ]
    assert [entry.line for entry in listed.entries] == [2, 4]
