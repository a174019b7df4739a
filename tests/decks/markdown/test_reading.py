"""Question lists of every shape: what is found in them, what is not, and that no line is lost."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quizzer.decks.markdown.entries import QuestionList
from quizzer.decks.markdown.reading import read

FIXTURES = Path(__file__).parent / "fixtures"


def fixture(name: str) -> QuestionList:
    return read((FIXTURES / f"{name}.md").read_text(encoding="utf-8"), name=name)


def questions(listed: QuestionList) -> list[str]:
    return [entry.card.question for entry in listed.entries]


def answer(listed: QuestionList, part: str) -> str:
    """The only answer of the question that *part* is in."""
    (card,) = (entry.card for entry in listed.entries if part in entry.card.question)
    (text,) = card.answers
    return text


def test_bold_questions_with_marks_for_difficulty() -> None:
    """Bold lines ask; the legend, code with bold lines and bold words in answers do not."""
    listed = fixture("bold-questions")

    assert listed.title == "Theory of bread"
    assert questions(listed) == [
        "What does salt do to dough?", "What is autolyse? When do you use it?", "How hot must the oven be?",
        "Why is steam needed?",
    ]  # fmt: skip
    assert [entry.card.difficulty for entry in listed.entries] == ["easy", "medium", "hard", "medium"]
    assert [entry.card.tags for entry in listed.entries] == [("dough",), ("dough",), ("oven",), ("oven",)]
    assert answer(listed, "salt") == (
        "It slows the yeast and tightens the gluten.\n\nIt also keeps bread fresh:\n\n"
        "```\n# not a heading\n**What is this? 👶**\n```"
    )
    assert answer(listed, "autolyse").endswith("2. Wait:\n   1. half an hour, or\n   2. overnight.")
    assert [entry.placeholder for entry in listed.entries[2:]] == ["Answer here", "Answer here"]
    assert [remark.place for remark in listed.remarks] == ["lines 3-9"]


def test_answers_folded_below_options() -> None:
    """Code and options belong to the question, or fifty cards would all ask "What's the output?"."""
    listed = fixture("folded-answers")

    assert len(listed.entries) == 3
    assert listed.entries[0].card.question == (
        "What's the output?\n\n```javascript\nfunction double(x) {\n  return x * 2;\n}\n\nconsole.log(double(2));\n"
        "```\n\n- A: `2`\n- B: `4`"
    )
    assert listed.entries[0].card.answers == (
        'B\n\n`double` multiplies its argument by two.\n\n<img src="https://example.org/double.png" width="200">',
    )
    assert answer(listed, "divisible") == 'A\n\nThat is what "even" means.'
    assert [remark.place for remark in listed.remarks] == ["lines 3-6"]


def test_questions_that_unfold() -> None:
    """Summaries ask; a question that was opened inside another one's block is still its own."""
    listed = fixture("folded-questions")

    assert questions(listed) == [
        "What did you bake last week?", "Tell me about your oven.", "Which knife cuts bread?", "How do you sharpen it?",
        "How do you store it?", "Explain what each of these does: - rolling pin - scraper",
        "True or False? A scraper is a knife", "Proofing basket", "What does `knead --slow` do?",
    ]  # fmt: skip
    assert answer(listed, "sharpen") == "Along the teeth:\n\n```bash\nsharpen --teeth\n```"
    assert answer(listed, "each of these") == "- the pin flattens\n- the scraper cuts"
    assert answer(listed, "True or False") == "False"
    assert answer(listed, "knead") == "It spares the gluten."
    unanswered = [entry.card.question for entry in listed.entries if not entry.card.answers]
    assert unanswered == ["What did you bake last week?", "Tell me about your oven.", "How do you store it?",
                          "Proofing basket"]  # fmt: skip
    assert listed.entries[2].card.tags == ("tools", "knife")
    assert listed.entries[0].card.tags == ("introduction", "warming-up")
    assert [remark.place for remark in listed.remarks] == ["line 7"]


