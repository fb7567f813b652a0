"""Front ends and rows from other packages: off unless the configuration names them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

import wflint
from tests.installing import install, run
from tests.meta.refresh import ROOT
from wflint.assembly.frontend import pure
from wflint.evaluate.library import LibraryModel
from wflint.recovery.front_ends import FrontEnds

pytestmark = pytest.mark.slow

RELAYED = """\
from relay import Relay


def find(state):
    return {"notes": [state["topic"]]}


def draft(state):
    return {"text": " ".join(state["nots"])}


desk = Relay("desk")
desk.step("find", find)
desk.step("draft", draft, after="find")
"""
GRAPH = """\
from typing import TypedDict

from house import graph


class State(TypedDict):
    order: str
    price: float


def price(state: State) -> dict:
    return {"price": float(len(state["order"]))}


shop = graph(State)
shop.add_node("price", price)
shop.set_entry_point("prise")
shop.compile().invoke({"order": "tea"})
"""


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return install(ROOT / "examples/house-frameworks", tmp_path_factory.mktemp("installed"))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "repo").mkdir()
    (tmp_path / "repo/desk.py").write_text(RELAYED, encoding="utf-8")
    (tmp_path / "repo/shop.py").write_text(GRAPH, encoding="utf-8")
    return tmp_path / "repo"


def configure(folder: Path, *names: str) -> None:
    (folder / "wflint.toml").write_text(f"plugins = {json.dumps(names)}\n", encoding="utf-8")


def codes(folder: Path, site: Path, *options: str) -> list[str]:
    done = run(folder, "-m", "wflint", "check", "-q", "--output-format", "concise", *options, site=site)
    assert "internal error" not in done.stderr
    return [" ".join(line.split()[:2]) for line in done.stdout.splitlines()]


def graphs(folder: Path, site: Path, *options: str) -> dict[str, list[tuple[str, str]]]:
    done = run(folder, "-m", "wflint", "graph", "--format", "json", *options, site=site)
    assert done.returncode == 0, done.stderr
    flows = json.loads(done.stdout)["workflows"]
    return {
        f"{flow['framework']} {flow['id']}": [(edge["source"], edge["target"]) for edge in flow["edges"]]
        for flow in flows
    }


def test_a_front_end_is_off_unless_it_is_named(folder: Path, installed: Path) -> None:
    assert codes(folder, installed, "--no-cache") == []
    assert graphs(folder, installed, "--no-cache") == {}


def test_a_named_front_end_shows_its_workflows(folder: Path, installed: Path) -> None:
    configure(folder, "relay")
    assert graphs(folder, installed, "--no-cache") == {
        "relay desk.py::desk": [("__start__", "find"), ("find", "draft")]
    }
    assert codes(folder, installed, "--no-cache") == ["desk.py:9:30: WF111"]


def test_rows_say_what_a_name_of_another_library_is(folder: Path, installed: Path) -> None:
    configure(folder, "house-graphs")
    assert list(graphs(folder, installed, "--no-cache")) == ["langgraph shop.py::shop"]
    assert codes(folder, installed, "--no-cache") == ["shop.py:17:1: WF303"]


def test_what_is_stored_is_told_apart(folder: Path, installed: Path, tmp_path: Path) -> None:
    cache = ("--cache-dir", str(tmp_path / "cache"))
    assert codes(folder, installed, *cache) == []
    configure(folder, "relay", "house-graphs")
    for _ in range(2):
        assert codes(folder, installed, *cache) == ["desk.py:9:30: WF111", "shop.py:17:1: WF303"]
    configure(folder)
    assert codes(folder, installed, *cache) == []


def test_changed_code_of_a_front_end_is_noticed(folder: Path, tmp_path: Path) -> None:
    site = install(ROOT / "examples/house-frameworks", tmp_path)
    cache = ("--cache-dir", str(tmp_path / "cache"))
    configure(folder, "relay")
    assert graphs(folder, site, *cache)["relay desk.py::desk"][0] == ("__start__", "find")
    module = site / "house_frameworks/relay.py"
    text = module.read_text(encoding="utf-8").replace("START if after is None", '"find" if after is None')
    module.write_text(text, encoding="utf-8")
    assert graphs(folder, site, *cache)["relay desk.py::desk"] == [("find", "draft"), ("find", "find")]


def test_a_front_end_that_fails_is_contained(folder: Path, tmp_path: Path) -> None:
    site = install(ROOT / "examples/house-frameworks", tmp_path)
    module = site / "house_frameworks/relay.py"
    text = module.read_text(encoding="utf-8").replace(
        "    sites = made_as", "    raise ValueError(3)\n    sites = made_as"
    )
    module.write_text(text, encoding="utf-8")
    configure(folder, "relay", "house-graphs")
    done = run(folder, "-m", "wflint", "check", "--no-cache", "--output-format", "concise", site=site)
    assert "internal error in the front end relay" in done.stderr
    assert "shop.py:17:1: WF303" in done.stdout


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("END = 3", "plugin 'broken' is a int, not a FrontEnd"),
        ("raise OSError('x')", "plugin 'broken' cannot be loaded: OSError: x"),
        ("from wflint import FrontEnd\nEND = FrontEnd('broken', lambda: 1 / 0)", "has no table: ZeroDivisionError"),
        ("from wflint.frontends.haystack import HAYSTACK as END", "front end 'haystack' is there twice"),
    ],
)
def test_a_front_end_that_is_none(folder: Path, tmp_path: Path, text: str, said: str) -> None:
    site = tmp_path / "site"
    (site / "broken-1.dist-info").mkdir(parents=True)
    (site / "broken-1.dist-info/METADATA").write_text("Metadata-Version: 2.1\nName: broken\nVersion: 1\n", "utf-8")
    (site / "broken-1.dist-info/entry_points.txt").write_text("[wflint.frontends]\nbroken = broken:END\n", "utf-8")
    (site / "broken.py").write_text(text, encoding="utf-8")
    configure(folder, "broken")
    done = run(folder, "-m", "wflint", "graph", "--no-cache", site=site)
    assert (done.returncode, said in done.stderr, "wflint.toml" in done.stderr) == (2, True, True), done.stderr


def test_an_unknown_name_is_told_by_every_command(folder: Path, installed: Path) -> None:
    configure(folder, "realy")
    for command in ("check", "graph", "plan"):
        done = run(folder, "-m", "wflint", command, site=installed)
        assert (done.returncode, "no package brings 'realy'; did you mean 'relay'?" in done.stderr) == (2, True)


def test_a_later_row_goes_before_an_earlier_one() -> None:
    end = wflint.FrontEnd("rows", lambda: LibraryModel(calls={"langgraph.StateGraph": pure}))
    assert FrontEnds().table.calls["langgraph.StateGraph"] is not pure
    assert FrontEnds((end,)).table.calls["langgraph.StateGraph"] is pure
