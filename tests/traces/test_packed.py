"""Files packed with zstd: whole, in frames, and a batch at a time with its length before it."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.traces.test_library import run
from tests.traces.writing import line, reading, write
from wflint.traces.reading.packed import unpacker

pytestmark = pytest.mark.skipif(unpacker() is None, reason="the extra zstd is not installed")
LINES = [line(run(f"t{at}")) for at in range(3)]


def packed(data: bytes) -> bytes:
    module = unpacker()
    assert module is not None
    if hasattr(module, "compress"):
        return bytes(module.compress(data))
    return bytes(module.ZstdCompressor().compress(data))


@pytest.mark.parametrize(
    "data",
    [
        lambda: packed("".join(LINES).encode()),
        lambda: b"".join(packed(one.encode()) for one in LINES),
        lambda: b"".join(
            len(frame).to_bytes(4, "big") + frame for frame in (packed(one.strip().encode()) for one in LINES)
        ),
    ],
    ids=["whole", "frames", "batches"],
)
def test_what_is_packed_is_what_comes_back(data: object, tmp_path: Path) -> None:
    assert callable(data)
    plain = reading(write(tmp_path / "plain.jsonl", "".join(LINES)))
    (tmp_path / "packed.jsonl.zst").write_bytes(data())
    found = reading(tmp_path / "packed.jsonl.zst")
    assert found.notices == []
    assert found.table.rows == plain.table.rows > 0


@pytest.mark.parametrize(
    "spoilt", [lambda data: data[: len(data) // 2], lambda data: data[:40] + b"\x00" * 40 + data[80:]]
)
def test_damage_is_named(spoilt: object, tmp_path: Path) -> None:
    assert callable(spoilt)
    (tmp_path / "packed.zst").write_bytes(spoilt(packed("".join(LINES).encode())))
    assert any("damaged" in notice.message for notice in reading(tmp_path / "packed.zst").notices)


def test_little_that_unpacks_to_much_is_read_in_pieces(tmp_path: Path) -> None:
    """Sixty-four megabytes of blanks are some kilobytes; no more than a piece of them is held."""
    import tracemalloc

    (tmp_path / "blanks.zst").write_bytes(packed((b" " * 65_535 + b"\n") * (1 << 10)))
    tracemalloc.start()
    found = reading(tmp_path / "blanks.zst")
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert most < 1 << 26
    assert found.table.rows == 0
