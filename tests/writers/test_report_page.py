"""The page of the health report: as markup, and in a browser where there is one."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
from html.parser import HTMLParser
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from msgspec.structs import replace

from tests.analyses.workflows import workflow
from tests.samples import PROGRAM
from tests.writers.hostile import MESSAGE
from tests.writers.reporting import REPORTED, named, report_of, sample_report
from tests.writers.test_report import HARD
from wflint.model.program import Program
from wflint.model.workflow import Edge, EdgeKind, Step, StepKind
from wflint.writers import escape
from wflint.writers.report.html import page
from wflint.writers.report.html.drawing import drawing

AXE = next(
    filter(
        Path.is_file,
        (Path(folder).parent / "axe-core" / "axe.min.js" for folder in os.environ.get("PATH", "").split(os.pathsep)),
    ),
    None,
)
"""What checks a page for people who cannot see it: beside the programs of installed packages of Node."""
BROWSER = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome", "chrome"))), None)
WAY = re.compile(r'<path d="(M[^"]*)" class="hit"')
in_browser = pytest.mark.skipif(BROWSER is None, reason="there is no Chromium here")


class Reader(HTMLParser):
    """The elements of a page with their attributes, and the data for the script."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.elements: list[str] = []
        self.attributes: set[str] = set()
        self.data = ""
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append(tag)
        self.attributes |= {name for name, _ in attrs}

    def handle_data(self, data: str) -> None:
        if data.startswith("[{"):
            self.data = data


PLAIN = Reader(page.write(sample_report(named("a name"))))


@settings(deadline=None)
@given(HARD)
def test_names_are_text_on_the_page(text: str) -> None:
    shown = page.write(sample_report(named(text)))
    found = Reader(shown)
    assert found.elements == PLAIN.elements
    assert found.attributes == PLAIN.attributes
    (flow,) = json.loads(found.data)
    assert flow["graph"]["name"] == escape.printable(text)
    assert re.search("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\u2028\u2029]", shown) is None


def test_the_page_asks_for_nothing() -> None:
    shown = page.write(report_of(REPORTED["tour"]))
    assert re.findall(r"(?:src|href)=\"(?!#|data:,)", shown) == []
    assert "default-src 'none'" in shown.replace("&#x27;", "'")
    assert len(shown.encode()) < 100_000


def test_a_way_back_goes_round_on_its_own_side() -> None:
    flow = workflow("start -> a", "a -> left | right", "left -> a", "right -> a", "a -> end")
    (one,) = sample_report(Program((flow,))).workflows
    ways = dict(
        zip(((edge.source, edge.target) for edge in one.graph.edges), WAY.findall(str(drawing(one, 0))), strict=True)
    )
    middle = float(ways["__start__", "a"].split()[0][1:])
    for name in ("left", "right"):
        places = [float(place) for place in re.findall(r"[\d.]+", ways[name, "a"])][::2]
        assert len({place > middle for place in places}) == 1, name


PROBE = """<script>
addEventListener("load", () => {
  const said = {errors: window.failures, requests: performance.getEntriesByType("resource").length};
  const svg = document.querySelector("details[open] svg"), panel = document.querySelector("details[open] .panel");
  const edge = svg.querySelector('[data-edge="1"]');
  edge.querySelector(".hit").dispatchEvent(new MouseEvent("click", {bubbles: true}));
  said.edge = panel.innerText;
  const first = svg.querySelector('[tabindex="0"]');
  first.focus();
  for (const key of ["ArrowDown", "ArrowDown", "ArrowUp", "Enter"])
    document.activeElement.dispatchEvent(new KeyboardEvent("keydown", {key, bubbles: true}));
  said.step = panel.innerText;
  const light = getComputedStyle(document.body).backgroundColor;
  document.getElementById("theme").click();
  said.themes = [light, getComputedStyle(document.body).backgroundColor];
  said.drawn = [svg.querySelectorAll(".step").length, svg.querySelectorAll(".edge").length];
  said.painted = performance.now();
  const box = edge.getBoundingClientRect();
  said.visible = box.width + box.height > 0;
  const told = document.createElement("pre");
  told.id = "probe";
  told.textContent = JSON.stringify(said);
  document.body.append(told);
});
</script>"""
CATCH = "<script>window.failures=[];addEventListener('error',(e)=>failures.push(e.message))</script>"


LISTEN = """<script>
addEventListener("load", async () => {
  for (const one of document.querySelectorAll("details")) one.open = true;
  const told = document.createElement("pre"), said = {};
  for (const theme of ["light", "dark"]) {
    document.documentElement.dataset.theme = theme;
    const found = await axe.run(document, {resultTypes: ["violations"]});
    said[theme] = found.violations.map((one) => [one.impact, one.id, one.nodes[0].html.slice(0, 200)]);
  }
  told.id = "probe";
  told.textContent = JSON.stringify(said);
  document.body.append(told);
});
</script>"""
FIND = """<script>
addEventListener("load", () => {
  const shown = () => [...document.querySelectorAll("details")].filter((one) => one.getClientRects().length).length;
  const rows = () => [...document.querySelectorAll("tbody tr")].filter((one) => one.getClientRects().length).length;
  const find = document.getElementById("find"), said = {all: [shown(), rows()]};
  find.value = "FLOW 7";
  find.dispatchEvent(new Event("input"));
  said.found = [shown(), rows()];
  const told = document.createElement("pre");
  told.id = "probe";
  told.textContent = JSON.stringify(said);
  document.body.append(told);
});
</script>"""


