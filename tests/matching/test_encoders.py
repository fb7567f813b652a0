from __future__ import annotations

import shutil
import sys
from pathlib import Path

import numpy as np
import pytest

from tools.encoder.export import export
from wflint.errors import ConfigError, UsageError
from wflint.matching.encoders import load_encoder, static

TEXTS = (
    "search results", "Summary of the quarterly report", "résumé of the candidate", "", "42 is the answer",
    "uncharacteristically antidisestablishmentarian", "k8s-pods_v2", "日本語", "x" * 150, "the of and",
)  # fmt: skip


def test_vectors_have_length_one_or_none() -> None:
    lengths = np.linalg.norm(load_encoder().encode(TEXTS), axis=1)
    known = [text not in {"", "日本語", "x" * 150} for text in TEXTS]
    assert lengths == pytest.approx(np.array(known, float), abs=1e-5)


def test_a_text_does_not_depend_on_its_company() -> None:
    encoder = load_encoder()
    together = encoder.encode(TEXTS)
    assert np.allclose(together, np.vstack([encoder.encode([text]) for text in TEXTS]), atol=1e-6)


@pytest.mark.parametrize(
    ("text", "near", "far"),
    [
        ("customer question", "client inquiry", "gpu temperature"),
        ("stock price", "share value", "poem about the sea"),
        ("summarize the paper", "condense the article", "restart the server"),
    ],
)
def test_what_means_the_same_is_nearer(text: str, near: str, far: str) -> None:
    own, close, distant = load_encoder().encode([text, near, far])
    assert float(own @ close) > float(own @ distant) + 0.2


def test_no_texts_no_rows() -> None:
    assert load_encoder().encode([]).shape == (0, 128)


@pytest.mark.parametrize("name", ["glove", "static:x", "sentence-transformers", "sentence-transformers:", ""])
def test_an_unknown_encoder_is_named(name: str) -> None:
    with pytest.raises(UsageError, match="unknown encoder"):
        load_encoder(name)


@pytest.mark.parametrize("name", ["vectors.npy", "scales.npy", "vocabulary.txt", "encoder.json"])
@pytest.mark.parametrize("content", [None, b"", b"{}x"])
def test_damaged_weights_say_so(tmp_path: Path, name: str, content: bytes | None) -> None:
    folder = Path(shutil.copytree(static.DATA, tmp_path / "data"))
    if content is None:
        (folder / name).unlink()
    else:
        (folder / name).write_bytes(content)
    with pytest.raises(ConfigError, match="install wflint again"):
        static.load(folder)


def test_without_the_extra_its_name_is_given(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "sentence_transformers", None)
    with pytest.raises(UsageError, match=r"pip install 'wflint\[sentence-transformers\]'"):
        load_encoder("sentence-transformers:some/model")


@pytest.fixture(scope="module")
def exported(tmp_path_factory: pytest.TempPathFactory) -> Path:
    pytest.importorskip("sentence_transformers", reason="the extra sentence-transformers is not installed")
    folder = tmp_path_factory.mktemp("model")
    export(folder)
    return folder


@pytest.mark.filterwarnings("ignore")
def test_the_same_vectors_load_as_a_static_embedding(exported: Path) -> None:
    other = load_encoder(f"sentence-transformers:{exported}")
    assert np.abs(load_encoder().encode(TEXTS) - other.encode(TEXTS)).max() < 1e-4


@pytest.mark.filterwarnings("ignore")
def test_a_folder_without_a_model_is_an_error(exported: Path, tmp_path: Path) -> None:  # noqa: ARG001 (skips without the extra)
    with pytest.raises(UsageError, match="cannot be loaded"):
        load_encoder(f"sentence-transformers:{tmp_path}/nothing")