def test_numbered_headings_in_a_list() -> None:
    """The table of contents is none of the questions; indentation and ways back are no part of the answers."""
    listed = fixture("numbered-headings-in-a-list")

    assert questions(listed) == [
        "What is bread?",
        "How to make a sponge?",
        "What is the difference between rye and wheat?",
    ]
    assert [entry.number for entry in listed.entries] == [1, 2, 3]
    assert answer(listed, "What is bread") == "Bread is **baked dough**."
    assert answer(listed, "sponge") == (
        "There are two ways.\n\n1. **With yeast:** mix it in.\n\n"
        "    ```jsx harmony\n    <h1>{'Rise!'}</h1>\n    ```\n\n"
        "2. **With sourdough:** the same."
    )
    assert answer(listed, "rye").endswith("| | rye | wheat |\n|---|---|---|\n| gluten | little | much |")
    assert [entry.card.tags for entry in listed.entries] == [("core-bread",), ("core-bread",), ("flour",)]


def test_bullets_below_headings_without_a_space() -> None:
    """Every bullet of a list of questions is one; what asks further belongs to the question above it."""
    listed = fixture("bullets")

    assert listed.title == "Baker Interview Questions"
    assert questions(listed) == [
        "Why does bread matter?", "Pro and cons of slicing before it is cold.",
        "What's the difference between a loaf, a bun and a roll? Discuss",
        "What happens when you put dough into a cold oven?",
        "Explain how gluten forms.\n\nCan you give an example of a dough without it?",
        "Do you weigh your flour?\n\n- Which scale do you use?\n- Grams or ounces? (If relevant)", "Interview me",
        "What's the output of this recipe?\n\n```\n500 g flour, 350 g water\n```", "Write a recipe that doubles itself",
    ]  # fmt: skip
    assert not listed.answered
    assert listed.entries[3].card.sources == ("https://example.org/cold-oven",)
    assert [entry.card.tags for entry in listed.entries[3:5]] == [("general",), ("dough",)]


def test_answers_behind_links() -> None:
    """A link to an answer is a source; the card is unanswered until somebody writes one."""
    listed = fixture("linked-answers")

    assert questions(listed) == [
        "What's the trade-off between time and temperature?", "What is retarding?", "Shape a batard in under a minute.",
        "Score a loaf.", "Describe how steam works. What about pans?",
    ]  # fmt: skip
    assert [len(entry.card.answers) for entry in listed.entries] == [1, 1, 0, 0, 1]
    assert listed.entries[3].card.sources == ("https://example.org/src", "https://example.org/scoring")
    assert answer(listed, "retarding") == "Cooling the dough to slow it down."
    assert all(entry.card.tags == () for entry in listed.entries)


def test_boxes_to_tick() -> None:
    """The options belong to the question, the ticked ones are the answer."""
    listed = fixture("boxes")

    assert listed.entries[0].card.question == "Which flour has the most gluten?\n\n- rye\n- wheat\n- rice"
    assert listed.entries[0].card.answers == ("wheat",)
    assert answer(listed, "these steps").startswith("They strengthen it,\n")
    assert answer(listed, "these steps").endswith("**Explanation:** folding aligns gluten.")
    assert listed.entries[1].card.sources == ("https://example.org/folding",)
    assert answer(listed, "grains") == "rye\n\nwheat"


def test_answers_with_headings_of_their_own() -> None:
    """A heading below a question is part of its answer, even where it asks."""
    listed = fixture("sections-in-answers")

    assert questions(listed) == ["Why do you fold dough?", "Describe the crumb.", "Crumb"]
    assert answer(listed, "fold") == (
        "Folding builds strength.\n### Strength\nEach fold doubles the layers.\n![layers](images/layers.png)\n"
        "**Solution** of the puzzle: fold again.\n\nThree questions come up:\n* How often should you fold?\n"
        "You fold: four times."
    )
    assert answer(listed, "Describe") == "Open or tight.\n\n#### Is open better?\nOnly for pictures."


