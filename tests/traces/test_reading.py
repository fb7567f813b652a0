"""What is read of a file, in whatever layout, and what is said of the rest."""

from __future__ import annotations

import gzip
import json
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.traces.writing import Span, document, line, model, reading, recorded, write
from wflint.traces.analysis.audit import audit_traces
from wflint.traces.analysis.spans import Spans
from wflint.traces.reading.reading import TraceReading
from wflint.traces.reading.splitting import Splitter

CHILD = Span("call", "b", parent="a", start=0.1, end=0.9, attributes=model(100, 20))
ROOT = Span("run", "a", attributes={"openinference.span.kind": "CHAIN", "output.value": "done"})
OTHER = Span("call", "c", trace="t2", start=3, end=4, attributes=model(40, 5))


def spans_of(found: TraceReading) -> list[tuple[str, int]]:
    rows = found.table.columns()
    return sorted((found.table.identities[row["identity"]].name, int(row["input"])) for row in rows)


EXPECTED = [("call", 40), ("call", 100), ("run", -1)]


def _layouts() -> dict[str, str]:
    whole = document([CHILD, ROOT, OTHER])
    return {
        "one request a line": line([CHILD, ROOT]) + line([OTHER]),
        "one span a line, children first": line([CHILD]) + line([OTHER]) + line([ROOT]),
        "bare spans": "".join(json.dumps(span.wire()) + "\n" for span in (CHILD, ROOT, OTHER)),
        "all in one line": json.dumps(whole),
        "compact": json.dumps(whole, separators=(",", ":")),
        "indented": json.dumps(whole, indent=2),
        "a list": json.dumps([document([CHILD, ROOT]), document([OTHER])]),
        "an indented list": json.dumps([document([CHILD, ROOT]), document([OTHER])], indent=4),
        "blank lines between": "\n" + line([CHILD]) + "\n\n" + line([OTHER, ROOT]) + "\n",
    }


@pytest.mark.parametrize("text", [pytest.param(text, id=name) for name, text in _layouts().items()])
def test_every_layout_gives_the_same_spans(text: str, tmp_path: Path) -> None:
    found = reading(write(tmp_path / "trace.json", text))
    assert spans_of(found) == EXPECTED
    assert found.notices == []


def test_gzip_and_folders(tmp_path: Path) -> None:
    (tmp_path / "deep").mkdir()
    (tmp_path / "deep" / "one.jsonl.gz").write_bytes(gzip.compress(line([CHILD, ROOT]).encode()))
    write(tmp_path / "two.jsonl", line([OTHER]))
    write(tmp_path / "readme.md", "not a trace")
    assert spans_of(reading(tmp_path)) == EXPECTED


def test_damaged_gzip_is_named_and_what_came_before_is_read(tmp_path: Path) -> None:
    packed = gzip.compress((line([CHILD, ROOT]) * 50 + line([OTHER])).encode(), compresslevel=0)
    path = tmp_path / "trace.jsonl.gz"
    path.write_bytes(packed[:-40])
    found = reading(path)
    assert [notice.message for notice in found.notices if "compressed" in notice.message]
    assert len(found.table.columns()) >= 100


def test_a_cut_line_is_named_its_whole_spans_and_the_next_lines_are_read(tmp_path: Path) -> None:
    cut = line([ROOT, CHILD])[:-200]
    path = write(tmp_path / "trace.jsonl", line([OTHER]), cut + "\n", line([Span("later", "d", trace="t3")]))
    found = reading(path)
    assert spans_of(found) == [("call", 40), ("later", -1), ("run", -1)]
    (notice,) = found.notices
    assert (notice.file, notice.line) == (path.as_posix(), 2)
    assert "1 whole spans of it are read" in notice.message


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("not json at all\n", "not JSON"),
        ('{"hello": "world", "n": 1}\n', "not a trace: an object with 'hello', 'n'"),
        ("[1, 2]\n", "a JSON value that is no record"),
        ('{"resourceLogs": [{"scopeLogs": []}]}\n', "no tokens are taken from them"),
        ('{"resourceSpans": "no list"}\n', "not JSON, or cut off"),
        ("", "no spans: the file is empty"),
        ("\n  \n", "no spans: the file is empty"),
        ('{"resourceMetrics": []}\n', "metrics, and no spans"),
    ],
)
def test_what_is_no_trace_is_named(text: str, said: str, tmp_path: Path) -> None:
    path = write(tmp_path / "trace.jsonl", text)
    found = reading(path)
    assert len(found.table.columns()) == 0
    (notice,) = found.notices
    assert (notice.file, notice.line) == (path.as_posix(), 1)
    assert said in notice.message


