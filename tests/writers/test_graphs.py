from __future__ import annotations

import json

import jsonschema
from msgspec.structs import replace

from tests.samples import NOTHING_COVERED, PROGRAM, WORKFLOW, at, labels, plans, texts
from wflint.model.program import Program
from wflint.model.prompt import Prompt, PromptText
from wflint.writers import dot, graph_json, graph_text, mermaid

EVIDENCE = {"executions": 0, "mismatches": 0}
STATIC = {
    "label": "likely-static",
    "p_mismatch": 0.08,
    "threshold": 0.31,
    "confidence": 0.93,
    "reasons": [{"feature": "exact-match", "weight": -1.2, "text": "`notes` is offered and needed"}],
    "evidence": EVIDENCE,
}
DYNAMIC = {
    "label": "needs-dynamic",
    "p_mismatch": 0.5123,
    "threshold": 0.31,
    "confidence": 0.81,
    "reasons": [{"feature": "cycle", "weight": 0.9, "text": "the edge closes a loop"}],
    "evidence": EVIDENCE,
}


def place(line: int, column: int = 1, width: int = 10, path: str = "app/my graph.py") -> dict[str, object]:
    return {"path": path, "line": line, "column": column, "endLine": line, "endColumn": column + width}


def step(name: str, kind: str, line: int, **more: object) -> dict[str, object]:
    base: dict[str, object] = {
        "id": name,
        "kind": kind,
        "location": place(line),
        "definition": None,
        "offers": [],
        "needs": [],
    }
    return {**base, "workflow": None, "tools": [], "model": None, "promises": [], "asks": [], **more}


def edge(source: str, target: str, kind: str, line: int, coordination: object, **more: object) -> dict[str, object]:
    base: dict[str, object] = {"source": source, "target": target, "kind": kind, "certainty": "certain", "label": None}
    return {**base, "location": place(line), "coordination": coordination, **more}


COVERED = {"sites": 0, "recovered": 0, "unresolved": 0, "steps_known": 1.0, "edges_open": 0}

EXPECTED = {
    "version": 1,
    "workflows": [
        {
            "id": "app/my graph.py::builder",
            "name": "builder",
            "framework": "langgraph",
            "parent": None,
            "location": place(3, 11, 17),
            "steps": [
                step("__end__", "end", 3),
                step("__start__", "start", 3),
                step(
                    "draft",
                    "function",
                    5,
                    offers=[
                        {"name": "text", "type": None, "description": "", "certainty": "certain", "location": place(5)}
                    ],
                    needs=[{"name": "notes", "type": None, "required": False, "location": place(5), "description": ""}],
                ),
                step(
                    "research",
                    "agent",
                    4,
                    definition=place(2, 1, 8, "app/steps.py"),
                    offers=[
                        {
                            "name": "notes",
                            "type": "list[str]",
                            "description": "What was found.",
                            "certainty": "certain",
                            "location": place(4),
                        }
                    ],
                    needs=[{"name": "topic", "type": "str", "required": True, "location": place(4), "description": ""}],
                    tools=["search"],
                    model="some-model",
                ),
            ],
            "edges": [
                edge("__start__", "research", "direct", 6, STATIC),
                edge("draft", "__end__", "conditional", 8, STATIC),
                edge("draft", "research", "conditional", 8, DYNAMIC, certainty="possible", label='say "again"'),
                edge("research", "draft", "direct", 7, STATIC, location=place(7, width=37)),
            ],
            "unresolved": [
                {"reason": "the router's return value is not known", "location": place(8), "affects": ["draft"]}
            ],
            "coverage": COVERED,
            "execution": None,
        }
    ],
    "unresolved": [],
    "coverage": COVERED,
}


def test_json_is_version_1() -> None:
    assert json.loads(graph_json.write(PROGRAM, labels, texts)) == EXPECTED


def test_json_fits_its_schema() -> None:
    jsonschema.validate(EXPECTED, json.loads(graph_json.schema()), cls=jsonschema.Draft202012Validator)


def test_json_of_nothing() -> None:
    assert json.loads(graph_json.write(Program(()), labels, texts)) == {
        "version": 1,
        "workflows": [],
        "unresolved": [],
        "coverage": NOTHING_COVERED,
    }


def test_what_texts_promise_and_ask_for_is_written() -> None:
    prompt = Prompt((PromptText('Using the key_notes, return JSON: {"text": ""}', at(5)),))
    draft = replace(WORKFLOW.steps[2], prompt=prompt)
    program = Program((replace(WORKFLOW, steps=(draft,), edges=()),))
    (written,) = json.loads(graph_json.write(program, lambda _workflow: {}, texts))["workflows"][0]["steps"]
    sentence = 'Using the key_notes, return JSON: {"text": ""}'
    assert (written["promises"], written["asks"]) == (
        [{"phrase": "JSON", "sentence": sentence, "names": ["text"], "location": place(5)}],
        [{"phrase": "the key_notes", "sentence": sentence, "names": ["key_notes"], "location": place(5)}],
    )