def test_a_list_of_links_has_no_questions() -> None:
    """Titles of other people's lists are no questions, whatever they ask."""
    listed = fixture("links")

    assert listed.entries == ()
    assert [remark.place for remark in listed.remarks] == ["lines 3-5", "lines 16-18"]


def test_pairs_numbers_and_tables() -> None:
    """Lists mix shapes; each is understood where it stands."""
    listed = fixture("pairs")

    found = {entry.card.question: (entry.card.answers or (None,))[0] for entry in listed.entries}
    assert found == {
        "What is TCP for bread?": "There is none.", "What is a crust?": None,
        "Explain the crumb.": "It is the inside,\nand soft.", "What is a baguette?": "A long loaf.\n\nWith a crust.",
        "What is a bagel?": "A ring, boiled first. (hard)", "What is a bun?": "Small bread.",
        "What is a roll?": "A bun by another name.", "Explain brioche.": "Butter and eggs.\n\n   - and sugar",
        "What is a pretzel?": "A knot.", "What is rye?": "A grain | a bread", "What is spelt?": None,
    }  # fmt: skip
    assert [entry.card.difficulty for entry in listed.entries[-3:]] == ["hard", "easy", "hard"]
    assert [remark.text.split(":")[0] for remark in listed.remarks] == ["text that belongs to no question"]


def test_sloppy_lists() -> None:
    """Tabs before numbers, levels that jump, a heading repeated below each question: people read over all of it."""
    listed = fixture("sloppy")

    assert listed.title == "Sloppy baking"
    assert questions(listed) == [
        "What is dough, and what is it for?", "Explain the difference between dough and batter.",
        "What is __init__ in a recipe?", "What does the following code give?\n\n```text\nflour + water\n```",
        "What is the C#-shaped bun?", "How to shape a loaf?", "How long does it bake?", "Cooling", "Can you freeze it?",
    ]  # fmt: skip
    assert answer(listed, "following code") == "> Dough.\n\n```text\nflour + water + yeast\n```\n\nBread."
    assert answer(listed, "shape a loaf") == "For instance:\n\n### Method 1\n\nRoll it.\n\n### Method 2\n\nFold it."
    assert answer(listed, "Cooling") == "On a rack.\n\n### Follow-up Questions\n- How long?"
    assert listed.entries[7].card.explanation == "**Asked In:** Bakery\n**Answer Type:** prepared"
    assert listed.remarks == ()


@pytest.mark.parametrize(
    ("text", "answers"),
    [("* **What is it?**<br/>\nA) It is bread.\n", ("It is bread.",)),
     ("* What is it?\n<br/>\nA) It is bread.\n", ("It is bread.",)),
     ("- What is it? (It is what people bake from flour and water.)\n",
      ("It is what people bake from flour and water.",)),
     ("- What is it? - Bread.\n", ("Bread.",)), ("1. What is it?\n\nBread.\n2. What was it?\n", ("Bread.",)),
     ("- **Q: What is it?**\n  - A: Bread.\n", ("Bread.",)), ("What is it?\n\nBread.\n", ("Bread.",)),
     ("### What is it?\n> Bread,\n> baked.\n", ("Bread,\nbaked.",)),
     ("### What is it?\n\n    bread()\n    bake()\n", ("    bread()\n    bake()",)),
     ("### What is it?\n- A: rye\n- B: wheat\n\n**Answer:** B\n", ("B",)),
     ("### What is it?\n***\nBread.\n***\n", ("Bread.",)),
      ("<p><b>What is it?</b></p>\n<p>Bread.</p>\n", ("<p>Bread.</p>",)),
     ("## What is it\nBread.\n\n## Why is it?\nSo.\n", ("Bread.",))],
)  # fmt: skip
def test_where_an_answer_begins_and_ends(text: str, answers: tuple[str, ...]) -> None:
    """Each of these stands in some list on GitHub."""
    entry = read(text).entries[0]

    assert entry.card.answers == answers
    assert entry.card.question.startswith("What is it")