@pytest.mark.parametrize("before", [b"", b"\x00\x00\x01\x00"])
def test_a_file_that_is_packed_with_zstd_is_named(
    before: bytes, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """Where nothing unpacks it. The collector puts the length of each batch before it."""
    monkeypatch.setattr("wflint.traces.reading.reading.unpacker", lambda: None)
    path = tmp_path / "traces.jsonl"
    path.write_bytes(before + b"\x28\xb5\x2f\xfd\x04\x00\n\n")
    (notice,) = reading(path).notices
    assert "zstd" in notice.message


def test_what_is_no_trace_is_named_once_for_each_form(tmp_path: Path) -> None:
    text = '{"level": "info", "said": 1}\n' * 3 + '{"other": 1}\n'
    found = reading(write(tmp_path / "trace.jsonl", text))
    assert [(notice.line, notice.message) for notice in found.notices] == [
        (1, "not a trace: an object with 'level', 'said'; 2 further lines are like it"),
        (4, "not a trace: an object with 'other'"),
    ]


@pytest.mark.parametrize("size", [1, 7, 64, 301, 5_000])
def test_a_text_in_pieces_of_any_size_gives_the_same_spans(size: int) -> None:
    linked = Span("linked", "e", trace="t4", links=("a", "b"), attributes={"input.value": '{"traceId": "}{"}'})
    text = line([ROOT, CHILD], "one") + line([linked, OTHER], "openinference.instrumentation.langchain")
    splitter = Splitter()
    found = [
        (span.name, piece.scope.name if piece.scope is not None else "")
        for at in range(0, len(text), size)
        for piece in splitter.feed(text[at : at + size].encode())
        for span in piece.spans
    ]
    assert not splitter.close()
    second = "openinference.instrumentation.langchain"
    assert found == [("run", "one"), ("call", "one"), ("linked", second), ("call", second)]


def test_a_broken_span_costs_no_other(tmp_path: Path) -> None:
    text = json.dumps(document([ROOT, CHILD, OTHER]), separators=(",", ":"))
    broken = text.replace('"name":"call"', '"name":call"', 1)
    splitter = Splitter()
    assert [span.name for piece in splitter.feed(broken.encode()) for span in piece.spans] == ["run", "call"]
    assert splitter.lost == 1
    del tmp_path


def test_spans_that_are_there_twice_count_once(tmp_path: Path) -> None:
    write(tmp_path / "one.jsonl", line([CHILD, ROOT]))
    write(tmp_path / "two.jsonl", line([CHILD]), line([OTHER]))
    found = recorded(tmp_path)
    assert (found.spans, found.calls, found.et) == (3, 2, 100 + 80 + 40 + 20)


def test_impossible_counts_are_unknown_and_named(tmp_path: Path) -> None:
    bad = Span("call", "x", attributes={**model(-5, 10), "openinference.span.kind": "LLM"})
    path = write(tmp_path / "trace.jsonl", line([OTHER]), line([bad]))
    found = reading(path)
    rows = found.table.columns()
    assert sorted(rows["input"].tolist()) == [-1, 40]


def test_impossible_counts_and_clocks_are_named_with_their_place(tmp_path: Path) -> None:
    bad = Span("call", "x", attributes=model(-5, 10))
    skewed = Span("late", "y", trace="t9", start=5, end=2)
    path = write(tmp_path / "trace.jsonl", line([OTHER]), line([bad]), line([skewed]))
    found = reading(path)
    from wflint.traces.analysis.audit import audit_traces

    audit_traces(found, ())
    said = {(notice.line, notice.message.split(":")[0]) for notice in found.notices}
    assert said == {(2, "a token count is negative or no number"), (3, "the span ends before it starts")}


def test_lines_that_are_read_at_once_keep_their_numbers(tmp_path: Path) -> None:
    """Further on stand a line of something else, an indented document, and lines again."""
    before = [line([Span("before", f"b{at}", trace=f"b{at}")]) for at in range(600)]
    after = [line([Span("after", f"a{at}", trace=f"a{at}")]) for at in range(600)]
    indented = json.dumps(document([OTHER]), indent=1) + "\n"
    path = write(tmp_path / "trace.jsonl", *before, '{"other": 1}\n', indented, *after, '{"last": 1}\n')
    found = reading(path)
    assert len(found.table.columns()) == len(before) + 1 + len(after)
    lines = 601, 602 + indented.count("\n") + len(after)
    assert tuple(notice.line for notice in found.notices) == lines


def test_bytes_that_are_no_text_cost_their_span_only(tmp_path: Path) -> None:
    bad = line([ROOT]).encode().replace(b'"done"', b'"\xff\xfe"').replace(b'"run"', b'"\xc3\x28"')
    path = tmp_path / "trace.jsonl"
    path.write_bytes(bad + line([OTHER]).encode())
    found = reading(path)
    assert spans_of(found) == [("call", 40)]
    assert [(notice.line, notice.message.split(" (")[0]) for notice in found.notices] == [(1, "not JSON, or cut off")]


@pytest.mark.parametrize(
    "around",
    [
        lambda text: (text + text).encode(),
        lambda text: b"\xef\xbb\xbf" + text.encode() + b"\n",
        lambda text: text.encode("utf-16"),
        lambda text: f"\x1e{text}\n".encode(),
        lambda text: f"2026-11-30T06:00:00Z stdout F {text}\n".encode(),
        lambda text: f"data: {text}\n\n".encode(),
        lambda text: json.dumps({"log": text + "\n", "stream": "stdout"}).encode() + b"\n",
        lambda text: text.replace('"run"', '"run \\ud83d and \\ud83d\\ude00"').encode() + b"\n",
    ],
    ids=["in a row", "byte order mark", "UTF-16", "text sequence", "log", "events", "quoted", "half a character"],
)
def test_what_is_around_the_json_costs_nothing(around: Callable[[str], bytes], tmp_path: Path) -> None:
    path = tmp_path / "trace.jsonl"
    path.write_bytes(around(line([ROOT, CHILD]).strip()))
    found = reading(path)
    assert found.notices == []
    assert len(Spans.of(found.table).rows) == 2


def test_ids_in_capital_letters_are_the_same_ids(tmp_path: Path) -> None:
    span = Span("call", "c\xab\xcd", trace="t\xef")
    wire = span.wire()
    shouted = {**wire, "traceId": str(wire["traceId"]).upper(), "spanId": str(wire["spanId"]).upper()}
    path = write(tmp_path / "trace.jsonl", json.dumps(wire) + "\n", json.dumps(shouted) + "\n")
    assert len(Spans.of(reading(path).table).rows) == 1


@pytest.mark.parametrize("value", [{"stringValue": "1e3"}, {"doubleValue": "NaN"}, {"intValue": "9" * 20}])
def test_a_count_that_is_no_number_is_named(value: dict[str, str], tmp_path: Path) -> None:
    given = [{"key": "gen_ai.usage.input_tokens", "value": value}]
    path = write(tmp_path / "trace.jsonl", json.dumps({**CHILD.wire(), "attributes": given}) + "\n")
    found = reading(path)
    audit_traces(found, ())
    assert "negative or no number" in found.notices[0].message
