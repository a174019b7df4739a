"""Encodes texts through onnxruntime: the same vectors as sentence-transformers, without importing torch."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from quizzer.errors import ModelUnavailable
from quizzer.grading.windows import MAX_CHARACTERS, windows
from quizzer.ports import Encoded

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from tokenizers import Tokenizer

GRAPH = "model.onnx"
TOKENIZER = "tokenizer.json"
MANIFEST = "model.json"

_BATCH_PIECES = 1024
"""Pieces encoded at once: larger batches are no faster on one thread and take more memory."""


def _load(folder: Path) -> tuple[Any, Tokenizer]:  # Any: onnxruntime has no type hints
    """The session and the tokenizer that the folder's files make."""
    import onnxruntime
    import tokenizers

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    options.inter_op_num_threads = 1
    options.log_severity_level = 3
    # The export has saved the optimized graph; optimizing again would copy the mapped weights.
    options.graph_optimization_level = onnxruntime.GraphOptimizationLevel.ORT_DISABLE_ALL
    try:
        session = onnxruntime.InferenceSession(str(folder / GRAPH), options, providers=["CPUExecutionProvider"])
        return session, tokenizers.Tokenizer.from_file(str(folder / TOKENIZER))
    except Exception as error:
        # No narrower class: tokenizers (0.23) raises Exception itself, onnxruntime (1.32) its direct children.
        raise ModelUnavailable(f"{folder}: cannot be loaded: {error}") from error


class OnnxEmbedder:
    """An exported model, in a folder that ``quizzer.grading.export`` wrote."""

    def __init__(self, folder: Path) -> None:
        """Load the graph and the tokenizer (0.1 s of CPU time, torch never).

        Raises:
            ModelUnavailable: a file is missing or damaged, or another onnxruntime wrote it.
        """
        try:
            manifest = json.loads((folder / MANIFEST).read_bytes())
            self.name = str(manifest["name"])
            self._window = int(manifest["max_pieces"]) - 2
            # An int8 graph scales activations by the whole batch: alone, a text always gets the same vector.
            self._alone = manifest["precision"] != "fp32"
        except (OSError, ValueError, KeyError, TypeError) as error:
            raise ModelUnavailable(f"{folder / MANIFEST}: cannot be read: {error}") from error
        self._session, self._tokenizer = _load(folder)
        self._tokenizer.no_truncation()
        self._tokenizer.no_padding()
        ends = self._tokenizer.encode("").ids
        self._first, self._last = ends[0], ends[-1]

    def encode(self, texts: Sequence[str]) -> list[Encoded]:
        """One ``Encoded`` for each text, in order; texts of similar length share a batch."""
        read = [self._tokenizer.encode(text[:MAX_CHARACTERS], add_special_tokens=False) for text in texts]
        jobs: list[tuple[int, int, int]] = []
        for number, encoding in enumerate(read):
            words = encoding.word_ids
            starts = [i == 0 or words[i] != words[i - 1] for i in range(len(words))]
            jobs.extend((number, start, end) for start, end in windows(encoding.tokens, starts, self._window))
        outputs: list[tuple[NDArray[np.float32], NDArray[np.float32]]] = [(np.zeros(0), np.zeros(0))] * len(jobs)  # type: ignore[list-item]  # each is replaced below
        for batch in _batches([end - start for _, start, end in jobs], alone=self._alone):
            lines = [read[jobs[k][0]].ids[jobs[k][1] : jobs[k][2]] for k in batch]
            for k, output in zip(batch, self._forward(lines), strict=True):
                outputs[k] = output
        parts: list[list[int]] = [[] for _ in texts]
        for k, (number, _, _) in enumerate(jobs):
            parts[number].append(k)
        return [
            _joined(encoding.tokens, encoding.offsets, [outputs[k] for k in ks])
            for encoding, ks in zip(read, parts, strict=True)
        ]

    @property
    def window(self) -> int:
        """How many word pieces of a text the model reads at once; longer texts are read in parts."""
        return self._window

    def count_pieces(self, texts: Sequence[str]) -> list[int]:
        """How many word pieces each text has."""
        read = self._tokenizer.encode_batch([text[:MAX_CHARACTERS] for text in texts], add_special_tokens=False)
        return [len(encoding.ids) for encoding in read]

    def _forward(self, lines: list[list[int]]) -> list[tuple[NDArray[np.float32], NDArray[np.float32]]]:
        """(vector, states) of each line of piece ids, special tokens taken off again."""
        longest = max(map(len, lines)) + 2
        ids = np.zeros((len(lines), longest), np.int64)
        mask = np.zeros((len(lines), longest), np.int64)
        for row, line in enumerate(lines):
            ids[row, : len(line) + 2] = [self._first, *line, self._last]
            mask[row, : len(line) + 2] = 1
        vectors, states = self._session.run(None, {"input_ids": ids, "attention_mask": mask})
        return [(vectors[row], states[row, :, 1 : len(line) + 1]) for row, line in enumerate(lines)]


def _batches(lengths: list[int], *, alone: bool) -> list[list[int]]:
    """Indices grouped by length, so that little is padded."""
    order = sorted(range(len(lengths)), key=lengths.__getitem__)
    groups: list[list[int]] = []
    for index in order:
        group = groups[-1] if groups else []
        # A batch is padded to its longest text, which is the one that is added last.
        full = (len(group) + 1) * (lengths[index] + 2) > _BATCH_PIECES
        padded = bool(group) and lengths[index] > 2 * lengths[group[0]] + 8
        if not group or alone or full or padded:
            groups.append([index])
        else:
            group.append(index)
    return groups


def _joined(
    pieces: list[str],
    offsets: list[tuple[int, int]],
    outputs: list[tuple[NDArray[np.float32], NDArray[np.float32]]],
) -> Encoded:
    """The windows of one text as one: states in a row, the vector their mean by length."""
    states = outputs[0][1] if len(outputs) == 1 else np.concatenate([part for _, part in outputs], axis=1)
    vector = outputs[0][0]
    if len(outputs) > 1:
        total = np.sum([vector * part.shape[1] for vector, part in outputs], axis=0)
        vector = (total / max(float(np.linalg.norm(total)), 1e-9)).astype(np.float32)
    return Encoded(vector=vector, pieces=tuple(pieces), offsets=tuple(offsets), states=states)
