from __future__ import annotations

import json
import os
import re
from pathlib import Path

import jsonschema
import msgspec
import pytest
from msgspec.structs import replace

from tests.link.programs import CONDENSE, REPLY, agents, linked, repository, summary, written
from tests.meta.refresh import ROOT
from wflint.analyses.facts import ProgramFacts
from wflint.link import sketch
from wflint.link.reading import SUFFIX, Unusable, decode, encode, read_bytes, summary_files
from wflint.link.records import Cost, RepositorySummary, StepSummary
from wflint.link.summarizing import SummarySubject, summarize
from wflint.matching.words import split_prose
from wflint.model.recorded import RecordedStep, Recording
from wflint.request import CacheChoice, Request
from wflint.survey import survey

SCHEMA = json.loads((ROOT / "docs/schemas/summary-v1.json").read_text(encoding="utf-8"))
STORED = Path(__file__).parent / "stored-v1.wflint.json"
"""A summary as the first release wrote it, which every later one has to read."""
RUDE = """
from typing import Literal, TypedDict

from langgraph.graph import END, START, StateGraph

KEY = "sk-never-to-be-seen"


class Desk(TypedDict):
    mood: Literal["furious", "content"]
    reply: str


def write(state: Desk):
    # the owner must not hear of this
    return {"reply": "we are sorry " + state["mood"]}


graph = StateGraph(Desk)
graph.add_node("write", write)
graph.add_edge(START, "write")
graph.add_edge("write", END)
desk = graph.compile()
"""


@pytest.fixture(scope="module")
def hotel(tmp_path_factory: pytest.TempPathFactory) -> RepositorySummary:
    files = {"desk.py": agents("complaints", CONDENSE, "apologies", REPLY), "flow.py": RUDE}
    return summary(tmp_path_factory.mktemp("summaries"), "hotel", files)


def step(found: RepositorySummary, name: str) -> StepSummary:
    [one] = [each for flow in found.workflows for each in flow.steps if each.id == name]
    return one


def test_a_summary_has_names_places_contracts_labels_and_costs(hotel: RepositorySummary) -> None:
    write = step(hotel, "write")
    assert (write.kind, write.location.path, write.location.line) == ("function", "flow.py", 20)
    assert [(need.name, need.required) for need in write.needs] == [("mood", True)]
    assert [offer.name for offer in write.offers] == ["reply"]
    complaints = step(hotel, "complaints")
    assert complaints.told is not None
    assert complaints.told.complete
    assert complaints.cost is not None
    assert complaints.cost.low < complaints.cost.typical < complaints.cost.high
    assert not complaints.cost.recorded
    labels = {edge.coordination for flow in hotel.workflows for edge in flow.edges}
    assert labels <= {"likely-static", "needs-dynamic"}
    assert hotel.coverage.sites == hotel.coverage.recovered


def test_no_text_of_the_source_is_in_a_summary(hotel: RepositorySummary) -> None:
    data = encode(hotel).decode()
    shown = set(re.findall(r"[a-z]+", re.sub(r'"(sketch|vector|digest)":"[^"]*"', "", data).casefold()))
    names = {"complaints", "apologies", "desk", "hotel", "guest", "reply", "write", "mood", "offers"}
    words = {word for text in (CONDENSE, REPLY) for word in split_prose(text) if len(word) > 4}
    assert words & shown - names == set()
    for hidden in ("sk-never", "furious", "content", "sorry", "owner"):
        assert hidden not in data


def test_a_sketch_stands_for_more_texts_than_anybody_could_try(hotel: RepositorySummary) -> None:
    told = step(hotel, "complaints").told
    assert told is not None
    assert len(told.sketch) == 256
    assert len(told.vector) == 172


def test_a_sketch_stays_what_it_is_from_release_to_release() -> None:
    found = decode(STORED.read_bytes(), STORED.name)
    assert isinstance(found, RepositorySummary)
    told = step(found, "complaints").told
    assert told is not None
    assert told.sketch == sketch.encoded(sketch.sketch_of(CONDENSE))
    assert told.digest == sketch.digest_of(CONDENSE.casefold())


