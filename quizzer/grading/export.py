"""Turns a sentence-transformers model into an ONNX graph, once, in a process of its own (torch never enters ours)."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from quizzer.errors import ModelUnavailable
from quizzer.grading.onnx import GRAPH, MANIFEST, TOKENIZER
from quizzer.grading.source import Source, max_pieces

FORMAT = 1
"""Of the exported folder; a later version exports again beside it."""

TOLERANCE = 1e-4
"""Largest difference of any vector component from sentence-transformers' own."""

Progress = Callable[[str], None]

CHECK_TEXTS = (
    "The cache keeps recently used pages in memory.",
    "no",
    "Water boils at 100 °C at sea level; at 3,000 m it boils at about 90 °C, because the air pressure is lower.",
    "Köln, naïve façade — “quotes”, e-mail: a@b.example, x² + y² = r²",
    "word " * 200,
)


def folder_of(source: Source, models: Path, precision: str) -> Path:
    """Where the export of *source* belongs."""
    return models / f"{source.slug}-{source.fingerprint}-{precision}-{FORMAT}"


def ensure(source: Source, models: Path, *, precision: str = "fp32", progress: Progress | None = None) -> Path:
    """The folder of the exported model, exported now if it is not there.

    Two processes may do this at once: each works in a folder of its own, and the first to finish gives it its name.

    Raises:
        ModelUnavailable: the export failed; the message has the exporter's last line.
    """
    folder = folder_of(source, models, precision)
    if (folder / MANIFEST).is_file():
        return folder
    import shutil  # these three take 20 ms, which a model that is ready need not wait for
    import tempfile

    if progress:
        progress(f"preparing the model {source.name} (once, about 20 seconds)")
    try:
        models.mkdir(parents=True, exist_ok=True)
        work = Path(tempfile.mkdtemp(prefix=".export-", dir=models))
    except OSError as error:
        raise ModelUnavailable(f"{models}: cannot be written: {error.strerror}") from error
    try:
        _run(source, work, precision)
        try:
            work.rename(folder)
        except OSError:
            if not (folder / MANIFEST).is_file():
                raise
    except OSError as error:
        raise ModelUnavailable(f"{folder}: cannot be written: {error.strerror}") from error
    finally:
        shutil.rmtree(work, ignore_errors=True)
    return folder


def _run(source: Source, work: Path, precision: str) -> None:
    """Export in a child process, so that 500 MB of torch are gone afterwards."""
    import subprocess

    command = [sys.executable, "-m", "quizzer.grading.export", source.label, str(source.folder), str(work), precision]
    environment = {**os.environ, "HF_HUB_OFFLINE": "1", "TOKENIZERS_PARALLELISM": "false", "PYTHONWARNINGS": "ignore"}
    done = subprocess.run(
        command,
        capture_output=True,
        text=True,
        errors="replace",
        check=False,
        env=environment,
        stdin=subprocess.DEVNULL,
    )
    if done.returncode or not (work / MANIFEST).is_file():
        lines = done.stderr.strip().splitlines() or [f"exit code {done.returncode}"]
        raise ModelUnavailable(f"model {source.name!r} cannot be exported: {lines[-1].strip()}")


def export(name: str, folder: Path, target: Path, precision: str) -> None:
    """Write graph, weights, tokenizer and manifest of the model in *folder* to *target*, and check them."""
    from sentence_transformers import SentenceTransformer

    model = SentenceTransformer(
        str(folder), device="cpu", local_files_only=True, model_kwargs={"attn_implementation": "eager"}
    ).eval()
    layers = _trace(model, target / "traced.onnx")
    if precision == "int8":
        _quantize(target / "traced.onnx")
    _optimize(target / "traced.onnx", target / GRAPH)
    model.tokenizer.backend_tokenizer.save(str(target / TOKENIZER))
    source = Source(name, folder, folder)
    manifest = {
        "name": f"{name}/{precision}/{FORMAT}",
        "precision": precision,
        "layers": layers,
        "max_pieces": min(max_pieces(source), int(model.max_seq_length or 512)),
    }
    (target / MANIFEST).write_text(json.dumps(manifest))
    difference = _difference(model, target)
    if precision == "fp32" and difference > TOLERANCE:
        (target / MANIFEST).unlink()
        raise ModelUnavailable(f"the exported graph differs from the model by {difference:.1e}")
    (target / MANIFEST).write_text(json.dumps({**manifest, "difference": difference}))


