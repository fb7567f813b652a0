from __future__ import annotations

import json
import re
import subprocess
from importlib import metadata
from pathlib import Path
from typing import cast
from urllib.parse import unquote

import jsonschema
import pytest
from msgspec.structs import replace

from tests import consumers
from tests.samples import (
    BOOK,
    FINDINGS,
    LABEL_DYNAMIC,
    LABEL_STATIC,
    LOOP,
    OVERWRITE,
    PROGRAM,
    SOURCE,
    WORKFLOW,
    labels,
    texts,
)
from tests.waiting import PATIENCE
from tests.writers.hostile import HOSTILE
from wflint.model.finding import Finding, Level
from wflint.model.program import Program
from wflint.model.workflow import Edge, EdgeKind
from wflint.revisions.provenance import Provenance
from wflint.writers import sarif
from wflint.writers.edge_results import EdgeResults
from wflint.writers.line_hash import line_hashes
from wflint.writers.sarif.results import MOST_RESULTS
from wflint.writers.sarif.serialise import Json, plain

SCHEMA_NAMES = ("sarif-schema-2.1.0.json", "sarif-2.1.0.json")
Object = dict[str, Json]


def run_of(*findings: Finding, program: Program = PROGRAM, edges: EdgeResults = EdgeResults.ALL) -> Object:
    log = json.loads(sarif.write(findings, program, BOOK, labels, texts, edges))
    assert log["version"] == "2.1.0"
    (run,) = log["runs"]
    return cast("Object", run)


def results(*findings: Finding, edges: EdgeResults = EdgeResults.ALL) -> list[Object]:
    return cast("list[Object]", run_of(*findings, edges=edges)["results"])


def schema() -> Object:
    """The official schema: from beside the repository, else from an installed package; it is not ours to copy."""
    beside = Path(__file__).parents[3] / "shared/data" / SCHEMA_NAMES[0]
    if beside.is_file():
        return cast("Object", json.loads(beside.read_text(encoding="utf-8")))
    for distribution in metadata.distributions():
        for file in distribution.files or ():
            if file.name in SCHEMA_NAMES:
                return cast("Object", json.loads(Path(str(file.locate())).read_text(encoding="utf-8")))
    pytest.skip(f"no SARIF schema: neither {beside} nor an installed package has it")


def validator() -> jsonschema.protocols.Validator:
    """A validator of the draft that the schema at hand is written in."""
    known = schema()
    return jsonschema.validators.validator_for(known)(known)


def region(line: int, end_column: int) -> Object:
    return {"startLine": line, "startColumn": 1, "endLine": line, "endColumn": end_column}


def physical(uri: str, where: Object) -> Object:
    return {"artifactLocation": {"uri": uri, "uriBaseId": "%SRCROOT%"}, "region": where}


GRAPH = "app/my%20graph.py"
HASHES = line_hashes(SOURCE)


def test_the_log_is_valid() -> None:
    log = json.loads(sarif.write(FINDINGS, PROGRAM, BOOK, labels, texts))
    assert [f"{list(error.absolute_path)}: {error.message}" for error in validator().iter_errors(log)] == []


def test_hostile_words_are_data() -> None:
    log = json.loads(sarif.write((HOSTILE,), PROGRAM, BOOK, labels, texts))
    assert [error.message for error in validator().iter_errors(log)] == []
    (written,) = log["runs"][0]["results"]
    links = re.findall(r"(?<!\\)\]\(([^)]*)\)", written["message"]["text"])
    assert links == ["1"]
    uri = written["locations"][0]["physicalLocation"]["artifactLocation"]["uri"]
    assert uri.isascii()
    assert unquote(uri) == HOSTILE.span.path


@pytest.mark.parametrize(("message", "sentence"), [("gone", "gone."), ("gone!", "gone!"), ("list[str]", "list[str].")])
def test_a_message_is_a_sentence(message: str, sentence: str) -> None:
    (written,) = results(replace(LOOP, observation=replace(LOOP.observation, message=message)))
    assert written["message"] == {"text": sentence}


def test_the_version_that_was_audited() -> None:
    version = Provenance("https://github.com/a/b", "0" * 40, "main")
    log = json.loads(sarif.write(FINDINGS, PROGRAM, BOOK, labels, texts, provenance=version))
    assert [error.message for error in validator().iter_errors(log)] == []
    assert log["runs"][0]["versionControlProvenance"] == [
        {
            "repositoryUri": "https://github.com/a/b",
            "revisionId": "0" * 40,
            "branch": "main",
            "mappedTo": {"uriBaseId": "%SRCROOT%"},
        }
    ]


