"""The one place that turns results and errors into text, JSON and exit codes."""

from __future__ import annotations

import functools
import sys
from collections.abc import Callable, Iterable
from typing import Any, NamedTuple, ParamSpec

import click

from quizzer import errors
from quizzer.errors import DeckInvalid, EditRefused, ExportInvalid, Problem, QuizzerError, SessionFileInvalid
from quizzer.text import printable as printable  # noqa: PLC0414  re-exported for commands

P = ParamSpec("P")

EXIT_DONE = 0
EXIT_FINDINGS = 1
EXIT_USAGE = 2
EXIT_BUG = 70
EXIT_INTERRUPTED = 130

EXIT_CODES: dict[type[QuizzerError], int] = {
    errors.UsageError: EXIT_USAGE,
    errors.DeckError: 3,
    errors.ConfigError: 4,
    errors.StorageError: 5,
    errors.GradingError: 6,
    errors.GroupError: 7,
}
"""An error class's exit code is that of its nearest ancestor in this table."""

ENVELOPE_VERSION = 1

_running: list[str] = []
"""The name of the command that runs: an error is reported after click has closed the command's context."""


class Result(NamedTuple):
    """What a command found. *data* is JSON-ready (the envelope's ``data``); *text* prints it for people."""

    data: Any  # any JSON value
    text: Callable[[], None] | str
    problems: tuple[Problem, ...] = ()
    findings: bool = False
    """True: done, but there is something to act on (exit code 1)."""
    command: str = ""


def exit_code(error: QuizzerError) -> int:
    """The exit code of *error*'s class."""
    for ancestor in type(error).__mro__:
        if ancestor in EXIT_CODES:
            return EXIT_CODES[ancestor]
    return EXIT_BUG


def emit_json(command: str, status: str, data: object, problems: Iterable[Problem] = ()) -> None:
    """Print the envelope on stdout."""
    import json  # only where JSON is asked for

    envelope = {
        "quizzer": ENVELOPE_VERSION,
        "command": command,
        "status": status,
        "data": data,
        "errors": [
            {
                "code": problem.code,
                "message": problem.message,
                "hint": problem.hint,
                "path": problem.path or None,
                "line": problem.line or None,
                "column": problem.column or None,
            }
            for problem in problems
        ],
    }
    # ASCII only: no control character or direction mark of a deck reaches a terminal raw.
    click.echo(json.dumps(envelope))


def problems_of(error: QuizzerError) -> tuple[Problem, ...]:
    """Every problem that *error* carries."""
    if isinstance(error, DeckInvalid | EditRefused | ExportInvalid | SessionFileInvalid):
        return error.problems
    return (Problem(error.code, error.message, hint=error.hint),)


def print_problem(problem: Problem, *, severity: str = "error") -> None:
    """One problem on stderr: where, what, and what to do next."""
    place = problem.path
    if place and problem.line:
        place += f":{problem.line}:{problem.column}" if problem.column else f":{problem.line}"
    where = f"{place}: " if place else ""
    click.echo(printable(f"quizzer: {severity}: {where}{problem.message}"), err=True)
    if problem.hint:
        click.echo(printable(f"hint: {problem.hint}"), err=True)


def reports(command: str) -> Callable[[Callable[P, Result]], Callable[P, None]]:
    """Make a function that returns a `Result` a command body with a ``--json`` option.

    *command* is the envelope's command name, e.g. ``deck check``.
    """

    def decorate(function: Callable[P, Result]) -> Callable[P, None]:
        @click.option("--json", "as_json", is_flag=True, help="Print one JSON envelope instead of text.")
        @functools.wraps(function)
        def body(*args: P.args, as_json: bool, **kwargs: P.kwargs) -> None:  # type: ignore[valid-type]  # mypy cannot place a keyword between them
            context = click.get_current_context()
            _running.append(command)
            result = function(*args, **kwargs)
            if as_json:
                emit_json(command, "findings" if result.findings else "ok", result.data, result.problems)
            elif callable(result.text):
                result.text()
            elif result.text:
                click.echo(printable(result.text))
            if result.findings:
                context.exit(EXIT_FINDINGS)

        return body  # type: ignore[return-value]  # click's decorators hide the signature

    return decorate


def run(group: click.Command, arguments: list[str] | None = None) -> int:
    """Run *group* and return its exit code: the one boundary at which errors become text."""
    arguments = sys.argv[1:] if arguments is None else arguments
    # Known before click has parsed anything, so that a usage error can be an envelope too.
    as_json = "--json" in arguments
    debug = "--debug" in arguments
    _running.clear()
    arguments = [argument for argument in arguments if argument != "--debug"]
    try:
        value = group.main(args=arguments, prog_name="quizzer", standalone_mode=False)
        sys.stdout.flush()
    except click.exceptions.Exit as exit_request:
        return exit_request.exit_code
    except (KeyboardInterrupt, click.Abort):
        click.echo("", err=True)
        return EXIT_INTERRUPTED
    except click.ClickException as error:
        return _usage_failure(error, as_json=as_json)
    except QuizzerError as error:
        if debug:
            _print_traceback()
        _report(error, as_json=as_json)
        return exit_code(error)
    except BrokenPipeError:
        return _closed_pipe()
    except Exception as error:  # noqa: BLE001  the boundary: what reaches this line is our bug
        return _bug(error, as_json=as_json, debug=debug)
    return value if isinstance(value, int) else EXIT_DONE


def _print_traceback() -> None:
    import traceback  # 2 ms, for --debug only

    traceback.print_exc()


def _command_name() -> str:
    return _running[-1] if _running else ""


def _report(error: QuizzerError, *, as_json: bool) -> None:
    problems = problems_of(error)
    if as_json:
        emit_json(_command_name(), "error", None, problems)
        return
    for problem in problems:
        print_problem(problem)


def _usage_failure(error: click.ClickException, *, as_json: bool) -> int:
    context = getattr(error, "ctx", None)
    hint = f"see `{context.command_path} --help`" if context else "see `quizzer --help`"
    message = error.format_message()
    problem = Problem("usage", message[:1].lower() + message[1:].rstrip("."), hint=hint)
    if as_json:
        name = context.command_path.removeprefix("quizzer").strip() if context else ""
        emit_json(name, "error", None, [problem])
    else:
        print_problem(problem)
    return EXIT_USAGE


def _closed_pipe() -> int:
    """The reader of our output went away (``| head``): stop without a message."""
    import os  # only on this path

    # Python flushes stdout at exit and would complain again; see the note in the documentation of SIGPIPE.
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return EXIT_DONE


def _bug(error: Exception, *, as_json: bool, debug: bool) -> int:
    problem = Problem(
        "bug",
        f"unexpected {type(error).__name__}: {error}",
        hint="this is a bug in quizzer; run the command again with --debug and report what it prints",
    )
    if debug:
        _print_traceback()
    if as_json:
        emit_json(_command_name(), "error", None, [problem])
    else:
        print_problem(problem)
    return EXIT_BUG