INNER = """<script>
addEventListener("load", () => {
  for (const one of document.querySelectorAll("details")) one.open = true;
  const svg = document.querySelector('svg[data-flow="1"]'), panel = svg.closest("details").querySelector(".panel");
  const step = [...svg.querySelectorAll(".step")].find((one) => one.textContent.includes("clear"));
  step.dispatchEvent(new MouseEvent("click", {bubbles: true}));
  const inner = panel.querySelector("svg.inner"), link = panel.querySelector("a");
  const told = document.createElement("pre");
  told.id = "probe";
  told.textContent = JSON.stringify({
    errors: window.failures, link: [link.textContent, link.hash], width: inner.getBoundingClientRect().width > 50,
    steps: [...inner.querySelectorAll("text")].map((one) => one.textContent),
    reached: inner.querySelectorAll("[tabindex]").length,
  });
  document.body.append(told);
});
</script>"""


def probed(text: str, folder: Path, probe: str = PROBE, before: str = CATCH) -> dict[str, object]:
    """What a browser makes of a page."""
    assert BROWSER is not None
    file = folder / "page.html"
    file.write_text(text.replace("</head>", f"{before}</head>").replace("</body>", f"{probe}</body>"), encoding="utf-8")
    command = [BROWSER, "--headless", "--no-sandbox", "--disable-gpu", f"--user-data-dir={folder}/profile"]
    command += ["--enable-logging=stderr", "--virtual-time-budget=5000", "--dump-dom", file.as_uri()]
    done = subprocess.run(command, capture_output=True, text=True, check=True, timeout=120)  # noqa: S603
    assert "CONSOLE" not in done.stderr, done.stderr
    found = re.search(r'<pre id="probe">(.*?)</pre>', done.stdout, re.DOTALL)
    assert found is not None
    said = json.loads(found.group(1).replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&"))
    assert isinstance(said, dict)
    return said


@in_browser
@pytest.mark.slow
def test_it_works_in_a_browser(tmp_path: Path) -> None:
    said = probed(page.write(report_of(REPORTED["tour"])), tmp_path)
    assert (said["errors"], said["requests"], said["drawn"], said["visible"]) == ([], 0, [7, 7], True)
    told = str(said["edge"])
    assert told.startswith("draft → review")
    for part in ("likely-static", "what to do", "reasons", "evidence", "declared at", "graph.py:", "add_edge("):
        assert part in told
    assert "kind" in str(said["step"])
    themes = said["themes"]
    assert isinstance(themes, list)
    assert themes[0] != themes[1]


@in_browser
@pytest.mark.slow
def test_hostile_names_do_nothing_in_a_browser(tmp_path: Path) -> None:
    said = probed(page.write(sample_report(named(MESSAGE))), tmp_path)
    assert (said["errors"], said["requests"]) == ([], 0)
    assert "<script>alert(1)</script>" in str(said["edge"])


@in_browser
@pytest.mark.slow
@pytest.mark.skipif(AXE is None, reason="no consumer: the package axe-core")
@pytest.mark.parametrize("name", REPORTED)
def test_it_can_be_used_without_seeing_it(name: str, tmp_path: Path) -> None:
    assert AXE is not None
    script = AXE.read_text(encoding="utf-8").replace("</script", "<\\/script")
    said = probed(page.write(report_of(REPORTED[name])), tmp_path, LISTEN, f"<script>{script}</script>")
    assert said == {"light": [], "dark": []}


@in_browser
@pytest.mark.slow
def test_a_workflow_inside_a_step_is_drawn_beside_it(tmp_path: Path) -> None:
    said = probed(page.write(report_of(REPORTED["harbour_mixed"])), tmp_path, INNER)
    steps = said.pop("steps")
    assert said == {"errors": [], "link": ["Customs", "#w3"], "width": True, "reached": 0}
    assert isinstance(steps, list)
    assert steps == ["Customs", "Clerk"]


@in_browser
@pytest.mark.slow
def test_one_of_many_workflows_is_found_by_its_name(tmp_path: Path) -> None:
    flows = tuple(replace(PROGRAM.workflows[0], id=f"flow {number}", unresolved=()) for number in range(300))
    said = probed(page.write(sample_report(Program(flows))), tmp_path, FIND)
    assert said == {"all": [300, 300], "found": [11, 11]}


@in_browser
@pytest.mark.slow
def test_two_thousand_steps_are_drawn(tmp_path: Path) -> None:
    place = PROGRAM.workflows[0].span
    steps = tuple(Step(f"s{number}", StepKind.AGENT, place) for number in range(2000))
    edges = tuple(Edge(one.id, other.id, EdgeKind.DIRECT, place) for one, other in pairwise(steps))
    flow = replace(PROGRAM.workflows[0], steps=steps, edges=edges, unresolved=())
    said = probed(page.write(sample_report(Program((flow,)))), tmp_path)
    assert (said["errors"], said["drawn"]) == ([], [2000, 1999])