ADVICE = {
    "SARIF2002",  # messages by id: every message of ours names things
    "SARIF2006",  # addresses are tried over the network
    "SARIF2010",  # copies of the code in the log: GitHub has the code
    "SARIF2011",  # likewise
}
"""What the multitool notes and we do on purpose."""


@pytest.mark.parametrize("findings", [FINDINGS, (HOSTILE,), ()])
def test_the_multitool_has_nothing_to_say_by_the_rules_of_github(tmp_path: Path, findings: tuple[Finding, ...]) -> None:
    multitool = consumers.program("sarif-multitool")
    version = Provenance("https://github.com/a/b", "0" * 40, "main")
    log, said = tmp_path / "log.sarif", tmp_path / "said.sarif"
    log.write_text(sarif.write(findings, PROGRAM, BOOK, labels, texts, provenance=version), "utf-8", "backslashreplace")
    kinds = ("--rule-kind", "'Sarif;Ghas'", "--level", "'Error;Warning;Note'")  # npm's wrapper goes through a shell
    subprocess.run(  # noqa: S603
        [multitool, "validate", str(log), *kinds, "--output", str(said)],
        capture_output=True,
        check=False,
        timeout=PATIENCE,
    )
    (run,) = json.loads(said.read_text(encoding="utf-8-sig"))["runs"]
    spoken = [(each["ruleId"], each["message"]) for each in run.get("results", []) if each["ruleId"] not in ADVICE]
    assert spoken == []


def test_a_log_about_nothing_is_valid() -> None:
    log = json.loads(sarif.write((), Program(()), BOOK, labels, texts))
    assert [f"{list(error.absolute_path)}: {error.message}" for error in validator().iter_errors(log)] == []


def test_a_result_is_whole() -> None:
    assert results(OVERWRITE) == [
        {
            "ruleId": "WF501",
            "ruleIndex": 1,
            "level": "error",
            "message": {
                "text": 'steps "research" and "draft" both write "notes". '
                'See [here is "research" \\[again\\]](1), [gone](2).'
            },
            "locations": [{"physicalLocation": physical(GRAPH, region(7, 38))}],
            "relatedLocations": [
                {
                    "id": 1,
                    "message": {"text": 'here is "research" [again]'},
                    "physicalLocation": physical(GRAPH, region(4, 39)),
                },
                {"id": 2, "message": {"text": "gone"}, "physicalLocation": physical("gone.py", region(9, 2))},
            ],
            "partialFingerprints": {"wflint/v1": "fp-WF501-7", "primaryLocationLineHash": HASHES[6]},
            "properties": {
                "workflow": "app/my graph.py::builder",
                "edge": ["research", "draft"],
                "reasons": [{"feature": "width", "weight": 0.5, "text": "they run side by side"}],
                "confidence": "high",
                "persona": "regular",
            },
        }
    ]


def test_a_warning_says_that_it_is_one() -> None:
    (written,) = results(LOOP)
    assert written["level"] == "warning"


def test_a_path_is_a_code_flow() -> None:
    (written,) = results(LOOP)
    assert written["codeFlows"] == [
        {
            "threadFlows": [
                {
                    "locations": [
                        {
                            "location": {
                                "message": {"text": phrase},
                                "physicalLocation": physical(GRAPH, region(line, 11)),
                            }
                        }
                        for line, phrase in ((6, "start here"), (7, "then here"))
                    ]
                }
            ]
        }
    ]


def test_a_label_carries_its_reasons() -> None:
    (written,) = results(LABEL_DYNAMIC)
    assert cast("Object", written["properties"])["coordination"] == {
        "label": "needs-dynamic",
        "p_mismatch": 0.5123,
        "threshold": 0.31,
        "confidence": 0.81,
        "reasons": [{"feature": "cycle", "weight": 0.9, "text": "the edge closes a loop"}],
        "evidence": {"executions": 0, "mismatches": 0},
    }


