"""Whatever stands in one line of a file: the others are read as if it were not there, and nothing counts twice."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import example, given, settings
from hypothesis import strategies as st

from tests.traces.writing import Span, document, line, model
from wflint.model.recorded import Recording
from wflint.traces.analysis.audit import audit_traces
from wflint.traces.reading.reading import TraceNotice, read

NAMED = {"agent.name": "clerk"}
FIRST = [
    Span("run", "a", attributes={"openinference.span.kind": "CHAIN", "output.value": "done"}),
    Span("call", "b", "a", 0.1, 0.9, attributes={**model(100, 20), **NAMED}),
]
LAST = [Span("call", "c", trace="t2", start=3, end=4, attributes={**model(40, 5), **NAMED})]
STRANGER = [
    Span("other", "x", trace="t8", start=5, end=9, attributes={"input.value": '{"n": 1}', "output.value": '{"m": 2}'}),
    Span("call", "y", "x", 6, 7, "t8", {**model(7, 3, cached=2, reasoning=1), "agent.name": "thief"}, links=("x",)),
    Span("bad", "z", "x", 7, 8, "t8", {"metadata": '{"langgraph_node": "n", "langgraph_step": 1}'}, error="E"),
]
COSTS = 100 + 80 + 40 + 20

LEAVES = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-(2**70), 2**70),
    st.floats(),
    st.text(max_size=40),
    st.sampled_from(
        [
            "__REDACTED__",
            "-5",
            "-9" * 30,
            "-00000000000000f",
            "9" * 400,
            "{" * 3_000,
            "\x00\x1b[31m",
            "../../etc/passwd",
            '{"traceId":"',
            "}]}]}]}",
            "\u202e\ud83d\ude00",
            "NaN",
        ]
    ),
    st.lists(st.integers(), max_size=3),
    st.dictionaries(st.text(max_size=5), st.integers(), max_size=3),
)
Path_ = tuple[str | int, ...]


def _paths(value: object, before: Path_ = ()) -> list[Path_]:
    """Where something stands in a document."""
    items = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    return [before, *(path for name, item in items for path in _paths(item, (*before, name)))]


PATHS = _paths(document(STRANGER))[1:]


def _with(value: object, path: Path_, put: object) -> object:
    if not path:
        return put
    if isinstance(value, dict):
        return {name: _with(item, path[1:], put) if name == path[0] else item for name, item in value.items()}
    assert isinstance(value, list)
    return [_with(item, path[1:], put) if at == path[0] else item for at, item in enumerate(value)]


@st.composite
def changed(draw: st.DrawFn) -> bytes:
    """A line in which some values are others than they should be, or some bytes are gone."""
    whole: object = document(STRANGER)
    for path in draw(st.lists(st.sampled_from(PATHS), max_size=3)):
        if path in _paths(whole):
            whole = _with(whole, path, draw(LEAVES))
    text = json.dumps(whole).encode()
    cut = draw(st.integers(0, len(text)) | st.just(len(text)))
    hole = draw(st.integers(0, cut))
    return text[:hole] + text[hole + draw(st.sampled_from([0, 0, 1, 30])) : cut]


def _read(*lines: bytes) -> tuple[Recording, list[TraceNotice]]:
    with TemporaryDirectory() as folder:
        path = Path(folder) / "trace.jsonl"
        path.write_bytes(b"\n".join(one.strip() for one in lines) + b"\n")
        reading = read((path,))
        return audit_traces(reading, ()), reading.notices


@settings(max_examples=60, deadline=None)
@given(changed())
@example(b"\xff\xfe\x00")
@example(b'{"resourceSpans":[{"scopeSpans":[{"spans":[{"traceId":"t"')
def test_a_bad_line_costs_no_other(bad: bytes) -> None:
    found, notices = _read(line(FIRST).encode(), bad, line(LAST).encode())
    (clerk,) = [step for step in found.steps if step.step == "clerk"]
    assert (clerk.et, clerk.calls) == (COSTS, 2)
    assert not [notice for notice in notices if "internal error" in notice.message]
    assert {notice.line for notice in notices} <= {1, 2}
    for step in found.steps:
        assert step.et is None or step.et >= 0
        counts = (step.input_tokens, step.cached_tokens, step.output_tokens, step.reasoning_tokens)
        assert all(count is None or count >= 0 for count in counts)


def test_a_span_that_is_nested_too_deeply_is_left_out(tmp_path: Path) -> None:
    deep = line(STRANGER).replace('"kind"', '"more": ' + '{"a":' * 3_000 + "1" + "}" * 3_000 + ', "kind"', 1)
    (tmp_path / "runs.jsonl").write_text(line(FIRST) + deep + line(LAST), encoding="utf-8")
    found = read((tmp_path,))
    assert [notice.message for notice in found.notices if "internal error" in notice.message] == []
    assert any("not JSON, or cut off" in notice.message for notice in found.notices)


def test_ids_and_times_below_zero_are_read(tmp_path: Path) -> None:
    text = line(STRANGER).replace(str(STRANGER[0].wire()["spanId"]), "-00000000000000f")
    text = text.replace('"startTimeUnixNano": "', '"startTimeUnixNano": "-9999999999999999')
    path = tmp_path / "t.jsonl"
    path.write_text(text)
    reading = read((path,))
    assert (len(audit_traces(reading, ()).runs), reading.table.rows) == (1, 3)
    assert reading.notices == []


@settings(max_examples=20, deadline=None)
@given(st.lists(st.sampled_from([*FIRST, *LAST]), min_size=1, max_size=12))
def test_spans_count_once_in_whatever_order_and_number(spans: list[Span]) -> None:
    found, _ = _read(*(line([span]).encode() for span in [*spans, *FIRST, *LAST]))
    assert (found.et, found.calls, found.spans, len(found.runs)) == (COSTS, 2, 3, 2)


@settings(max_examples=20, deadline=None)
@given(st.sets(st.sampled_from(["a", "b", "c"]), max_size=2), st.integers(-50, 50))
def test_orphans_and_crooked_clocks_change_no_count(gone: set[str], shift: int) -> None:
    kept = [span for span in [*FIRST, *LAST] if span.span not in gone]
    moved = [replace(span, start=span.start + shift) for span in kept]
    found, _ = _read(*(line([span]).encode() for span in moved))
    expected = 180 * ("b" not in gone) + 60 * ("c" not in gone)
    assert (found.et or 0) == expected
    assert found.spans == len(kept)