@pytest.mark.parametrize(
    "text",
    ["_To be filled_", "_[To be filled]_", "*to be filled in*", "TBD", "tbd.", "TBA", "TODO", "To-do"[:2] + "do",
     "TODO: write",
     "To be added", "To be completed.", "Answer here", "*Your answer here*", "[Your answer here]",
     "Write your answer here",
     "(answer goes here)", "coming soon", "Coming soon...", "N/A", "...", "…", "-", "—", "?", "???", "<!-- TODO -->",
     "",
     "**TBD**", "`TBD`", "> TBD", "🚧 WIP 🚧", "Not answered yet", "No answer yet.", "PRs welcome", "待补充", "<br>"],
)  # fmt: skip
def test_placeholders_make_unanswered_cards(text: str) -> None:
    """Nobody is asked to learn "TBD"."""
    (entry,) = read(f"### What is it?\n\n**Answer:** {text}\n").entries

    assert entry.card.answers == ()
    assert entry.slot is not None


@pytest.mark.parametrize(
    "text",
    ["No.", "Yes", "O(n)", "0", "42", "None.", "`{}`", "`...`"[:1] + "[]`", "B", "To be or not to be",
     "The answer is 42",
     "TODO lists are tracked in issues", "It is pending review by the kernel", "null", "True", "$x$", "x", "`-`",
     "Missing values are imputed", "Soon after the commit", "An empty list"],
)  # fmt: skip
def test_short_answers_are_answers(text: str) -> None:
    """A short answer taken for a placeholder would be lost."""
    (entry,) = read(f"### What is it?\n\n**Answer:** {text}\n").entries

    assert entry.card.answers == (text,)


@pytest.mark.parametrize(
    "marker",
    ["**Answer:**", "**Answer**:", "**Ans**:", "Answer:", "ANSWER:", "_Answer:_", "*Answer*", "**A:**", "__Answer__:",
     "<b>Answer:</b>", "> **Answer:**", "- **Answer:**", "**Solution:**", "Answer -", "**Sample answer:**",
     "✅ **Answer:**",
     "**Antwort:**", "**Respuesta:**", "Ответ:", "答案：", "#### Answer\n", "#### Answer:\n", "**Answer:**\n",
     "Answer\n\n"],
)  # fmt: skip
def test_markers_of_answers_are_no_part_of_them(marker: str) -> None:
    """The marker stands on the answer's line, on its own, or is a heading."""
    (entry,) = read(f"### What is it?\n\n{marker} It is bread.\n").entries

    assert (entry.card.question, entry.card.answers) == ("What is it?", ("It is bread.",))


@pytest.mark.parametrize(
    ("line", "number"),
    [("## Question 12: What is it?", 12), ("### Q12. What is it?", 12), ("#### 12. What is it?", 12),
     ("## 12) What is it?", 12), ("###### Question #12 - What is it?", 12), ("**Q12.** What is it?", 12),
     ("**Q12. What is it?**", 12), ("**Q: What is it?**", None), ("Q: What is it?", None), ("12. What is it?", 12),
     ("**12. What is it?**", 12), ("**Question:** What is it?", None), ("## Question 12\n**What is it?**", 12),
     ("### Q12\nWhat is it?", 12), ("## 🔥 12. What is it?", 12), ("## What is it?", None), ("12. **What is it?**", 12),
     ("- What is it?", None), ("* **What is it?**", None), ("### <a name='x'></a>12. What is it?", 12),
     ("## 1️⃣ What is it?", 1), ("<h3>12. What is it?</h3>", 12), ("<b>Q12. What is it?</b>", 12),
     ("## [What is it?](#what-is-it)", None), ("**_What is it?_**", None), ("##12. What is it?", 12),
     ("What is it?\n-----------", None), ("## Frage 12: What is it?", 12), ("12\\. What is it?", 12)],
)  # fmt: skip
def test_labels_of_questions(line: str, number: int | None) -> None:
    """Whatever stands around it, the question is its words."""
    (entry,) = read(f"{line}\n\n  Bread.\n").entries

    assert (entry.card.question, entry.number) == ("What is it?", number)
    assert entry.card.answers == ("Bread.",)


