"""Reading a gigabyte of traces: `python benchmarks/traces.py [MEGABYTES]`, beside `json.loads` and a dictionary a span.

Both shapes of OTLP/JSON are written to a temporary folder: a span a line, and everything in one line. Each way of
reading runs three times, in turn with the other and in a process of its own; what is printed is the median. Time is
wall time and, because other work slows that down, processor time of it and its helpers together. Memory is the largest
resident set.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from statistics import median

MEGABYTE = 1_000_000
_ROUNDS = 3

PLAIN = """
import json, os, sys, time, resource
begun = time.perf_counter()
spans = []
with open(sys.argv[1], "rb") as file:
    for line in file:
        for resource_spans in json.loads(line)["resourceSpans"]:
            for scoped in resource_spans["scopeSpans"]:
                for span in scoped["spans"]:
                    given = {one["key"]: next(iter(one["value"].values()), None) for one in span["attributes"]}
                    spans.append({"trace": span["traceId"], "span": span["spanId"], "attributes": given})
own = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
print(len(spans), time.perf_counter() - begun, own // 1024, sum(os.times()[:4]))
"""

OURS = """
import gc, os, sys, time, resource
from pathlib import Path
gc.disable()
begun = time.perf_counter()
from wflint.traces.reading.reading import read
found = read((Path(sys.argv[1]),))
taken, worked = time.perf_counter() - begun, sum(os.times()[:4])
from wflint.traces.analysis.audit import audit_traces
audit_traces(found, ())
whole = time.perf_counter() - begun
own, helpers = (resource.getrusage(who).ru_maxrss for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
print(found.table.rows, taken, own // 1024, helpers // 1024, whole, worked)
"""


def spans_of(run: int) -> Iterator[dict[str, object]]:
    """The spans of one run: five steps, each with a model call."""
    trace = f"{run:032x}"
    text = "The shelf holds nine books on tides, and a map. " * 12
    yield _span(trace, 1, 0, "library", {"openinference.span.kind": "CHAIN", "input.value": text, "output.value": text})
    for at, name in enumerate(("look_up", "sort", "answer", "check", "send"), start=1):
        place = {"langgraph_node": name, "langgraph_step": at, "langgraph_checkpoint_ns": f"{name}:{run}-{at}"}
        about = {"metadata": json.dumps({**place, "ls_integration": "langgraph", "langgraph_path": ["pull", name]})}
        given = {"input.value": json.dumps({"question": text}), "output.value": json.dumps({"reply": text, "n": at})}
        yield _span(trace, 2 * at, 1, name, {**about, **given, "openinference.span.kind": "CHAIN"})
        call = {
            "llm.model_name": "model-1",
            "llm.token_count.prompt": 100 + run % 90,
            "llm.token_count.completion": 20,
            "llm.input_messages.0.message.role": "user",
            "llm.input_messages.0.message.content": text,
            "llm.output_messages.0.message.content": text,
            "openinference.span.kind": "LLM",
        }
        yield _span(trace, 2 * at + 1, 2 * at, "ChatModel", {**about, **given, **call})


def _span(trace: str, number: int, parent: int, name: str, attributes: dict[str, object]) -> dict[str, object]:
    values = [{"key": key, "value": _value(value)} for key, value in attributes.items()]
    return {
        "traceId": trace,
        "spanId": f"{number:016x}",
        "parentSpanId": f"{parent:016x}" if parent else "",
        "name": name,
        "kind": 1,
        "startTimeUnixNano": str(1_700_000_000_000_000_000 + number),
        "endTimeUnixNano": str(1_700_000_000_000_000_900 - number),
        "attributes": values,
        "status": {"code": 1},
    }


def _value(value: object) -> dict[str, object]:
    return {"intValue": str(value)} if isinstance(value, int) else {"stringValue": str(value)}


def write(folder: Path, size: int) -> tuple[Path, Path]:
    """Both files, of about `size` bytes."""
    head = '{"resourceSpans":[{"resource":{},"scopeSpans":[{"scope":{"name":"openinference.instrumentation.langchain"},'
    lines, one = folder / "lines.jsonl", folder / "one.json"
    written, run, comma = 0, 0, ""
    with lines.open("w", encoding="utf-8") as many, one.open("w", encoding="utf-8") as single:
        single.write(head + '"spans":[')
        while written < size:
            for span in spans_of(run):
                text = json.dumps(span, separators=(",", ":"))
                written += many.write(f'{head}"spans":[{text}]}}]}}]}}\n')
                single.write(comma + text)
                comma = ","
            run += 1
        single.write("]}]}]}\n")
    return lines, one


def _medians(path: Path) -> tuple[list[float], list[float]]:
    """What both ways of reading come to, ours first."""
    rounds = [(_timed(OURS, path), _timed(PLAIN, path)) for _ in range(_ROUNDS)]
    ours, plain = ([median(told) for told in zip(*each, strict=True)] for each in zip(*rounds, strict=True))
    return ours, plain


def _timed(program: str, path: Path) -> list[float]:
    done = subprocess.run([sys.executable, "-c", program, str(path)], capture_output=True, text=True, check=True)
    return [float(number) for number in done.stdout.split()]


def _times(wall: float, worked: float) -> str:
    return f"{wall:7.1f} s ({worked:.1f} s of processors)"


def main(arguments: list[str]) -> None:
    """Write, read, compare."""
    size = int(arguments[0]) if arguments else 1_000
    with tempfile.TemporaryDirectory() as folder:
        for path in write(Path(folder), size * MEGABYTE):
            ours, plain = _medians(path)
            print(f"{path.name} ({path.stat().st_size // MEGABYTE} MB, {ours[0]:,.0f} spans)")
            print(f"  json.loads, a dictionary a span  {_times(plain[1], plain[3])}  {plain[2]:6.0f} MB")
            print(f"  wflint, read                     {_times(ours[1], ours[5])}  {ours[2]:6.0f} MB", end="")
            print(f" + {ours[3]:.0f} MB a helper")
            print(f"  wflint, read and added up        {ours[4]:7.1f} s")
            print(f"  {plain[1] / ours[1]:.1f} times as fast, {plain[1] / ours[4]:.1f} with the audit", end="; ")
            print(f"{plain[3] / ours[5]:.1f} times by processor time")


if __name__ == "__main__":
    main(sys.argv[1:])
