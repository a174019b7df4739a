"""Questions left over in a deck and in its list: one question reworded, or two that are merely similar."""

from __future__ import annotations

import pytest

from quizzer.decks.markdown.entries import Entry
from quizzer.decks.markdown.matching import pair, plan
from quizzer.model import Card

BEFORE, AFTER = "Who wrote the first version of the kernel?", "Which licence has the source code?"

REWORDED = [
    ("What exactly does `git rebase` do to commits?", "What does `git rebase` do?"),
    ("What is a blob?", "What exactly is a blob?"),
    ("What is a blob?", "What is a Git blob?"),
    ("What is a blob?", "Explain what a blob is."),
    ("What is a blob?", "Define blob."),
    ("What is a detached HEAD?", "What does detached HEAD mean?"),
    ("What is the staging area?", "Please explain the staging area."),
    ("What is the staging area?", "In short, what is the staging area?"),
    ("What is the staging area?", "What is the staging area in Git?"),
    ("What are the advantages of rebasing?", "What are the benefits of rebasing?"),
    ("What is the difference between merge and rebase?", "How do merge and rebase differ?"),
    ("What is the difference between merge and rebase?", "Compare merge and rebase."),
    ("What is the difference between merge and rebase?", "Merge vs. rebase: what's the difference?"),
    ("How do you undo a commit?", "How can you undo a commit?"),
    ("How do you undo a commit?", "How would one undo a commit?"),
    ("Why should you not rewrite public history?", "Why shouldn't you rewrite public history?"),
    ("What does `git bisect` do?", "What does git bisect actually do?"),
    ("What is the purpose of the reflog?", "What is the reflog used for?"),
    ("What is the purpose of the reflog?", "What role does the reflog play?"),
    ("How does garbage collection work?", "Explain how garbage collection works."),
    ("How does garbage collection work?", "How exactly does garbage collection work in Git?"),
    ("When would you use a shallow clone?", "When should you use a shallow clone?"),
    ("Which command shows the history of a file?", "What command shows a file's history?"),
    ("What is a packfile?", "Can you explain what a packfile is?"),
    ("What is a packfile?", "Packfile"),
    ("What happens during a fast-forward merge?", "What exactly happens in a fast-forward merge?"),
    ("Why are Git's objects immutable?", "Why are objects in Git immutable?"),
    ("What are the drawbacks of submodules?", "What are the disadvantages of submodules?"),
    ("Name three kinds of merge conflicts.", "Please name three kinds of merge conflict."),
    ("What does it mean to squash commits?", "What is meant by squashing commits?"),
    ("Explain hooks.", "What are hooks in a repository?"),
    ("What is a tree in Git?", "What is a Git tree?"),
    ("What is normalization in databases?", "What is database normalization?"),
    ("How would you explain a remote?", "What is a remote?"),
    ("What happens when you run `git push`?", "What does `git push` do?"),
    ("What colour does a diff have?", "What color does a diff have?"),
    ("What is the difference between a process and a thread?", "How do processes differ from threads?"),
    ("What are the types of merges in Git?", "List the types of Git merges."),
    ("What is a refspec?", "Could you tell me what a refspec is?"),
    ("What is a refspec?", "Give a definition of a refspec."),
    ("Why use a worktree?", "Why would you use a worktree?"),
    ("How many parents does a merge commit have?", "How many parents has a merge commit?"),
]  # fmt: skip