@pytest.mark.parametrize(
    ("line", "level"),
    [("### What is it? (easy)", "easy"), ("### [Hard] What is it?", "hard"), ("### What is it? `Medium`", "medium"),
     ("### What is it? ⭐⭐⭐", "hard"), ("### What is it? ⭐️", "easy"), ("### What is it? 🔴", "hard"),
     ("### What is it?\n**Difficulty:** Hard\n", "hard"), ("### What is it?\nLevel: beginner\n", "easy"),
     ("### What is it? **[Advanced]**", "hard"), ("## Senior questions\n### What is it?", "hard")],
)  # fmt: skip
def test_marks_of_difficulty(line: str, level: str) -> None:
    """They become the card's difficulty and are no part of its question."""
    entry = read(f"{line}\n\nBread.\n\n## Other\n### Who ⭐⭐\n").entries[0]

    assert (entry.card.question, entry.card.difficulty, entry.card.answers) == ("What is it?", level, ("Bread.",))


@pytest.mark.parametrize(
    "text",
    ["## Table of contents\n\n- [What is it?](#what)\n- [Why is it?](#why)\n", "## SQL\n\nSome words.\n",
     "## Contributing\n\nDo you want to help? Open an issue.\n\n- What is missing?\n",
     "## Resources\n\n- What is bread?\n",
     "## How to contribute?\n\nSend a pull request.\n", "# Notes\n\n- one thing\n- another thing\n",
     "[What is it?](what.md)\n", "```\n## What is it?\n```\n", "> What is it?\n", "Have questions? Ask us!\n"],
)  # fmt: skip
def test_what_is_no_question_makes_no_card(text: str) -> None:
    """Nothing is invented; the lines are reported."""
    listed = read(text)

    assert listed.entries == ()


def test_a_section_that_asks_is_a_tag_of_the_questions_below_it() -> None:
    """A title such as "What do interviewers ask?" is no card of its own."""
    listed = read("# What do interviewers ask?\n\n## What is it?\n\nA.\n\n## What was it?\n\nB.\n")

    assert questions(listed) == ["What is it?", "What was it?"]


def test_two_answers_are_two_answers() -> None:
    """A card accepts each of them."""
    (entry,) = read("### What is it?\n\n**Answer 1:** Bread.\n\n**Answer 2:** Dough,\n\nbaked.\n").entries

    assert entry.card.answers == ("Bread.", "Dough,\n\nbaked.")


def test_hints_tags_and_links_have_their_fields() -> None:
    """What lists say beside question and answer goes where the deck has a place for it."""
    text = "### What is it?\n\n**Tags:** bread, Sour Dough\n\n**Hint:** It rises.\n\n- [Answer](answers/it.md)\n"
    (entry,) = read(text).entries

    assert (entry.card.tags, entry.card.hints, entry.card.sources) == (
        ("bread", "sour-dough"), ("It rises.",), ("answers/it.md",),
    )  # fmt: skip
    assert entry.card.answers == ()


