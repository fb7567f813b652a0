"""How the cost of `wflint check` grows with the size of what it reads.

    python benchmarks/growth.py [--against PYTHON] [--only FAMILY,...] [--sizes N,...] [--files N,...] [--limit SECONDS]

Writes workflows of growing size into temporary folders: chains, fan-outs, braids (every step leads to the next ten)
and complete graphs (every step leads to all later ones) of several frameworks, and repositories of many small files.
Each is checked in a process of its own, without a cache. Printed are the seconds of processor, the peak memory of the
largest process, and the exponent: the slope of log(seconds above those of the smallest size) over log(steps plus
edges), fitted over all sizes that take clearly longer than that. `--against` names a second interpreter whose build is
measured beside this one; larger sizes are left out once a run takes longer than `--limit`.
"""

from __future__ import annotations

import argparse
import math
import os
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

SIZES = (10, 100, 1000, 5000)
FILES = (1000, 5000, 20000)
NEAR = 10
LEAST = 0.3
TARGET = 1.2
"""The exponent in steps plus edges that is to be reached."""


@dataclass(frozen=True, slots=True)
class Graph:
    """A shape of so many steps, without a framework; an edge is a pair of indices."""

    steps: int
    edges: tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class Cost:
    """What a check took: seconds of processor, megabytes at the peak."""

    seconds: float
    megabytes: float


@dataclass(frozen=True, slots=True)
class Sample:
    """A source tree of known size: steps plus edges."""

    label: str
    size: int
    write: Callable[[Path], None]


def chain(count: int) -> Graph:
    """Each step leads to the next."""
    return Graph(count, tuple((index, index + 1) for index in range(count - 1)))


def fan_out(count: int) -> Graph:
    """The first step leads to all others."""
    return Graph(count, tuple((0, index) for index in range(1, count)))


def braid(count: int) -> Graph:
    """Each step leads to the next few."""
    return Graph(count, tuple((a, b) for a in range(count) for b in range(a + 1, min(a + 1 + NEAR, count))))


def complete(count: int) -> Graph:
    """Each step leads to all later ones; so many steps that there are about ten edges for each counted."""
    steps = max(4, round(math.sqrt(20 * count)))
    return Graph(steps, tuple((a, b) for a in range(steps) for b in range(a + 1, steps)))


SHAPES = (chain, fan_out, braid, complete)


def langgraph(graph: Graph) -> Iterator[str]:
    """Functions over a shared state."""
    yield "from typing import Annotated, TypedDict\n\nfrom langgraph.graph import END, START, StateGraph\n\n"
    yield "class State(TypedDict):"
    yield from (f"    field_{index}: str" for index in range(graph.steps))
    for index in range(graph.steps):
        yield f"\n\ndef step_{index}(state: State):"
        yield f'    return {{"field_{index}": state["field_{max(index - 1, 0)}"] + "!"}}'
    yield "\n\nbuilder = StateGraph(State)"
    yield from (f'builder.add_node("step_{index}", step_{index})' for index in range(graph.steps))
    yield 'builder.add_edge(START, "step_0")'
    yield from (f'builder.add_edge("step_{a}", "step_{b}")' for a, b in graph.edges)
    yield f'builder.add_edge("step_{graph.steps - 1}", END)\ngraph = builder.compile()'


def pydantic_graph(graph: Graph) -> Iterator[str]:
    """Node classes whose `run` says in its annotation who may follow."""
    following: dict[int, list[int]] = {}
    for source, target in graph.edges:
        following.setdefault(source, []).append(target)
    yield "from __future__ import annotations\n\nfrom dataclasses import dataclass\n"
    yield "from pydantic_graph import BaseNode, End, Graph, GraphRunContext\n\n"
    yield "@dataclass\nclass State:\n    count: int = 0\n\n"
    for index in range(graph.steps):
        targets = following.get(index, [])
        names = " | ".join([f"Node{target}" for target in targets] or ["End[int]"])
        yield f"@dataclass\nclass Node{index}(BaseNode[State, None, int]):"
        yield f"    async def run(self, ctx: GraphRunContext[State]) -> {names}:"
        for target in targets[1:]:
            yield f"        if ctx.state.count == {target}:\n            return Node{target}()"
        yield f"        return Node{targets[0]}()\n" if targets else "        return End(ctx.state.count)\n"
    yield f"graph = Graph(nodes=({', '.join(f'Node{index}' for index in range(graph.steps))},))"


def haystack(graph: Graph) -> Iterator[str]:
    """Components whose outputs are connected to a joining input."""
    yield "from haystack import Pipeline, component\nfrom haystack.core.component.types import Variadic\n\n"
    yield "@component\nclass Part:"
    yield "    @component.output_types(text=str)\n    def run(self, texts: Variadic[str]):"
    yield '        return {"text": "".join(texts)}\n\n'
    yield "pipeline = Pipeline()"
    yield from (f'pipeline.add_component("part_{index}", Part())' for index in range(graph.steps))
    yield from (f'pipeline.connect("part_{a}.text", "part_{b}.texts")' for a, b in graph.edges)


