"""`quizzer model`: which embedding model grades, where it is, and whether it is whole."""

from __future__ import annotations

import click

from quizzer.cli import compose
from quizzer.cli.main import Commands, LazyGroup
from quizzer.cli.output import Result, printable, reports

TABLE: Commands = {
    "show": ("quizzer.cli.model:show", "Show the model, its checksum and its export."),
    "prepare": ("quizzer.cli.model:prepare", "Export the model now instead of at the first grade."),
    "fetch": ("quizzer.cli.model:fetch", "Download a model: the one command that uses the network."),
}


@click.group(
    "model", cls=LazyGroup, table=TABLE, invoke_without_command=True, short_help="Show, prepare and fetch models."
)
@click.pass_context
def model(context: click.Context) -> None:
    """Show the embedding model that grades, prepare it, or download another. Without a command, show it.

    \b
    Examples:
      quizzer model
      quizzer model prepare
      quizzer model fetch sentence-transformers/all-mpnet-base-v2
    """
    if context.invoked_subcommand is None:
        context.invoke(show)


@click.command("show", short_help="Show the model, its checksum and its export.")
@click.argument("name", default="", metavar="[NAME_OR_PATH]")
@reports("model show")
def show(name: str) -> Result:
    """Show the model's name, path, checksum, and whether it is exported for fast loading.

    \b
    Examples:
      quizzer model show
      quizzer model show ~/models/my-model --json
    """
    from quizzer.grading import export
    from quizzer.grading.onnx import MANIFEST
    from quizzer.grading.source import BUNDLED_NAME, BUNDLED_SHA256, find

    source = find(name or compose.config().model)
    checksum = source.sha256()
    bundled = source.name == BUNDLED_NAME
    whole = checksum == BUNDLED_SHA256 if bundled else None
    folder = export.folder_of(source, compose.paths().models, "fp32")
    exported = (folder / MANIFEST).is_file()
    state = {True: "as published", False: "NOT as published", None: "nothing published to compare with"}[whole]
    data = {
        "name": source.name,
        "path": str(source.folder),
        "sha256": checksum,
        "as_published": whole,
        "exported": exported,
        "export": str(folder),
    }
    lines = [
        f"name: {source.name}",
        f"path: {source.folder}",
        f"sha256: {checksum} ({state})",
        f"export: {folder}" if exported else "export: not yet; made at the first grade, or by `quizzer model prepare`",
    ]
    return Result(data, "\n".join(lines), findings=whole is False)


@click.command("prepare", short_help="Export the model now instead of at the first grade.")
@click.argument("name", default="", metavar="[NAME_OR_PATH]")
@reports("model prepare")
def prepare(name: str) -> Result:
    """Export the model for fast loading, once (about 20 seconds); does nothing when that is done.

    \b
    Examples:
      quizzer model prepare
      quizzer model prepare ~/models/my-model
    """
    from quizzer.grading import export
    from quizzer.grading.source import find

    source = find(name or compose.config().model)
    folder = export.ensure(source, compose.paths().models, progress=_progress)
    return Result({"name": source.name, "export": str(folder)}, f"{source.name} is ready in {folder}")


def _progress(message: str) -> None:
    click.echo(printable(f"quizzer: {message}"), err=True)


@click.command("fetch", short_help="Download a model: the one command that uses the network.")
@click.argument("name", metavar="NAME")
@reports("model fetch")
def fetch(name: str) -> Result:
    """Download a sentence-transformers model from the Hugging Face hub and prepare it for grading.

    This is the one command that uses the network. The model goes into the hub's own cache (HF_HOME moves it) and is
    used once the configuration or --model names it.

    \b
    Example:
      quizzer model fetch sentence-transformers/all-mpnet-base-v2
    """
    from quizzer.grading import export
    from quizzer.grading import fetch as hub
    from quizzer.grading.source import find

    downloaded = hub.fetch(name, progress=_progress)
    source = find(name)
    folder = export.ensure(source, compose.paths().models, progress=_progress)
    data = {"name": source.name, "path": str(downloaded), "export": str(folder)}
    use = f'quizzer grade CARD --model {name}\n  or, for good, `model = "{name}"` in {compose.paths().config_file}'
    return Result(data, f"{source.name} is ready; use it with\n  {use}")