def test_an_edge_that_nobody_judged_says_so() -> None:
    written = json.loads(graph_json.write(PROGRAM, lambda _workflow: {}, texts))
    assert [edge["coordination"] for edge in written["workflows"][0]["edges"]] == [None] * 4


def test_mermaid() -> None:
    assert (
        mermaid.write(PROGRAM, labels)
        == """\
%% app/my graph.py::builder
flowchart TD
    s0(["__end__"])
    s1(["__start__"])
    s2["draft"]
    s3("research")
    s1 --> s3
    s2 -.-> s0
    s2 -.->|"say #quot;again#quot; ⚠"| s3
    s3 --> s2
"""
    )


def test_dot() -> None:
    watched = r'[label="say \"again\"", style=dashed, color=red]'
    assert (
        dot.write(PROGRAM, labels)
        == f"""\
digraph wflint {{
  rankdir=TB;
  node [shape=box];
  subgraph cluster_0 {{
    label="app/my graph.py::builder";
    "app/my graph.py::builder/__end__" [label="__end__", shape=oval];
    "app/my graph.py::builder/__start__" [label="__start__", shape=oval];
    "app/my graph.py::builder/draft" [label="draft", shape=box];
    "app/my graph.py::builder/research" [label="research", shape=box];
    "app/my graph.py::builder/__start__" -> "app/my graph.py::builder/research";
    "app/my graph.py::builder/draft" -> "app/my graph.py::builder/__end__" [style=dashed];
    "app/my graph.py::builder/draft" -> "app/my graph.py::builder/research" {watched};
    "app/my graph.py::builder/research" -> "app/my graph.py::builder/draft";
  }}
}}
"""
    )


def test_text() -> None:
    assert (
        graph_text.write(PROGRAM, labels, texts)
        == """\
app/my graph.py::builder  (langgraph, app/my graph.py:3:11)
  steps
    __end__ [end]
    __start__ [start]
    draft [function]  needs notes  offers text
    research [agent]  needs topic  offers notes
  edges
    __start__ -> research  likely-static (p = 0.08, threshold 0.31)
    draft -> __end__ [conditional]  likely-static (p = 0.08, threshold 0.31)
    draft -> research [conditional] on 'say "again"' (possible)  needs-dynamic (p = 0.51, threshold 0.31)
    research -> draft  likely-static (p = 0.08, threshold 0.31)
  not known
    app/my graph.py:8:1: the router's return value is not known
"""
    )


EXECUTION = {
    "stages": [{"steps": ["research"], "together": "alone"}, {"steps": ["draft"], "together": "alone"}],
    "critical_path": ["research", "draft"],
    "cost": {"low": 75.0, "typical": 2500.0, "high": 10000.0, "recorded": False},
    "once": {"low": 75.0, "typical": 2500.0, "high": 10000.0, "recorded": False},
    "worst": None,
    "independent": [],
    "waits": [],
    "executions": [
        {"step": "research", "most": None, "bound": "not all edges known"},
        {"step": "draft", "most": None, "bound": "not all edges known"},
    ],
    "unreached": [],
}


def test_when_steps_run_is_written() -> None:
    written = json.loads(graph_json.write(PROGRAM, labels, texts, plans))
    assert written["workflows"][0]["execution"] == EXECUTION
    jsonschema.validate(written, json.loads(graph_json.schema()), cls=jsonschema.Draft202012Validator)
    shown = graph_text.write(PROGRAM, labels, texts, plans)
    assert (
        shown[shown.index("  execution") : shown.index("  not known")]
        == """\
  execution
    stage 1: research
    stage 2: draft
    critical path: research > draft (estimated: 75 to 10,000 effective tokens)
    not all edges known, no bound is known: research, draft
"""
    )


def test_names_move_no_cursor_and_end_no_line() -> None:
    step = replace(WORKFLOW.steps[1], id="x\x1b[2J\nend")
    workflow = replace(WORKFLOW, id="a\n\x1bb.py::x", steps=(step,), edges=())
    program = Program((workflow,))
    drawn = (
        graph_text.write(program, lambda _workflow: {}, texts),
        mermaid.write(program, lambda _workflow: {}),
    )
    for text in drawn:
        assert "\x1b" not in text
        assert [line for line in text.splitlines() if line.startswith(("end", "b.py"))] == []
