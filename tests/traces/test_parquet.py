"""Spans as Parquet: what is written is what comes back, and another file is named."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.traces.test_library import run
from tests.traces.test_parallel import rows
from tests.traces.writing import line, reading, write

pytest.importorskip("polars", reason="the extra parquet is not installed")

from wflint.traces.parquet import read_rows, write_rows
from wflint.traces.reading.reading import TraceReading


def test_what_is_written_comes_back(tmp_path: Path) -> None:
    path = write(tmp_path / "trace.jsonl", "".join(line([span]) for at in range(3) for span in run(f"t{at}")))
    found = reading(path)
    write_rows(found, tmp_path / "spans.parquet")
    before = rows(found.table)
    again = TraceReading()
    read_rows(tmp_path / "spans.parquet", again)
    assert again.notices == []
    assert rows(again.table) == before


def test_a_file_of_something_else_is_named(tmp_path: Path) -> None:
    import polars as pl

    pl.DataFrame({"a": [1]}).write_parquet(tmp_path / "other.parquet")
    (tmp_path / "broken.parquet").write_bytes(b"PAR1 and no more")
    found = TraceReading()
    read_rows(tmp_path / "other.parquet", found)
    read_rows(tmp_path / "broken.parquet", found)
    assert [notice.message.split(":")[0] for notice in found.notices] == [
        "not a trace",
        "cannot be read as Parquet",
    ]