def test_recorded_costs_go_before_estimates(tmp_path: Path) -> None:
    root = repository(tmp_path, "hotel", {"desk.py": agents("complaints", CONDENSE)})
    program = survey(Request(root, (root,), cache=CacheChoice(is_off=True))).program
    [workflow] = [flow for flow in program.workflows if flow.step("complaints") is not None]
    run = RecordedStep(workflow.id, "complaints", 4, 4, 800, 0, 200, 0, et=1600.0, input_et=800.0)
    recording = Recording(steps=(run,))
    facts = ProgramFacts(program, recording=recording)
    made = summarize(SummarySubject("hotel", program, facts, recording=recording))
    assert step(made, "complaints").cost == Cost(400, 400, 400, recorded=True, executions=4)
    priced = step(made, "pricing").cost
    assert priced is not None
    assert not priced.recorded


def test_the_same_repository_gives_the_same_bytes(hotel: RepositorySummary, tmp_path: Path) -> None:
    files = {"flow.py": RUDE, "desk.py": agents("complaints", CONDENSE, "apologies", REPLY)}
    assert encode(summary(tmp_path, "hotel", files)) == encode(hotel)


def test_a_summary_is_valid_by_the_published_schema(hotel: RepositorySummary) -> None:
    jsonschema.validate(json.loads(encode(hotel)), SCHEMA)


def test_a_summary_that_is_read_is_the_one_that_was_written(hotel: RepositorySummary) -> None:
    assert decode(encode(hotel), "hotel") == hotel


def test_what_an_earlier_release_wrote_is_read() -> None:
    data = read_bytes(STORED)
    assert isinstance(data, bytes)
    found = decode(data, STORED.name)
    assert isinstance(found, RepositorySummary)
    assert [each.id for flow in found.workflows for each in flow.steps] == ["apologies", "complaints", "desk"]


def test_what_a_later_release_wrote_names_that_release(hotel: RepositorySummary) -> None:
    later = json.loads(encode(hotel)) | {"version": 3, "wflint": "2.4.0", "workflows": "in another form"}
    found = decode(json.dumps(later).encode(), "later.wflint.json")
    expected = "version 3, written by wflint 2.4.0; this wflint reads up to version 1: install that one or a newer one"
    assert found == Unusable("later.wflint.json", expected)


def test_fields_that_a_later_release_adds_are_passed_over(hotel: RepositorySummary) -> None:
    assert decode(json.dumps(json.loads(encode(hotel)) | {"mood": "fine"}).encode(), "") == hotel


