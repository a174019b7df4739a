"""Pairs of an answer and a claim as the nets that see contraries read them."""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache
from typing import Any

import numpy as np
import torch

from benchmarks.grading.contrary_pairs import Pair
from quizzer import config
from quizzer.grading import embedder
from quizzer.grading.contrary import MARKS, Compared, Passage, compare
from quizzer.grading.english import ENGLISH
from quizzer.grading.features import Prepared, frame, prepare
from quizzer.grading.head import load_lexicon, load_ranks
from quizzer.grading.points import Points, gather, sight
from quizzer.grading.quantities import quantities
from quizzer.grading.text import clauses, clean
from quizzer.ports import Encoded

COMPONENTS = 320

Array = np.ndarray[Any, Any]  # shapes and kinds are told by the names here


class Data:
    """The pairs, compared, with the words' states reduced to their main components."""

    def __init__(self, pairs: list[Pair]) -> None:
        """Encode and compare; pairs without a sighting of their claim are left out."""
        self._model, self._ranks = embedder.load(models=config.paths().models, progress=print), load_ranks("en")
        self._lexicon = load_lexicon()
        self._encoded: dict[str, tuple[Encoded, Array]] = {}
        wanted = {clean(text) for pair in pairs for text in (pair.question, pair.answer, *pair.claims)} - {""}
        ordered, nothing = sorted(wanted), np.zeros((0, 0, 0), np.float32)
        for start in range(0, len(ordered), 512):
            block = ordered[start : start + 512]
            for text, encoded in zip(block, self._model.encode(block), strict=True):
                self._encoded[text] = (replace(encoded, states=nothing), encoded.states.astype(np.float16))
        self.pairs: list[Pair] = []
        self.compared: list[Compared] = []
        states: list[Array] = []
        self.places: list[tuple[int, int, int, int]] = []
        rows = 0
        for pair in pairs:
            found = self._compare(pair)
            if found:
                seen, mine, theirs = found
                self.pairs.append(pair)
                self.compared.append(seen)
                self.places.append((rows, len(mine), rows + len(mine), len(theirs)))
                states += [mine, theirs]
                rows += len(mine) + len(theirs)
        flat = np.concatenate(states)
        sample = flat[np.random.default_rng(0).choice(len(flat), min(len(flat), 25_000), replace=False)]
        self.center = sample.astype(np.float32).mean(0)
        _, sizes, axes = np.linalg.svd(sample - self.center, full_matrices=False)
        kept = min(COMPONENTS, len(sizes))
        spread = sizes[:kept] / np.sqrt(len(sample))
        # Half whitened: what tells a denied word from a said one is no large component.
        self.axes = (3 * axes[:kept] / np.sqrt(spread[:, None] * spread[0])).T.astype(np.float32)
        blocks = [flat[start : start + 50_000] for start in range(0, len(flat), 50_000)]
        self.states = np.concatenate([(block.astype(np.float32) - self.center) @ self.axes for block in blocks])

    @lru_cache(maxsize=4000)  # noqa: B019  one object, kept for the whole run
    def _prepared(self, text: str) -> Prepared:
        encoded, states = self._encoded[text]
        wide = replace(encoded, states=states.astype(np.float32))
        return prepare(text, wide, ranks=self._ranks, language=ENGLISH)

    @lru_cache(maxsize=4000)  # noqa: B019  as above
    def _passage(self, text: str, question: str) -> tuple[Passage, Points]:
        asked = clean(question)
        nothing = Encoded(np.zeros(384, np.float32), (), (), np.zeros((3, 0, 384), np.float32))
        empty = prepare("", nothing, ranks=self._ranks, language=ENGLISH)
        framed = frame(self._prepared(text), self._prepared(asked) if asked else empty)
        numbers, notions = quantities(framed.text, ENGLISH), self._lexicon.notions(framed.text.stems)
        return Passage(framed.text, (), framed.known, numbers, notions), gather([framed])

    def _compare(self, pair: Pair) -> tuple[Compared, Array, Array] | None:
        """The pair's nearest claim, compared, and the states of both sides' words."""
        answer = clean(pair.answer)
        if not answer or not self._prepared(answer).words:
            return None
        mine, _ = self._passage(answer, pair.question)
        parts, best = clauses(answer, mine.text.words, ENGLISH), None
        for claim in filter(None, map(clean, pair.claims)):
            if self._prepared(claim).words:
                theirs, points = self._passage(claim, pair.question)
                (seen,) = sight(points, mine.text, parts)
                if seen and (best is None or seen.features["faint_recall"] > best[0]):
                    best = (seen.features["faint_recall"], seen.span, theirs)
        if best is None:
            return None
        _, span, theirs = best
        found = compare(mine, span, theirs, (0, len(theirs.text.words)), ENGLISH)
        left, right = len(found.answer_marks), len(found.claim_marks)
        near = mine.text.states[:, span[0] : span[0] + left].transpose(1, 0, 2).reshape(left, -1)
        far = theirs.text.states[:, :right].transpose(1, 0, 2).reshape(right, -1)
        return found, near.astype(np.float16), far.astype(np.float16)

    def batch(self, chosen: Array) -> list[torch.Tensor]:
        """What `Net` reads of the pairs *chosen*, padded."""
        places, seen = [self.places[i] for i in chosen], [self.compared[i] for i in chosen]
        left, right = max(place[1] for place in places), max(place[3] for place in places)
        count, width = len(chosen), self.states.shape[1]
        mine, theirs = np.zeros((count, left, width), np.float32), np.zeros((count, right, width), np.float32)
        masks = np.zeros((count, left), np.float32), np.zeros((count, right), np.float32)
        similar = np.zeros((count, left, right), np.float32)
        marks = np.zeros((count, left, MARKS), np.float32), np.zeros((count, right, MARKS), np.float32)
        for row, ((at, near, far_at, far), one) in enumerate(zip(places, seen, strict=True)):
            mine[row, :near], theirs[row, :far] = self.states[at : at + near], self.states[far_at : far_at + far]
            masks[0][row, :near], masks[1][row, :far] = 1.0, 1.0
            similar[row, :near, :far] = one.similar
            marks[0][row, :near], marks[1][row, :far] = one.answer_marks, one.claim_marks
        parts = (mine, theirs, *masks, similar, *marks, np.stack([one.totals for one in seen]))
        return [torch.from_numpy(part) for part in parts]