@pytest.mark.parametrize(
    ("text", "expected"),
    [("# Brot\n## 1. 什么是面包？\n面团。\n## 2. 说说黑麦的原理\n谷物。\n## 3. 黑麦和小麦的区别\n面筋。\n", 3),
     ("# Хлеб\n## Что такое хлеб?\nТесто.\n## Назовите виды хлеба.\nРжаной.\n"
      "## Какие бывают? Приведите примеры.\nБелый.\n", 3),
     ("# 面包\n1. 什么是面包？\n   面团。\n2. 说说黑麦\n   谷物。\n3. 黑麦和小麦\n   面筋。\n", 3),
     ("# Bread\n1. What is a loaf?\n   Bread.\n2. Crumb internals\n   Holes.\n3. Rye vs wheat\n   Gluten.\n", 3),
     ("# Bread\n* [Q1: What is rye?](https://example.org/x.md#q1)\n* [Q2: Discuss wheat](https://example.org/x.md#q2)\n\n"
      "### Q1: What is rye?\nA grain.\n### Q2: Discuss wheat\nA grain.\n", 2),
     ("# Bread\n- What is rye?\n- What is wheat?\n\n## What will I learn?\n- Baking\n"
      "## Who is the target audience?\n- Bakers\n", 2)],
)  # fmt: skip
def test_what_asks_by_its_neighbours(text: str, expected: int) -> None:
    """Without the words of asking, numbers and neighbours say what is a question, and what is none."""
    assert len(read(text).entries) == expected


@pytest.mark.parametrize(
    ("text", "answers"),
    [("**Answer 1:** <!-- Write your answer here -->\nBread.\n", ("Bread.",)), ("- [ ] write answer\n", ()),
     ("Ответ будет позже\n", ()), ("A ser preenchido\n", ()),
     ("- A. rye\n- B. wheat\n\n<details>\n<summary>查看答案</summary>\n\nB\n\n</details>\n", ("B",))],
)  # fmt: skip
def test_what_stands_below_a_question(text: str, answers: tuple[str, ...]) -> None:
    """Notes to the author are no answers, whatever the language."""
    (entry,) = read(f"### 1. What is it?\n{text}").entries

    assert entry.card.answers == answers
    assert entry.card.question.startswith("What is it?")
    assert "write" not in entry.card.question


def test_the_same_question_twice_is_reported() -> None:
    """Two cards with one question would be a mistake that nobody sees."""
    listed = read("### What is it?\n\nTBD\n\n### What is it?\n\nBread.\n\n### What is it?\n\nCake.\n")

    (entry,) = listed.entries
    assert (entry.line, entry.card.answers) == (5, ("Bread.", "Cake."))
    assert [(remark.line, remark.text) for remark in listed.remarks] == [
        (1, "the same question as on line 5, here without an answer"),
        (9, "the same question as on line 5; its answer is a second one of that card"),
    ]


def test_an_open_fence_is_reported() -> None:
    """It swallows every question below it."""
    listed = read("### What is it?\n\n```\nBread.\n\n### What was it?\n")

    assert [remark.line for remark in listed.remarks] == [3]


def test_a_question_too_long_for_a_card_is_reported() -> None:
    """One such question must not make the deck invalid."""
    listed = read("### What is it?\n\n" + "x" * 100_001 + "\n\n### Why is it?\n\nSo.\n")

    assert questions(listed) == ["Why is it?"]
    assert listed.remarks[0].line == 1


@pytest.mark.parametrize(
    "before",
    ["### What is it?\n\n", "**What is it?** ", "Q: What is it?\nA: ", "### What is it?\n**Answer:** ",
     "1. What is it?\n   ",
     "<details><summary>What is it?</summary>\n\n", "| Question | Answer |\n|---|---|\n| What is it? | "],
)  # fmt: skip
def test_a_long_answer_on_one_line_is_whole(before: str) -> None:
    """Authors who do not wrap their lines write whole essays on one."""
    essay = "Bread is [baked](https://example.org) dough, and `so on`. " * 120

    (entry,) = read(before + essay.strip() + "\n").entries

    assert entry.card.question == "What is it?"
    assert entry.card.answers == (essay.strip(),)