def hostile(hotel: RepositorySummary) -> dict[str, bytes]:
    """Files that are no summaries, with what is said of each."""
    data, plain = encode(hotel), json.loads(encode(hotel))
    flow = plain["workflows"][0]
    outside = {"path": "../../etc/passwd", "line": 1, "column": 1, "endLine": 1, "endColumn": 2}
    windows = outside | {"path": "C:\\flows\\..\\..\\desk.py"}
    backwards = flow["location"] | {"endLine": 1}
    told = next(each for one in plain["workflows"] for each in one["steps"] if "told" in each)["told"]
    asked = {"channel": "http", "address": "/rooms"}
    [cost] = set(re.findall(rb'"typical":[0-9.]+', data)[:1])
    return {
        "no summary, or one that is cut short": data[: len(data) // 2],
        "no summary, or one that is cut short ": b"",
        "no summary, or one that is cut short  ": b"\xff\xfe\x00",
        "no summary, or one that is cut short   ": b"[" * 200_000,
        "no summary": json.dumps({"format": "else", "version": 1}).encode(),
        "a place outside of the repository": json.dumps(plain | {"workflows": [flow | {"location": outside}]}).encode(),
        "a place outside of the repository: 'C:": json.dumps(
            plain | {"calls": [asked | {"location": windows}]}
        ).encode(),
        "a place that ends before it begins": json.dumps(
            plain | {"workflows": [flow | {"location": backwards}]}
        ).encode(),
        "no summary of version 1: Expected `str` matching regex": json.dumps(
            plain | {"address": "javascript:alert(1)"}
        ).encode(),
        "no summary of version 1: Expected `str` matching": json.dumps(
            plain | {"address": "https://me:secret@example.com/hotel"}
        ).encode(),
        "no summary of version 1: Expected `int` <= 9007199254740991": json.dumps(plain | {"notices": 2**53}).encode(),
        "no summary of version 1: Expected `float` <= 9007199254740991.0": data.replace(cost, b'"typical":1e308'),
        "no summary, or one that is cut short    ": b'{"format":"wflint-summary","version":1' + b"0" * 300 + b"}",
        "no summary, or one that is cut short     ": data + data,
        "no summary, or one that is cut short      ": b"\xef\xbb\xbf" + data,
        "no summary of version 1: Expected `int` >= 1": data.replace(b'"line":20', b'"line":-20'),
        "no summary of version 1: Expected `array`": json.dumps(plain | {"workflows": 7}).encode(),
        "two workflows of one id": json.dumps(plain | {"workflows": [flow, flow]}).encode(),
        "a sketch or vector is of the wrong length": data.replace(told["sketch"].encode(), b"AAAA"),
        "a sketch or vector is no base64": data.replace(told["sketch"].encode(), b"*" * 256),
        "its vectors are of the encoder 'mine'": data.replace(b'"encoder":"static"', b'"encoder":"mine"'),
    }


def test_files_that_are_no_summaries_are_named_and_cost_nothing(hotel: RepositorySummary, tmp_path: Path) -> None:
    others = {"desk.py": agents("complaints", CONDENSE)}
    files = written(tmp_path, hotel, summary(tmp_path / "other", "inn", others))
    alone = linked(files)
    bad = {}
    for number, (reason, data) in enumerate(hostile(hotel).items()):
        bad[str(tmp_path / f"bad-{number:02}.wflint.json")] = reason.strip()
        (tmp_path / f"bad-{number:02}.wflint.json").write_bytes(data)
    found = linked([*files, *map(Path, bad)])
    assert (found.repositories, found.clusters) == (alone.repositories, alone.clusters)
    assert len(found.clusters) == 1
    assert [item.name for item in found.left_out] == sorted(bad)
    assert all(item.reason.startswith(bad[item.name]) for item in found.left_out)


def test_what_is_called_like_a_summary_and_is_no_file_is_named(hotel: RepositorySummary, tmp_path: Path) -> None:
    [good] = written(tmp_path, hotel)
    lost, pipe = tmp_path / f"lost{SUFFIX}", tmp_path / f"pipe{SUFFIX}"
    lost.symlink_to(tmp_path / "gone")
    os.mkfifo(pipe)
    (tmp_path / f"folder{SUFFIX}").mkdir()
    files = summary_files([tmp_path])
    assert files == (good, lost, pipe)
    found = linked(list(files))
    assert [(item.name, item.reason) for item in found.left_out] == [(str(lost), "no file"), (str(pipe), "no file")]
    assert [each.repository for each in found.repositories] == ["hotel"]


def test_a_second_summary_of_one_repository_is_named(hotel: RepositorySummary, tmp_path: Path) -> None:
    [first] = written(tmp_path / "a", hotel)
    [second] = written(tmp_path / "b", replace(hotel, revision="0" * 40))
    found = linked([first, second])
    assert [item.reason for item in found.left_out] == [f"about the same repository as {first}"]
    assert found.clusters == ()


def test_no_value_of_a_summary_is_ever_run(hotel: RepositorySummary) -> None:
    """What is read is of these plain types, all the way down."""
    plain = msgspec.to_builtins(hotel)
    pending, kinds = [plain], set()
    while pending:
        one = pending.pop()
        kinds.add(type(one))
        pending += one.values() if isinstance(one, dict) else one if isinstance(one, list | tuple) else []
    assert kinds <= {dict, list, tuple, str, int, float, bool, type(None)}
