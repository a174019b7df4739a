"""The embedding model: exported, cached, and the same as sentence-transformers."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from quizzer.errors import ModelUnavailable
from quizzer.grading import export
from quizzer.grading.embedder import CachedEmbedder, load
from quizzer.grading.source import BUNDLED_SHA256, find
from tests.grading.fakes import WordEmbedder


def test_the_bundled_model_is_the_published_one() -> None:
    """Figures measured with other weights would not hold."""
    assert find("").sha256() == BUNDLED_SHA256


@pytest.mark.parametrize("name", ["no-such-model", "../../etc", "a b", "x" * 300, "\x00"])
def test_a_model_that_is_not_here_is_named(name: str) -> None:
    """Nothing is downloaded behind the user's back."""
    with pytest.raises(ModelUnavailable):
        find(name)


def test_a_folder_that_is_no_model_is_refused(tmp_path: Path) -> None:
    """A typo in the configuration must not end in a traceback."""
    with pytest.raises(ModelUnavailable, match=r"no modules\.json"):
        find(str(tmp_path))


def test_what_is_cached_is_not_encoded_again(tmp_path: Path) -> None:
    """Reference vectors are computed once, also across processes."""
    first, second = WordEmbedder(), WordEmbedder()
    before = CachedEmbedder(first, tmp_path / "v.db").encode(["one text", "another", "one text"])
    after = CachedEmbedder(second, tmp_path / "v.db").encode(["another", "one text"])
    assert (first.texts, second.texts) == (["one text", "another"], [])
    assert np.allclose(before[0].states, after[1].states, atol=2e-3)
    assert np.array_equal(before[1].vector, after[0].vector)
    assert (before[0].pieces, before[0].offsets) == (after[1].pieces, after[1].offsets)


@pytest.mark.parametrize("damage", [b"", b"no database at all" * 100, b"SQLite format 3\x00" + b"\xff" * 5000])
def test_a_damaged_cache_is_replaced(tmp_path: Path, damage: bytes) -> None:
    """It may be deleted at any time, and so may any part of it."""
    path = tmp_path / "v.db"
    path.write_bytes(damage)
    for _ in range(2):
        CachedEmbedder(WordEmbedder(), path).encode(["text"])
    again = WordEmbedder()
    CachedEmbedder(again, path).encode(["text"])
    assert again.texts == []


def test_a_cache_that_cannot_be_written_is_done_without(tmp_path: Path) -> None:
    """Grading goes on with a full or read-only disk."""
    (tmp_path / "file").write_text("")
    assert len(CachedEmbedder(WordEmbedder(), tmp_path / "file" / "v.db").encode(["text"])) == 1


@pytest.mark.model
def test_the_export_gives_sentence_transformers_vectors(exported_models: Path) -> None:
    """Checked at export, and here with other texts, in batches and beyond one window."""
    from sentence_transformers import SentenceTransformer

    texts = ["Tea.", "Why is the sky blue? Short waves scatter more.", "a" * 300, "word " * 120]
    expected = SentenceTransformer(str(find("").folder), device="cpu").encode(texts, normalize_embeddings=True)
    found = np.stack([encoded.vector for encoded in load(models=exported_models).encode(texts)])
    assert np.abs(found - expected).max() < export.TOLERANCE


@pytest.mark.model
def test_a_long_text_is_read_to_its_end(exported_models: Path) -> None:
    """The model's window is 256 word pieces; learners' answers know no such limit."""
    text = "The valve opens when the pressure rises. " * 60 + "Then the whistle blows."
    (encoded,) = load(models=exported_models).encode([text])
    assert encoded.states.shape[1] == len(encoded.pieces) == len(encoded.offsets) > 480
    assert np.linalg.norm(encoded.vector) == pytest.approx(1, abs=1e-4)
    assert text[slice(*encoded.offsets[-2])] == "blows"


@pytest.mark.model
def test_grading_never_imports_torch(exported_models: Path) -> None:
    """Torch takes seconds to import and 300 MB."""
    program = (
        "import sys; from pathlib import Path; from quizzer.grading.embedder import load;"
        f"from quizzer.grading.grader import MeaningGrader; MeaningGrader(load(models=Path({str(exported_models)!r})));"
        "sys.exit(' '.join({'torch', 'transformers', 'sentence_transformers'} & set(sys.modules)) or 0)"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


@pytest.mark.model
def test_the_fallback_gives_the_same(exported_models: Path, tmp_path: Path) -> None:
    """Where nothing can be exported, grading is slower to start and otherwise the same, and says so."""
    (tmp_path / "file").write_text("")
    said: list[str] = []
    slow = load(models=tmp_path / "file" / "models", progress=said.append)
    fast = load(models=exported_models)
    for text in ("One sentence, naïve — and long-winded.", "", "word " * 400):
        (mine,), (theirs,) = slow.encode([text]), fast.encode([text])
        assert (mine.pieces, mine.offsets) == (theirs.pieces, theirs.offsets)
        assert np.abs(mine.vector - theirs.vector).max() < export.TOLERANCE
        assert np.allclose(mine.states, theirs.states, atol=1e-3)
    assert "sentence-transformers" in said[-1]


@pytest.mark.model
def test_a_damaged_export_is_made_again(exported_models: Path, tmp_path: Path) -> None:
    """The cache folder is not the user's to repair."""
    folder = export.folder_of(find(""), tmp_path, "fp32")
    folder.mkdir()
    (folder / "model.json").write_text("{}")
    said: list[str] = []
    assert load(models=tmp_path, progress=said.append).encode(["x"])
    assert any("preparing the model" in line for line in said)