@pytest.mark.parametrize(
    ("edges", "codes"),
    [
        (EdgeResults.ALL, ["WF501", "WF301", "WF951", "WF952"]),
        (EdgeResults.DYNAMIC, ["WF501", "WF301", "WF951"]),
        (EdgeResults.NONE, ["WF501", "WF301"]),
    ],
)
def test_results_come_worst_first_and_labels_last(edges: EdgeResults, codes: list[str]) -> None:
    loud_label = replace(LABEL_STATIC, level=Level.WARNING) if edges is EdgeResults.NONE else LABEL_STATIC
    assert [written["ruleId"] for written in results(loud_label, LOOP, OVERWRITE, LABEL_DYNAMIC, edges=edges)] == codes


@pytest.mark.slow
def test_more_than_github_keeps_is_cut_and_said() -> None:
    run = run_of(*[LABEL_STATIC] * MOST_RESULTS, OVERWRITE, program=Program(()))
    written = cast("list[Object]", run["results"])
    assert len(written) == MOST_RESULTS
    assert written[0]["ruleId"] == "WF501"
    assert run["invocations"] == [
        {
            "executionSuccessful": True,
            "toolExecutionNotifications": [
                {
                    "level": "note",
                    "message": {"text": "1 results are left out, the least important of more than 5000."},
                }
            ],
        }
    ]


def test_notices_are_notifications() -> None:
    assert run_of()["invocations"] == [
        {
            "executionSuccessful": True,
            "toolExecutionNotifications": [
                {
                    "level": "warning",
                    "message": {"text": "cannot be parsed: unexpected indent"},
                    "locations": [
                        {
                            "physicalLocation": physical(
                                "app/broken.py", {"startLine": 2, "startColumn": 3, "endLine": 2, "endColumn": 3}
                            )
                        }
                    ],
                }
            ],
        }
    ]


def test_a_rule_carries_its_page() -> None:
    driver = cast("Object", cast("Object", run_of()["tool"])["driver"])
    rules = cast("list[Object]", driver["rules"])
    assert [rule["id"] for rule in rules] == [page.code for page in BOOK.pages]
    assert rules[0] == {
        "id": "WF301",
        "name": "UnreachableStep",
        "shortDescription": {"text": "Summary of unreachable-step."},
        "fullDescription": {"text": "What unreachable-step finds."},
        "help": {
            "text": "## What it finds\n\nWhat unreachable-step\nfinds.\n",
            "markdown": "## What it finds\n\nWhat unreachable-step\nfinds.\n",
        },
        "helpUri": "https://github.com/wflint/wflint/blob/main/rules/unreachable-step.md",
        "defaultConfiguration": {"level": "warning"},
        "properties": {
            "tags": ["agents", "workflow", "structure"],
            "precision": "high",
            "problem.severity": "warning",
        },
    }


def test_workflows_are_graphs_without_edges_into_nowhere() -> None:
    nowhere = Edge("draft", "gone", EdgeKind.DIRECT, WORKFLOW.span)
    workflow = replace(WORKFLOW, edges=(*WORKFLOW.edges, nowhere))
    log = json.loads(sarif.write((), Program((workflow,)), BOOK, lambda _workflow: labels(WORKFLOW), texts))
    (graph,) = log["runs"][0]["graphs"]
    assert graph["description"] == {"text": "app/my graph.py::builder"}
    assert graph["properties"] == {"framework": "langgraph", "name": "builder"}
    assert [(node["id"], node["properties"]["kind"]) for node in graph["nodes"]] == [
        ("__end__", "end"),
        ("__start__", "start"),
        ("draft", "function"),
        ("research", "agent"),
    ]
    assert [
        (edge["id"], edge["sourceNodeId"], edge["targetNodeId"], edge["properties"]["coordination"]["label"])
        for edge in graph["edges"]
    ] == [
        ("0", "__start__", "research", "likely-static"),
        ("1", "draft", "__end__", "likely-static"),
        ("2", "draft", "research", "needs-dynamic"),
        ("3", "research", "draft", "likely-static"),
    ]


def test_the_frame_of_a_run() -> None:
    run = run_of()
    assert run["automationDetails"] == {"id": "wflint/"}
    assert run["columnKind"] == "unicodeCodePoints"
    assert run["originalUriBaseIds"] == {"%SRCROOT%": {"description": {"text": "The repository's root."}}}
    assert set(run) == {
        "automationDetails",
        "columnKind",
        "graphs",
        "invocations",
        "originalUriBaseIds",
        "properties",
        "results",
        "tool",
    }


def test_what_is_no_part_of_sarif_is_refused() -> None:
    with pytest.raises(TypeError, match="has no place in SARIF"):
        plain(Path())
