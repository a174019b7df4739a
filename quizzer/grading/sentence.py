"""Encodes texts through sentence-transformers: slower to start, for models that cannot be exported."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from quizzer.errors import ModelUnavailable
from quizzer.grading.source import Source
from quizzer.grading.windows import MAX_CHARACTERS, windows
from quizzer.ports import Encoded


class SentenceEmbedder:
    """A model loaded by sentence-transformers, on one thread (its default is 30 times slower on a busy machine)."""

    def __init__(self, source: Source) -> None:
        """Load the model (5 to 8 seconds)."""
        try:
            import torch
            from sentence_transformers import SentenceTransformer

            torch.set_num_threads(1)
            self._model: Any = SentenceTransformer(str(source.folder), device="cpu", local_files_only=True)
        except (ImportError, OSError, ValueError, KeyError, RuntimeError) as error:
            raise ModelUnavailable(
                f"model {source.name!r} cannot be loaded: {error}", hint="run `quizzer doctor`"
            ) from error
        self.name = f"{source.name}/{source.fingerprint}/sentence-transformers"
        self._tokenizer: Any = self._model.tokenizer
        ends = self._tokenizer("")["input_ids"]
        self._first, self._last = ends[0], ends[-1]
        self._window = max(8, int(self._model.max_seq_length or 256) - 2)

    def encode(self, texts: Sequence[str]) -> list[Encoded]:
        """One ``Encoded`` for each text, in order."""
        return [self._encode(text[:MAX_CHARACTERS]) for text in texts]

    @property
    def window(self) -> int:
        """How many word pieces of a text the model reads at once; longer texts are read in parts."""
        return self._window

    def count_pieces(self, texts: Sequence[str]) -> list[int]:
        """How many word pieces each text has."""
        cut = [text[:MAX_CHARACTERS] for text in texts]
        return [len(ids) for ids in self._tokenizer(cut, add_special_tokens=False, verbose=False)["input_ids"]]

    def _encode(self, text: str) -> Encoded:
        import torch

        read = self._tokenizer(text, add_special_tokens=False, return_offsets_mapping=True, verbose=False)
        pieces = self._tokenizer.convert_ids_to_tokens(read["input_ids"])
        words = read.word_ids()
        starts = [i == 0 or words[i] != words[i - 1] for i in range(len(words))]
        vectors, states = [], []
        for start, end in windows(pieces, starts, self._window):
            ids = [self._first, *read["input_ids"][start:end], self._last]
            inputs = {"input_ids": torch.tensor([ids]), "attention_mask": torch.ones((1, len(ids)), dtype=torch.int64)}
            with torch.inference_mode():
                output = self._model[0].auto_model(**inputs, output_hidden_states=True, return_dict=True)
                features = {"token_embeddings": output.last_hidden_state, "attention_mask": inputs["attention_mask"]}
                for module in list(self._model)[1:]:
                    features = module(features)
            hidden = output.hidden_states
            chosen = [hidden[layer][0, 1 : end - start + 1].numpy() for layer in (0, len(hidden) // 2, -1)]
            states.append(np.stack(chosen).astype(np.float32))
            vectors.append(features["sentence_embedding"][0].numpy() * max(end - start, 1))
        total = np.sum(vectors, axis=0)
        vector = (total / max(float(np.linalg.norm(total)), 1e-9)).astype(np.float32)
        offsets = tuple((int(a), int(b)) for a, b in read["offset_mapping"])
        return Encoded(vector, tuple(pieces), offsets, np.concatenate(states, axis=1))