DIFFERENT = [
    ("What is Spring Boot?", "What are the important goals of Spring Boot?"),
    ("What is a batch?", "What is a batch process?"),
    ("What is a noun?", "What is a common noun?"),
    ("What is a test?", "What is a test case?"),
    ("What is a class?", "What is a class name?"),
    ("What is a comprehension?", "What is a list comprehension?"),
    ("What is an aggregate?", "What is an aggregate function?"),
    ("How do you choose an index?", "How do you apply an index?"),
    ("What is a list of tuples?", "What is a tuple of lists?"),
    ("What is a process of a method?", "What is an issue of a method?"),
    ("What is TCP?", "What is UDP?"),
    ("How large is BERT-base?", "How large is BERT-large?"),
    ("What are the advantages of rebasing?", "What are the disadvantages of rebasing?"),
    ("What are the advantages of rebasing?", "What are the steps of rebasing?"),
    ("What is a blob?", "What is a tree?"),
    ("What is a merge?", "What is a merge conflict?"),
    ("What is a commit?", "What is a commit message?"),
    ("What is a commit?", "What is a merge commit?"),
    ("What is a branch?", "How do you delete a branch?"),
    ("What is a branch?", "Why do you need a branch?"),
    ("What is a branch?", "Give an example of a branch."),
    ("Who maintains Git?", "Where is Git maintained?"),
    ("When should you rebase?", "How should you rebase?"),
    ("How do you undo a commit?", "How do you undo a pushed commit?"),
    ("How do you undo the last commit?", "How do you undo the first commit?"),
    ("How do you undo the last 2 commits?", "How do you undo the last 3 commits?"),
    ("What is vitamin A?", "What is vitamin D?"),
    ("What does the logical AND do?", "What does the logical OR do?"),
    ("What does the `is` operator do?", "What does the `in` operator do?"),
    ("How do you convert a string to a number?", "How do you convert a string from a number?"),
    ("When is a rebase more useful?", "When is a rebase less useful?"),
    ("What is a type I error?", "What is a type II error?"),
    ("Why should you rebase public branches?", "Why should you not rebase public branches?"),
    ("What is the time complexity of quicksort?", "What is the space complexity of quicksort?"),
    ("What is the difference between merge and rebase?", "What is the difference between merge and squash?"),
    ("What is the difference between merge and rebase?", "When do you merge and when do you rebase?"),
    ("What is an inner join?", "What is an outer join?"),
    ("What is precision?", "What is recall?"),
    ("What is a class in Python?", "What is a class in Java?"),
    ("What is encryption?", "What is decryption?"),
    ("What is symmetric encryption?", "What is asymmetric encryption?"),
    ("What is authentication?", "What is authorization?"),
    ("How does `git fetch` differ from `git pull`?", "How does `git fetch` work?"),
    ("What does `git add -p` do?", "What does `git add -A` do?"),
    ("What is the mean?", "What is the median?"),
    ("Which process starts first?", "Which process starts last?"),
    ("What is gradient descent?", "What is stochastic gradient descent?"),
    ("Is Git distributed?", "Why is Git distributed?"),
    ("What is HTTP?", "What is HTTPS?"),
    ("What does `git reset --soft` do?", "What does `git reset --hard` do?"),
    ("What is a repository?", "What is the size of a repository?"),
    ("What is a lock?", "What is a lock in Postgres 16?"),
]  # fmt: skip


def cards(*questions: str, deck: str = "git") -> list[Card]:
    return [Card(f"{deck}-{n:02}", deck, question) for n, question in enumerate(questions, 1)]


def entries(*questions: str, numbered: bool = True) -> list[Entry]:
    return [Entry(Card("", "", question), n, n, n if numbered else None) for n, question in enumerate(questions, 1)]


@pytest.mark.parametrize("numbered", [True, False])
@pytest.mark.parametrize(("old", "new"), [*REWORDED, *((new, old) for old, new in REWORDED)])
def test_a_light_rewording_keeps_its_card(old: str, new: str, numbered: bool) -> None:
    """Filler words, another way of asking the same, the deck's topic, a phrase at the end: its history goes on."""
    found = pair(entries(BEFORE, new, AFTER, numbered=numbered), cards(BEFORE, old, AFTER))

    assert found == {0: 0, 1: 1, 2: 2}


