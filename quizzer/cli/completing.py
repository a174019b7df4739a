"""What a shell is offered while a command is typed: click's completion, with the names of decks, cards and tags.

What belongs in an argument is read from its metavar (DECK, CARD, TAG, FILE), so that every command has it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import suppress

import click
from click import shell_completion
from click.shell_completion import CompletionItem, ShellComplete

from quizzer.cli import compose
from quizzer.decks.keys import ID
from quizzer.errors import QuizzerError
from quizzer.text import printable

PROGRAM = "quizzer"
SHELLS = ("bash", "zsh", "fish")

_MOST_CARDS = 2000
_LONGEST_TITLE = 60
_HARMLESS = re.compile(r"[\w.+:-]{1,100}")
"""What may be put on a command line as it is: a tag is free text, and a shell would obey `$(...)` in it."""

Items = list[CompletionItem[str]]


class _Named(ShellComplete):
    """click's completion for one shell, by metavar where the parameter has no type that knows better."""

    def get_completions(self, args: list[str], incomplete: str) -> Items:
        """What can stand where *incomplete* stands."""
        # click has no public step between finding the parameter and asking it; these two are as old as its completion.
        try:
            context = shell_completion._resolve_context(self.cli, self.ctx_args, self.prog_name, args)
            asked, word = shell_completion._resolve_incomplete(context, args, incomplete)
            if isinstance(asked, click.Parameter):
                return list(_offered(asked, asked.make_metavar(context), word)) or asked.shell_complete(context, word)
            return asked.shell_complete(context, word)
        except (QuizzerError, click.ClickException):
            return []  # a broken configuration or a mistyped command: said when the command runs


class Bash(_Named, shell_completion.BashComplete):
    """For bash 4.4 and later; unlike click's script it neither expands what it is given nor splits it."""

    source_template = """\
%(complete_func)s() {
    local IFS=$'\\n' type value line
    while IFS= read -r line; do
        type=${line%%%%,*} value=${line#*,}
        case $type in
            dir) compopt -o dirnames ;;
            file) compopt -o default ;;
            open) compopt -o nospace; COMPREPLY+=("$value") ;;
            plain) COMPREPLY+=("$value") ;;
        esac
    done < <(COMP_WORDS="${COMP_WORDS[*]}" COMP_CWORD=$COMP_CWORD %(complete_var)s=bash_complete "$1" 2>/dev/null)
}
complete -o nosort -F %(complete_func)s %(prog_name)s
"""


class Zsh(_Named, shell_completion.ZshComplete):
    """For zsh."""

    source_template = """\
#compdef %(prog_name)s
%(complete_func)s() {
    local -a words_only described open response
    local type key descr
    response=("${(@f)$(COMP_WORDS="${words[*]}" COMP_CWORD=$((CURRENT-1)) %(complete_var)s=zsh_complete \
${words[1]} 2>/dev/null)}")
    for type key descr in ${response}; do
        case $type in
            dir) _path_files -/ ;;
            file) _path_files -f ;;
            open) open+=("$key") ;;
            plain) if [[ $descr == _ ]]; then words_only+=("$key"); else described+=("$key:$descr"); fi ;;
        esac
    done
    (( $#described )) && _describe -V unsorted described -U
    (( $#words_only )) && compadd -U -V unsorted -a words_only
    (( $#open )) && compadd -U -S '' -V unsorted -a open
}
if [[ $zsh_eval_context[-1] == loadautofunc ]]; then
    %(complete_func)s "$@"
else
    (( $+functions[compdef] )) || { autoload -Uz compinit && compinit }
    compdef %(complete_func)s %(prog_name)s
fi
"""


class Fish(_Named, shell_completion.FishComplete):
    """For fish, which adds no space after a slash."""

    source_template = """\
function %(complete_func)s
    set -l program (commandline -opc)[1]
    for line in (COMP_WORDS=(commandline -cp) COMP_CWORD=(commandline -t) %(complete_var)s=fish_complete \
$program 2>/dev/null)
        set -l parts (string split -m 1 , -- $line)
        switch $parts[1]
            case dir
                __fish_complete_directories $parts[2]
            case file
                __fish_complete_path $parts[2]
            case '*'
                echo $parts[2]
        end
    end
end
complete --no-files --keep-order --command %(prog_name)s --arguments "(%(complete_func)s)"
"""


_CLASSES: dict[str, type[_Named]] = {"bash": Bash, "zsh": Zsh, "fish": Fish}


def script(root: click.Command, shell: str, variable: str) -> str:
    """The completion script for *shell*, one of `SHELLS`."""
    completer = _CLASSES[shell](root, {}, PROGRAM, variable)
    return completer.source_template % completer.source_vars()


def respond(root: click.Command, variable: str, instruction: str) -> int:
    """Answer a shell's question, as *instruction* (``bash_complete``) puts it; the exit code."""
    for name, kind in _CLASSES.items():
        shell_completion.add_completion_class(kind, name)
    with suppress(ValueError, KeyError, IndexError):  # COMP_WORDS or COMP_CWORD that no shell of ours has set
        return shell_completion.shell_complete(root, {}, PROGRAM, variable, instruction)
    return 1


def _offered(parameter: click.Parameter, metavar: str, word: str) -> Iterator[CompletionItem[str]]:
    if isinstance(parameter.type, click.Choice):
        return
    if re.search(r"\bCARD\b", metavar):
        yield from _cards(word)
    elif re.search(r"\bDECK\b", metavar):
        yield from _decks(word)
    elif re.search(r"\bTAG\b", metavar):
        yield from (CompletionItem(tag) for tag in compose.library().tags() if _fits(tag, word))
    elif re.search(r"\b(FILE|PATH|NAME_OR_PATH)\b", metavar):
        yield CompletionItem(word, type="file")
    elif re.search(r"\bFOLDER\b", metavar):
        yield CompletionItem(word, type="dir")


def _fits(tag: str, word: str) -> bool:
    return tag.startswith(word) and bool(_HARMLESS.fullmatch(tag))


def _titles() -> dict[str, str]:
    """Id -> title of every deck found, in the order of search."""
    decks = [deck for deck in compose.library().found if ID.fullmatch(deck.id)]
    return {deck.id: " ".join(printable(deck.title).split())[:_LONGEST_TITLE] for deck in reversed(decks)}


def _decks(word: str) -> Iterator[CompletionItem[str]]:
    fitting = [(name, title) for name, title in reversed(_titles().items()) if name.startswith(word)]
    yield from (CompletionItem(name, help=title) for name, title in fitting)
    if not fitting:
        yield CompletionItem(word, type="file")


def _cards(word: str) -> Iterator[CompletionItem[str]]:
    """The cards of the deck that *word* names; before that, the decks, with the slash that follows."""
    names = [name for name in reversed(_titles()) if name.startswith(word.partition("/")[0])]
    if "/" not in word and len(names) > 1:
        yield from (CompletionItem(f"{name}/", type="open") for name in names)
        return
    known = compose.library().keys()
    keys = [key for key in known if key.startswith(word)]
    yield from (CompletionItem(key) for key in keys[:_MOST_CARDS])