def _trace(model: Any, path: Path) -> list[int]:
    """Trace *model* (Any: sentence-transformers is untyped here) to *path*; the layers whose states it gives."""
    import torch

    count = int(model[0].auto_model.config.num_hidden_layers)
    layers = [0, count // 2, count]

    class Traced(torch.nn.Module):
        """Sentence vector and the states of three layers from piece ids."""

        def __init__(self) -> None:
            super().__init__()
            self.encoder = model[0].auto_model
            self.rest = torch.nn.ModuleList(list(model)[1:])

        def forward(self, input_ids: Any, attention_mask: Any) -> tuple[Any, Any]:
            """(batch, d) and (batch, 3, pieces, d)."""
            output = self.encoder(
                input_ids=input_ids, attention_mask=attention_mask, output_hidden_states=True, return_dict=True
            )
            features = {"token_embeddings": output.last_hidden_state, "attention_mask": attention_mask}
            for module in self.rest:
                features = module(features)
            vector = torch.nn.functional.normalize(features["sentence_embedding"], dim=-1)
            return vector, torch.stack([output.hidden_states[layer] for layer in layers], 1)

    example = model.tokenizer(["one text", "and one that is longer"], padding=True, return_tensors="pt")
    with torch.no_grad():
        torch.onnx.export(
            Traced().eval(),
            (example["input_ids"], example["attention_mask"]),
            str(path),
            # The exporter on torch.export needs onnxscript, takes three times as long and gives the same graph.
            dynamo=False,
            opset_version=17,
            input_names=["input_ids", "attention_mask"],
            output_names=["vector", "states"],
            dynamic_axes={
                "input_ids": {0: "texts", 1: "pieces"},
                "attention_mask": {0: "texts", 1: "pieces"},
                "vector": {0: "texts"},
                "states": {0: "texts", 2: "pieces"},
            },
        )
    return layers


def _quantize(path: Path) -> None:
    """Replace the graph by its int8 form, one scale per output channel (one per matrix moves cosines by .17)."""
    from onnxruntime.quantization import QuantType, quantize_dynamic

    quantize_dynamic(str(path), str(path), per_channel=True, weight_type=QuantType.QInt8)


def _optimize(traced: Path, graph: Path) -> None:
    """Save the optimized graph with its weights beside it: they are mapped at load, not copied (45 against 120 ms)."""
    import onnx
    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.graph_optimization_level = onnxruntime.GraphOptimizationLevel.ORT_ENABLE_EXTENDED
    options.optimized_model_filepath = str(traced.with_suffix(".optimized"))
    onnxruntime.InferenceSession(str(traced), options, providers=["CPUExecutionProvider"])
    onnx.save(
        onnx.load(options.optimized_model_filepath),
        str(graph),
        save_as_external_data=True,
        all_tensors_to_one_file=True,
        location="weights.bin",
        size_threshold=1024,
    )
    traced.unlink()
    traced.with_suffix(".optimized").unlink()


def _difference(model: Any, folder: Path) -> float:
    """Largest difference of a component between the exported graph's vectors and *model*'s (an untyped object)."""
    import numpy as np

    from quizzer.grading.onnx import OnnxEmbedder

    expected = model.encode(list(CHECK_TEXTS), normalize_embeddings=True)
    found = np.stack([encoded.vector for encoded in OnnxEmbedder(folder).encode(CHECK_TEXTS)])
    return float(np.abs(expected - found).max())


if __name__ == "__main__":
    export(sys.argv[1], Path(sys.argv[2]), Path(sys.argv[3]), sys.argv[4])