@pytest.mark.parametrize(("old", "new"), [*DIFFERENT, *((new, old) for old, new in DIFFERENT)])
def test_a_similar_question_is_another_card(old: str, new: str) -> None:
    """Even in the same place with the same number: what somebody learned is not counted for something else."""
    assert pair(entries(BEFORE, new, AFTER), cards(BEFORE, old, AFTER)) == {0: 0, 2: 2}


def test_rewordings_are_found_in_a_list_that_was_moved_about() -> None:
    """Same words, another order of the whole list: no neighbour is needed where the content is the same."""
    olds = [old for old, _ in REWORDED[6:7] + REWORDED[13:14] + REWORDED[16:17]]
    news = [new for _, new in REWORDED[6:7] + REWORDED[13:14] + REWORDED[16:17]]

    assert pair(entries(*reversed(news), numbered=False), cards(*olds)) == {0: 2, 1: 1, 2: 0}


def test_what_might_be_either_of_two_is_neither() -> None:
    """A new card that is named costs a minute; a history on the wrong card is not noticed."""
    two = plan(
        entries("What is a blob?", numbered=False), cards("What exactly is a Git blob?", "Please define Git blobs.")
    )
    one = plan(entries("Define blobs.", "Explain blobs.", numbered=False), cards("What is a blob?"))
    by_words = pair(
        entries("Which long words describe commits in large repositories well?", numbered=False),
        cards(
            "Which long words describe commits in large shared repositories well?",
            "Which long words describe commits in large private repositories well?",
        ),
    )

    assert [match.card for match in two.matches] == [None]
    assert sorted(card.id for card in two.matches[0].looks_like) == ["git-01", "git-02"]
    assert [[card.id for card in match.looks_like] for match in one.matches] == [["git-01"], ["git-01"]]
    assert by_words == {}


def test_a_phrase_at_the_end_needs_the_same_place() -> None:
    """Elsewhere in the list, "in a submodule" may well ask for something else."""
    old = cards(BEFORE, "What is a hook?", AFTER)

    assert pair(entries(BEFORE, "What is a hook in a submodule?", AFTER), old) == {0: 0, 1: 1, 2: 2}
    assert pair(entries("What is a hook in a submodule?", BEFORE, AFTER), old) == {1: 0, 2: 2}


def test_a_similar_question_is_named_and_the_old_one_is_gone() -> None:
    """The maintainer decides; a reworded question is not among those that are gone."""
    made = plan(
        entries(BEFORE, "How do you undo a pushed commit?", "What exactly is a blob?"),
        cards(BEFORE, "How do you undo a commit?", "What is a blob?", "Why is there an index?"),
    )

    assert [[card.id for card in match.looks_like] for match in made.added] == [["git-02"]]
    assert [card.id for card in made.gone] == ["git-02", "git-04"]
    assert [match.entry.card.question for match in made.changed] == ["What exactly is a blob?"]


def test_a_new_question_like_none_is_named_with_none() -> None:
    """A remark on every new question would not be read."""
    (match,) = plan(entries("Why is the sky blue?"), cards("What is a blob?")).matches

    assert (match.card, match.looks_like) == (None, ())


def test_a_thousand_rewordings_take_a_moment() -> None:
    """Not every question is compared with every card."""
    old = [f"What does `tool{n} part{n % 7}` do in module{n}x?" for n in range(1000)]
    new = [f"What exactly does `tool{n} part{n % 7}` do in module{n}x?" for n in reversed(range(1000))]

    assert pair(entries(*new, numbered=False), cards(*old)) == {n: 999 - n for n in range(1000)}


def test_texts_of_any_length_and_kind_are_compared_at_once() -> None:
    """A question may be a whole page, or no words."""
    texts = ["how " * 50_000, "what does " * 50_000 + "z", "word in " * 50_000, "", "???", "`", "\u9762\u8bd5", "A"]

    assert pair(entries(*texts), cards(*(text + " x" for text in texts))) == {}
