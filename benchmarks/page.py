"""How fast the page of the health report is in a browser: its size, its first paint, and how smoothly it is dragged.

    python benchmarks/page.py [--steps 2000] [--workflows 1] [--browser chromium]

The page is made of workflows that are chains with a loop, a branch and a fan-in for every ten steps. A headless browser
loads it in real time; printed are kilobytes, milliseconds to the first paint (of the browser's own clock), and the
median and the slowest twentieth of the frames while the graph is dragged for 120 frames.
"""

from __future__ import annotations

import argparse
import json
import queue
import re
import shutil
import statistics
import subprocess
import tempfile
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from wflint.analyses.facts import ProgramFacts
from wflint.model.program import Program
from wflint.model.span import Span
from wflint.model.text import PlainText
from wflint.model.workflow import END, START, Edge, EdgeKind, Step, StepKind, Workflow
from wflint.writers.report.assembling import assemble
from wflint.writers.report.html import page
from wflint.writers.report.sheet import ReportSheet

FRAMES = 120
PROBE = """<script>
addEventListener("load", async () => {
  const frame = () => new Promise((done) => requestAnimationFrame(done)), said = {frames: []};
  await frame(); await frame();
  const painted = performance.getEntriesByType("paint").find((one) => one.name === "first-contentful-paint");
  said.painted = painted ? painted.startTime : performance.now();
  const svg = document.querySelector("details[open] svg"), box = svg.getBoundingClientRect();
  const drag = (name, x, y) => svg.dispatchEvent(
    new PointerEvent(name, {clientX: x, clientY: y, buttons: 1, bubbles: true}));
  drag("pointerdown", box.x + 50, box.y + 50);
  let last = await frame();
  for (let step = 1; step <= FRAMES; step++) {
    drag("pointermove", box.x + 50, box.y + 50 - 5 * step);
    const now = await frame();
    said.frames.push(now - last);
    last = now;
  }
  await fetch("/", {method: "POST", body: JSON.stringify(said)});
});
</script>"""


def main() -> None:
    """Make the page, open it, print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--steps", type=int, default=2000)
    parser.add_argument("--workflows", type=int, default=1)
    parser.add_argument("--browser", default="chromium")
    given = parser.parse_args()
    browser = shutil.which(given.browser)
    if browser is None:
        parser.error(f"no browser {given.browser!r} here")
    program = Program(tuple(_workflow(f"flow {number}", given.steps) for number in range(given.workflows)))
    text = page.write(assemble(ReportSheet((), program, ProgramFacts(program), _text)))
    said = _opened(browser, text.replace("</body>", PROBE.replace("FRAMES", str(FRAMES)) + "</body>"))
    slowest = statistics.quantiles(said["frames"], n=20)[-1]
    print(f"{given.workflows} workflows of {given.steps} steps: {len(text.encode()) / 1e3:,.0f} kB")
    print(f"first paint after {said['painted']:,.0f} ms")
    print(f"frames while dragging: {statistics.median(said['frames']):.1f} ms, slowest twentieth {slowest:.1f} ms")


def _text(_: str) -> PlainText:
    return PlainText(lambda: "")


def _workflow(name: str, size: int) -> Workflow:
    span = Span("graph.py", 1, 1, 1, 10)
    middle = [Step(f"step {number}", StepKind.FUNCTION, span) for number in range(size)]
    steps = (Step(START, StepKind.START, span), *middle, Step(END, StepKind.END, span))
    edges = tuple(Edge(source, target, EdgeKind.DIRECT, span) for source, target in _pairs(size))
    return Workflow(name, name, "langgraph", span, steps, edges)


def _pairs(size: int) -> Iterator[tuple[str, str]]:
    yield START, "step 0"
    for number in range(size - 1):
        yield f"step {number}", f"step {number + 1}"
        if number % 10 == 3:
            yield f"step {number}", f"step {min(number + 4, size - 1)}"
        if number % 10 == 9:
            yield f"step {number}", f"step {number - 5}"
    yield f"step {size - 1}", END


def _opened(browser: str, text: str) -> dict:
    """What the page says of itself: it is served from here, and posts its figures back."""
    said: queue.Queue[dict] = queue.Queue()
    served = re.sub(r'<meta http-equiv="Content-Security-Policy"[^>]*>', "", text).encode()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            self.end_headers()
            self.wfile.write(served)

        def do_POST(self) -> None:
            said.put(json.loads(self.rfile.read(int(self.headers["Content-Length"]))))
            self.send_response(204)
            self.end_headers()

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        command = [browser, "--headless", "--no-sandbox", "--disable-gpu", f"--user-data-dir={folder}/profile"]
        command += ["--window-size=1280,900", "--remote-debugging-port=0", f"http://127.0.0.1:{server.server_port}/"]
        process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        try:
            return said.get(timeout=120)
        finally:
            process.kill()
            process.wait()
            server.shutdown()


if __name__ == "__main__":
    main()