@pytest.mark.parametrize(
    "unit", ["[", "![", "**a", "<a ", "`", "_", "> ", "- ", "<details>", "<summary>", "| ", "\\", "a,", "?"]
)
@pytest.mark.parametrize("before", ["", "### ", "**Answer:** "])
def test_a_hostile_line_is_only_text(unit: str, before: str) -> None:
    """A megabyte of brackets must not keep a processor busy for hours."""
    text = "### What is it?\n\nBread.\n\n### Why is it?\n\n" + before + unit * 100_000

    assert read(text).entries[0].card.answers == ("Bread.",)


def test_pairs_without_blank_lines_are_all_found() -> None:
    """A FAQ in plain text may be one paragraph of a thousand lines."""
    listed = read("".join(f"Q: What is {number}?\nA: It is\n{number}.\n" for number in range(2000)))

    assert len(listed.entries) == 2000
    assert listed.entries[-1].card.answers == ("It is\n1999.",)


def test_lists_and_folds_in_one_another_end_somewhere() -> None:
    """Python's own limit would end the program."""
    deep = "\n".join("  " * depth + "- topic" for depth in range(400)) + "\n" + "  " * 400 + "- What is it?\n"

    assert len(read(deep + "\n" + "<details>\n" * 3000 + "\n### Why is it?\n\nSo.\n").uses) > 3000


LINES = st.sampled_from(
    ["", "", "", "## Question 1", "### What is it?", "**What is it?**", "**Answer:** TBD", "**Answer:** yes",
     "Q: why?", "A: so",
     "1. What is this?", "2. Explain that.", "- Why not?", "- item", "  - nested item", "   indented", "    code",
     "\ttab", "```",
     "~~~", "---", "===", "> quote", "<details>", "<summary>What?</summary>", "<details><summary>Answer</summary>",
     "</details>", "<br>", "<!-- TODO -->", "| a | b |", "|---|---|", "| Question | Answer |", "[top](#top)", "# Title",
     "## Section", "####Tight", "plain text", "a longer line. With two sentences?", "![x](y.png)", "- [ ] box",
     "- [x] tick",
     "**bold** start", "1) What else?", "</p>", "<h3>Why?</h3>", "_To be filled_", "## License", "#### Answer: D",
     "\u00a0",
     "**Hint:** think", "Difficulty: hard", "**Tags:** a, b", "* * *", "- <details><summary>Why?</summary>", "***",
     "$$"]
)  # fmt: skip


@given(st.lists(LINES, max_size=40).map("\n".join))
@settings(max_examples=400, deadline=None)
def test_every_line_is_accounted_for(text: str) -> None:
    """A line is in a question or an answer, is a section or a mark, or is in a remark: none is dropped in silence."""
    listed = read(text)

    rows = text.split("\n")
    remarked = {row for remark in listed.remarks for row in range(remark.line - 1, remark.end_line)}
    spans = {row for entry in listed.entries for row in range(entry.line - 1, entry.end_line)}
    for row, use in enumerate(listed.uses):
        if rows[row].strip():
            assert use in ("question", "answer", "section", "mark", "loose"), (row, rows[row], use)
            assert row in remarked or use != "loose", (row, rows[row])
            assert row in spans or row in remarked or use in ("section", "mark"), (row, rows[row], use)


@given(st.lists(LINES, max_size=30).map("\n".join))
@settings(max_examples=400, deadline=None)
def test_the_words_of_an_answer_are_in_a_card(text: str) -> None:
    """Text that counts as a question's must be in what it says, not only near it."""
    listed = read(text)

    remarked = {row for remark in listed.remarks for row in range(remark.line - 1, remark.end_line)}
    said = "\n".join(
        "\n".join((card.question, *card.answers, *card.hints, *card.sources, entry.placeholder))
        for entry in listed.entries
        for card in [entry.card]
    )
    for row, use in enumerate(listed.uses):
        words = text.split("\n")[row].strip()
        if use == "answer" and row not in remarked and words in ("plain text", "item", "yes", "nested item", "code"):
            assert words in said, (row, words)
