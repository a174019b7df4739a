"""Downloads a sentence-transformers model from the Hugging Face hub: the one thing in quizzer that uses the network."""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Callable
from pathlib import Path

from quizzer.errors import ModelUnavailable

_NAME = re.compile(r"[\w.-]{1,96}(/[\w.-]{1,96})?")
_WEIGHTS = ("model.safetensors", "pytorch_model.bin")
_SETTINGS = re.compile(
    r"(.*/)?(modules|config|config_sentence_transformers|sentence_bert_config|tokenizer|tokenizer_config"
    r"|special_tokens_map|added_tokens)\.json|(.*/)?(vocab\.txt|vocab\.json|merges\.txt|[\w.-]+\.model)"
)
"""What a model is beside its weights; the ONNX, TensorFlow and OpenVINO copies in many repositories are left there."""


def fetch(name: str, *, progress: Callable[[str], None]) -> Path:
    """The folder of the model *name* in the Hugging Face cache, downloaded as far as it is not there yet.

    Raises:
        ModelUnavailable: no such model, not a sentence-transformers model, or the hub cannot be reached.
    """
    hint = "a name is owner/model, such as sentence-transformers/all-mpnet-base-v2"
    misnamed = ModelUnavailable(f"{name!r} is not the name of a model", hint=hint)
    if not _NAME.fullmatch(name):
        raise misnamed
    if os.environ.get("HF_HUB_OFFLINE", "").upper() in ("1", "ON", "YES", "TRUE"):
        raise ModelUnavailable("HF_HUB_OFFLINE is set: downloads are switched off", hint="unset it for this command")
    from huggingface_hub import HfApi, constants, errors, snapshot_download  # 0.3 s, for this command only
    from huggingface_hub.utils.tqdm import disable_progress_bars

    # Of the hub's HTTP library, which has changed before; it has its name from there.
    network_error: type[Exception] = errors.HTTPError  # type: ignore[attr-defined]
    repository = name if "/" in name else f"sentence-transformers/{name}"
    host = constants.ENDPOINT
    if not sys.stderr.isatty():
        disable_progress_bars()
    try:
        listing = HfApi().model_info(repository, files_metadata=True, timeout=30)
        sizes = {file.rfilename: file.size or 0 for file in listing.siblings or ()}
        wanted = _wanted(repository, list(sizes))
        megabytes = sum(sizes[file] for file in wanted) / 1e6
        progress(f"downloading {repository} ({megabytes:,.0f} MB) from {host}")
        folder = Path(snapshot_download(repository, allow_patterns=wanted))
    except errors.HFValidationError:
        raise misnamed from None
    except errors.RepositoryNotFoundError as error:
        hint = "check the spelling, the owner included; a private model needs a token: see `hf auth login`"
        raise ModelUnavailable(f"{host} has no model {repository!r}", hint=hint) from error
    except network_error as error:
        reason = (str(error).strip().splitlines() or [type(error).__name__])[0]
        hint = "check the network and run the command again; what is there already is kept"
        raise ModelUnavailable(f"{host} cannot be reached: {reason}", hint=hint) from error
    except OSError as error:
        reason = error.strerror or str(error)
        raise ModelUnavailable(
            f"{constants.HF_HUB_CACHE}: {reason.lower()}", hint="HF_HOME puts models elsewhere"
        ) from error
    return folder


def _wanted(repository: str, files: list[str]) -> list[str]:
    """The files that make the model: its settings, its tokenizer, and one copy of its weights."""
    if "modules.json" not in files:
        raise ModelUnavailable(
            f"{repository} is not a sentence-transformers model: it has no modules.json",
            hint="choose one that has; the hub lists them under the library sentence-transformers",
        )
    weights = next((file for file in _WEIGHTS if file in files), None)
    if weights is None:
        raise ModelUnavailable(
            f"{repository}: no weights in one file", hint=f"choose a model with {' or '.join(_WEIGHTS)}"
        )
    # Dense layers and the like keep weights in folders of their own.
    parts = [file for file in files if re.fullmatch(r"\d+_\w+/model\.safetensors", file)]
    return [weights, *parts, *(file for file in files if _SETTINGS.fullmatch(file) and not file.startswith("onnx/"))]
