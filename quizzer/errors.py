"""Every error that quizzer raises on purpose, each with a stable code.

The classes carry data; ``quizzer.cli.output`` alone turns them into text and an exit code.
"""

from __future__ import annotations

from typing import NamedTuple


class QuizzerError(Exception):
    """Base of all errors whose message is meant for the user."""

    code = "quizzer"

    def __init__(self, message: str, *, hint: str | None = None) -> None:
        """*message* says what and where, *hint* what to do next."""
        super().__init__(message)
        self.message = message
        self.hint = hint


class UsageError(QuizzerError):
    """The command was given something that it cannot use."""

    code = "usage"


class EditorFailed(UsageError):
    """The user's editor cannot be started, or says that it failed."""

    code = "editor-failed"


class UnknownCard(UsageError):
    """No deck found has this card."""

    code = "card-unknown"


class UnknownInterview(UsageError):
    """No mock interview of the log goes by that name, or none can be gone on with."""

    code = "interview-unknown"


class UnknownSession(UsageError):
    """No live session that was held on this machine goes by that name, or none has that player."""

    code = "session-unknown"


class ReportUnwritable(UsageError):
    """The file for a report cannot be written, or holds what quizzer did not write."""

    code = "report-unwritable"


class Problem(NamedTuple):
    """One thing that is wrong in a file, where it stands, and what to do about it.

    *line* and *column* count from 1; 0 where the problem has no place in the text. *column* counts characters.
    """

    code: str
    message: str
    path: str = ""
    line: int = 0
    column: int = 0
    hint: str | None = None


class DeckError(QuizzerError):
    """A deck cannot be used."""

    code = "deck"


class DeckNotFound(DeckError):
    """No deck has this id, and no file or folder this path."""

    code = "deck-not-found"


class DeckUnreadable(DeckError):
    """The file cannot be opened or is not text."""

    code = "deck-unreadable"


class DeckInvalid(DeckError):
    """The file breaks the deck format; carries every problem found."""

    code = "deck-invalid"

    def __init__(self, problems: tuple[Problem, ...], *, hint: str | None = None) -> None:
        """*problems* is never empty; the first one gives the message."""
        super().__init__(problems[0].message, hint=hint)
        self.problems = problems


class EditRefused(DeckError):
    """The file is laid out in a way that cannot be edited without a risk to the rest of it."""

    code = "edit-refused"

    def __init__(
        self, message: str, *, path: str = "", line: int = 0, column: int = 0, hint: str | None = None
    ) -> None:
        """*line* and *column* as in `Problem`."""
        super().__init__(message, hint=hint)
        self.problems = (Problem(self.code, message, path, line, column, hint),)


class DeckChanged(DeckError):
    """The file is not what it was when it was read: somebody else has edited it."""

    code = "deck-changed"


class DraftConflict(DeckChanged):
    """A draft of a card and the deck say different things, and both were changed; carries a draft that shows both."""

    code = "draft-conflict"

    def __init__(self, message: str, *, text: str = "", hint: str | None = None) -> None:
        """*text* is the draft."""
        super().__init__(message, hint=hint)
        self.text = text


class DeckUnwritable(DeckError):
    """The file or its folder cannot be written."""

    code = "deck-unwritable"


class ListUnreadable(DeckError):
    """The file cannot be opened or is no question list in Markdown."""

    code = "list-unreadable"


class ListEmpty(DeckError):
    """The file has no questions that could be found."""

    code = "list-empty"


class ListUnwritable(DeckError):
    """The file must not or cannot be written."""

    code = "list-unwritable"


class TableInvalid(DeckError):
    """The file is no table, or its columns do not say where the questions are."""

    code = "table-invalid"


class PackageUnreadable(DeckError):
    """The file cannot be opened, is no package of Anki's, or is damaged or hostile."""

    code = "package-unreadable"


class DraftUnusable(DeckError):
    """What an editor left behind is no text that a card can be read from; the file is kept."""

    code = "draft-unusable"


class ConfigError(QuizzerError):
    """The configuration or the environment holds a value that cannot be used."""

    code = "config"


class StorageError(QuizzerError):
    """The database cannot be read or written."""

    code = "storage"


class DatabaseLocked(StorageError):
    """Another program holds the database."""

    code = "storage-locked"


class DatabaseReadOnly(StorageError):
    """The database or its folder cannot be written."""

    code = "storage-read-only"


class DatabaseDamaged(StorageError):
    """The file is no database, or is damaged."""

    code = "storage-damaged"


class DatabaseTooNew(StorageError):
    """A later version of quizzer wrote the database."""

    code = "storage-too-new"


class DiskFull(StorageError):
    """There is no room to write."""

    code = "storage-full"


class BackupNotFound(StorageError):
    """There is no such backup."""

    code = "backup-not-found"


class RecordRefused(StorageError):
    """A record from another machine, or from a file, is not what a record must be."""

    code = "record-refused"


class ExportInvalid(StorageError):
    """The file is no export that can be imported; carries every problem found."""

    code = "export-invalid"

    def __init__(self, problems: tuple[Problem, ...], *, hint: str | None = None) -> None:
        """*problems* is never empty; the first one gives the message."""
        super().__init__(problems[0].message, hint=hint)
        self.problems = problems


class SyncFolderUnusable(StorageError):
    """The folder for synchronization is not there, or its files cannot be written."""

    code = "sync-folder"


class GradingError(QuizzerError):
    """An answer cannot be graded."""

    code = "grading"


class ModelUnavailable(GradingError):
    """The embedding model is not there or cannot be loaded."""

    code = "model-unavailable"


class InvalidRequest(GradingError):
    """A line for ``quizzer grade -`` is not a request."""

    code = "grade-request"


class CardUnanswered(GradingError):
    """The card has no reference answer to grade against."""

    code = "card-unanswered"


class GroupError(QuizzerError):
    """A live session cannot be held, joined or read."""

    code = "group"


class GroupRefused(GroupError):
    """What a player or the host asks for does not fit where the session stands; *why* is one word for programs."""

    code = "group-refused"

    def __init__(self, why: str, message: str, *, hint: str | None = None) -> None:
        """*message* is said to the person who asked."""
        super().__init__(message, hint=hint)
        self.why = why


class IllegalEvent(GroupError):
    """An event cannot follow on those before it: the log of the session is damaged."""

    code = "group-event"


class MessageRefused(GroupError):
    """A message over the network is not one that quizzer knows."""

    code = "group-message"


class SessionFileInvalid(GroupError):
    """The file is no session file that can be imported; carries every problem found."""

    code = "session-file"

    def __init__(self, problems: tuple[Problem, ...], *, hint: str | None = None) -> None:
        """*problems* is never empty; the first one gives the message."""
        super().__init__(problems[0].message, hint=hint)
        self.problems = problems