def agent_framework(graph: Graph) -> Iterator[str]:
    """Executors that send a text on."""
    yield "from agent_framework import Executor, WorkflowBuilder, WorkflowContext, handler\n\n"
    yield "class Part(Executor):"
    yield "    @handler\n    async def work(self, text: str, ctx: WorkflowContext[str]) -> None:"
    yield "        await ctx.send_message(text)\n\n"
    yield from (f'part_{index} = Part(id="part_{index}")' for index in range(graph.steps))
    yield "builder = WorkflowBuilder(start_executor=part_0)"
    yield from (f"builder.add_edge(part_{a}, part_{b})" for a, b in graph.edges)
    yield "workflow = builder.build()"


FRAMEWORKS = (langgraph, pydantic_graph, haystack, agent_framework)

SMALL = """from typing import TypedDict

from langgraph.graph import END, START, StateGraph


class State(TypedDict):
    topic: str
    text: str


def find(state: State):
    return {"topic": state["topic"].strip()}


def write(state: State):
    return {"text": state["topic"] + "!"}


builder = StateGraph(State)
builder.add_node("find", find)
builder.add_node("write", write)
builder.add_edge(START, "find")
builder.add_edge("find", "write")
builder.add_edge("write", END)
graph = builder.compile()
"""


def one_file(lines: Iterator[str]) -> Callable[[Path], None]:
    """Writes one program."""
    text = "\n".join(lines) + "\n"
    return lambda folder: (folder / "program.py").write_text(text) and None


def many_files(count: int) -> Callable[[Path], None]:
    """Writes so many small workflows, a hundred in a folder."""

    def write(folder: Path) -> None:
        for index in range(count):
            inside = folder / f"team_{index // 100}"
            inside.mkdir(exist_ok=True)
            (inside / f"flow_{index}.py").write_text(SMALL)

    return write


def families(sizes: list[int], files: list[int]) -> Iterator[tuple[str, list[Sample]]]:
    """Every family of samples, smallest first."""
    for framework in FRAMEWORKS:
        for shape in SHAPES:
            graphs = [shape(size) for size in sizes]
            yield (
                f"{framework.__name__}-{shape.__name__}",
                [
                    Sample(f"{g.steps} steps, {len(g.edges)} edges", g.steps + len(g.edges), one_file(framework(g)))
                    for g in graphs
                ],
            )
    yield "files", [Sample(f"{count} files", count, many_files(count)) for count in files]


def check(python: str, folder: Path) -> Cost:
    """Check a folder in a process of its own."""
    command = [python, "-m", "wflint", "check", ".", "--no-cache", "--quiet", "--exit-zero"]
    process = subprocess.Popen(command, cwd=folder, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env=_users())
    _, status, used = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        sys.exit(f"{' '.join(command)} in {folder} ended with {process.returncode}")
    return Cost(used.ru_utime + used.ru_stime, used.ru_maxrss / 1024)


def _users() -> dict[str, str]:
    return {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}


def measured(python: str, sample: Sample) -> Cost:
    """The cost of one sample."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "wflint.toml").write_text("")
        sample.write(folder)
        return check(python, folder)


def exponent(points: list[tuple[int, float]]) -> float | None:
    """The slope of log(seconds) over log(size), by least squares; None where too little is there to see."""
    logs = [(math.log(size), math.log(seconds)) for size, seconds in points if seconds >= LEAST]
    if len(logs) < 2:
        return None
    middle_x, middle_y = (sum(pair[axis] for pair in logs) / len(logs) for axis in (0, 1))
    spread = sum((x - middle_x) ** 2 for x, _ in logs)
    return sum((x - middle_x) * (y - middle_y) for x, y in logs) / spread


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--against")
    parser.add_argument("--only", type=lambda text: text.split(","), default=[])
    parser.add_argument("--sizes", type=_numbers, default=list(SIZES))
    parser.add_argument("--files", type=_numbers, default=list(FILES))
    parser.add_argument("--limit", type=float, default=60.0)
    asked = parser.parse_args()
    builds = [sys.executable, *([asked.against] if asked.against else [])]
    for name, samples in families(asked.sizes, asked.files):
        if asked.only and not any(wanted in name for wanted in asked.only):
            continue
        for python in builds:
            print(f"{name} ({python})")
            points: list[tuple[int, float]] = []
            for sample in samples:
                cost = measured(python, sample)
                points.append((sample.size, cost.seconds))
                print(f"  {sample.label:32} {cost.seconds:9.2f} s {cost.megabytes:8.0f} MB", flush=True)
                if cost.seconds > asked.limit:
                    break
            found = exponent([(size, seconds - points[0][1]) for size, seconds in points])
            print("  exponent                        ", _judged(found))


def _judged(found: float | None) -> str:
    if found is None:
        return "too short to tell"
    return f"{found:.2f}, {'reached' if found <= TARGET else 'not reached'} (target {TARGET})"


def _numbers(text: str) -> list[int]:
    return [int(part) for part in text.split(",")]


if __name__ == "__main__":
    main()
