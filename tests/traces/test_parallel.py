"""A file that several processes read gives what one process gives."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.traces.test_library import run
from tests.traces.writing import Span, document, line, reading, write
from wflint.traces.reading import parallel
from wflint.traces.table import SpanTable

SECOND = "openinference.instrumentation.openai"


def rows(table: SpanTable) -> list[tuple[object, ...]]:
    found = table.columns()
    texts, traces = table.texts.texts, table.traces.texts
    return [
        (
            table.identities[row["identity"]],
            traces[row["trace"]],
            texts[row["target"]],
            *(int(row[name]) for name in ("span", "parent", "start", "end", "input", "output", "flags", "line")),
        )
        for row in found
    ]


@pytest.mark.skipif(parallel.processes() < 2, reason="there is one processor")
@pytest.mark.parametrize("shape", ["lines", "one line"])
def test_stretches_add_up(shape: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    first = [span for at in range(20) for span in run(f"t{at}", at=20 * at)]
    second = [Span("ChatCompletion", f"x{at}", trace=f"c{at}", links=("r",)) for at in range(20)]
    if shape == "lines":
        text = "".join(line([span]) for span in first) + "".join(line([span], SECOND) for span in second)
    else:
        parts = [document(first)["resourceSpans"], document(second, SECOND)["resourceSpans"]]
        text = json.dumps({"resourceSpans": [one for part in parts for one in part]})
        text = text.replace('{"traceId": ', '{"traceId":')
    path = write(tmp_path / "trace.json", text)
    alone = reading(path)
    monkeypatch.setattr(parallel, "LARGE", 0)
    monkeypatch.setattr(parallel, "STRETCH", len(text) // 5)
    assert len(parallel.stretches_of(path)) >= 5
    together = reading(path)
    assert rows(together.table) == rows(alone.table)
    assert together.table.links == alone.table.links
    assert together.notices == alone.notices == []
