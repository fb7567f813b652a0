"""The GitHub Action, run step by step with the variables, files and API of GitHub's runner."""

from __future__ import annotations

import json
import subprocess
import sys
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

from tests import consumers
from tests.action.runner import Job, Runner
from tests.history.programs import DESK, MENDED, PATH, WORSE
from tests.meta.refresh import ROOT
from tests.revisions.repositories import Repository
from tests.waiting import PATIENCE
from tests.writers.test_formats import run_by_the_runner
from tests.writers.test_sarif import validator

INSTALL = "Install wflint"

pytestmark = pytest.mark.slow


@pytest.fixture
def repository(tmp_path: Path) -> Repository:
    made = Repository.make(tmp_path / "work")
    made.commit({PATH: DESK})
    return made


@pytest.fixture
def temporary(tmp_path: Path) -> Path:
    """The runner's folder, with wflint installed there as the first step would: from here, and not over the network."""
    folder = tmp_path / "runner"
    environment = folder / "wflint-venv"
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", str(environment)], check=True, timeout=PATIENCE)  # noqa: S603
    (packages,) = environment.glob("lib/python*/site-packages")
    here = [path for path in sys.path if path.endswith("site-packages")]
    (packages / "here.pth").write_text("\n".join([str(ROOT / "src"), *here]), encoding="utf-8")
    program = environment / "bin/wflint"
    program.write_text(f"#!{environment}/bin/python\nfrom wflint.cli import main\nmain()\n", encoding="utf-8")
    program.chmod(0o755)
    return folder


@dataclass(slots=True)
class GitHub:
    """GitHub's API, as far as comments go: `comments` by id."""

    comments: dict[int, dict[str, Any]] = field(default_factory=dict)
    calls: list[tuple[str, str, str | None]] = field(default_factory=list)
    refuses: bool = False
    address: str = ""

    def answer(self, method: str, path: str, token: str | None, body: dict[str, Any]) -> tuple[int, object]:
        self.calls.append((method, path, token))
        issue = "/repos/somebody/something/issues"
        if self.refuses:
            return 403, {"message": "Resource not accessible by integration"}
        if method == "GET" and path.startswith(f"{issue}/7/comments?per_page=100&page="):
            first = 100 * (int(path.rpartition("=")[2]) - 1)
            return 200, list(self.comments.values())[first : first + 100]
        if method == "POST" and path == f"{issue}/7/comments":
            return 201, self.add(body["body"], "Bot")
        number = int(path.rpartition("/")[2])
        assert (method, path) == ("PATCH", f"{issue}/comments/{number}")
        self.comments[number]["body"] = body["body"]
        return 200, self.comments[number]

    def add(self, body: str, kind: str) -> dict[str, Any]:
        number = len(self.comments) + 1
        self.comments[number] = {"id": number, "body": body, "user": {"login": "somebody", "type": kind}}
        return self.comments[number]


@pytest.fixture
def github() -> Iterator[GitHub]:
    api = GitHub()

    class Handler(BaseHTTPRequestHandler):
        def _answer(self) -> None:
            data = self.rfile.read(int(self.headers.get("Content-Length") or 0))
            status, answer = api.answer(
                self.command, self.path, self.headers["Authorization"], json.loads(data) if data else {}
            )
            self.send_response(status)
            self.end_headers()
            self.wfile.write(json.dumps(answer).encode())

        do_GET = do_POST = do_PATCH = _answer  # noqa: N815 (the names are the server's)

        def log_message(self, *_arguments: object) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    api.address = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield api
    server.shutdown()
    thread.join(PATIENCE)
    server.server_close()


def run(repository: Repository, temporary: Path, environment: dict[str, str] | None = None, /, **inputs: str) -> Job:
    """The action with these inputs; `_` in their names stands for `-`."""
    named = {name.replace("_", "-"): value for name, value in inputs.items()}
    return Runner(repository.root, temporary, environment or {}).run(named, skip=(INSTALL,))


def pull_request(temporary: Path, github: GitHub) -> dict[str, str]:
    """The environment of a job for pull request 7."""
    event = temporary / "event.json"
    event.write_text(json.dumps({"pull_request": {"number": 7}}), encoding="utf-8")
    return {"GITHUB_EVENT_PATH": str(event), "GITHUB_API_URL": github.address}


def test_everything_by_default(repository: Repository, temporary: Path) -> None:
    job = run(repository, temporary)
    assert job.code == 1
    commands = run_by_the_runner(job.log)
    assert [(each.name, each.properties["title"][:5], each.properties["file"]) for each in commands] == [
        ("error", "WF101", PATH),
        ("warning", "WF102", PATH),
        ("warning", "WF301", PATH),
    ]
    assert dict(job.outputs) == {"sarif-file": "wflint.sarif", "findings": "3", "exit-code": "1"}
    assert job.summary.startswith("## wflint\n")
    assert f"`{PATH}::builder`" in job.summary
    log = json.loads((repository.root / "wflint.sarif").read_text(encoding="utf-8"))
    assert [error.message for error in validator().iter_errors(log)] == []
    labels = [each for each in log["runs"][0]["results"] if each["ruleId"] in {"WF951", "WF952"}]
    assert [each["properties"]["coordination"]["label"] for each in labels if each["ruleId"] == "WF952"] == []


def test_inputs_are_options(repository: Repository, temporary: Path) -> None:
    repository.write({"other/clean.py": "x = 1\n"})
    assert run(repository, temporary, paths="other\n", sarif_file="").outputs["findings"] == "0"
    assert not (repository.root / "wflint.sarif").exists()
    assert run(repository, temporary, fail_on="never").code == 0
    assert run(repository, temporary, fail_on="error").code == 1
    job = run(repository, temporary, sarif_edges="all", sarif_file="out/it.sarif")
    assert job.code != 0
    assert job.log.strip().endswith("out/it.sarif: cannot be written: No such file or directory")


@pytest.mark.parametrize(
    "names", [("paths", "fail_on", "sarif_edges"), ("new_since",), ("baseline",), ("sarif_file", "diff_base")]
)
def test_an_input_is_no_command(repository: Repository, temporary: Path, names: tuple[str, ...]) -> None:
    trap = temporary / "trap"
    evil = f'x"; touch {trap}; $(touch {trap}) `touch {trap}` --output-file={trap}'
    job = run(repository, temporary, None, **dict.fromkeys(names, evil))
    assert not trap.exists()
    assert "Traceback" not in job.log


def test_code_of_the_repository_is_not_run(repository: Repository, temporary: Path) -> None:
    evil = f"open({str(temporary / 'trap')!r}, 'w')\n"
    names = (
        "wflint.py",
        "click.py",
        "json.py",
        "comment.py",
        "subprocess.py",
        "sitecustomize.py",
        "urllib/__init__.py",
    )
    repository.write(dict.fromkeys(names, evil))
    assert run(repository, temporary).outputs["findings"] == "3"
    assert not (temporary / "trap").exists()


def test_only_what_the_branch_introduces(repository: Repository, temporary: Path) -> None:
    repository.git("checkout", "-q", "-b", "side")
    repository.commit({PATH: WORSE})
    job = run(repository, temporary, new_since="main", diff_base="main")
    assert [each.properties["title"] for each in run_by_the_runner(job.log)] == ["WF107 step-returns-non-update"]
    assert job.outputs["findings"] == "1"
    assert "1 introduced, 2 existing, 1 fixed" in job.summary
    assert "| needs-dynamic | new findings |" in job.summary
    assert "## wflint: contracts" in job.summary


def test_a_history_that_is_not_there_is_told(repository: Repository, temporary: Path) -> None:
    repository.commit({PATH: MENDED})
    shallow = Repository(temporary / "shallow")
    repository.git("clone", "-q", "--depth", "1", f"file://{repository.root}", str(shallow.root))
    job = run(shallow, temporary, new_since="HEAD~1")
    assert (job.code, "this clone is shallow: fetch its history first" in job.log) == (2, True)
    assert run(shallow, temporary, diff_base="HEAD~1").outputs["findings"] == "2"


def test_a_comment_is_kept_up_to_date(repository: Repository, temporary: Path, github: GitHub) -> None:
    environment = pull_request(temporary, github)
    for number in range(120):
        github.add(f"comment {number}", "User")
    github.add("<!-- wflint: this comment is kept up to date -->\nnot by us", "User")
    run(repository, temporary, environment, comment="true")
    own = github.comments[122]["body"]
    assert "Found 3 findings" in own
    repository.write({PATH: MENDED})
    run(repository, temporary, environment, comment="true")
    assert len(github.comments) == 122
    assert "Found 2 findings" in github.comments[122]["body"]
    assert github.comments[121]["body"].endswith("not by us")
    assert {token for _, _, token in github.calls} == {"Bearer t0ken"}


def test_a_comment_is_only_written_where_it_is_asked_for(
    repository: Repository, temporary: Path, github: GitHub
) -> None:
    environment = pull_request(temporary, github)
    run(repository, temporary, environment)
    assert github.calls == []
    job = run(repository, temporary, {"GITHUB_API_URL": github.address}, comment="true")
    assert (github.calls, "no pull request, so no comment" in job.log) == ([], True)


def test_a_token_that_may_not_comment_fails_nothing(repository: Repository, temporary: Path, github: GitHub) -> None:
    github.refuses = True
    job = run(repository, temporary, pull_request(temporary, github), comment="true", fail_on="never")
    assert job.code == 0
    assert "::notice title=wflint::the comment was not written: HTTP Error 403" in job.log


def test_an_old_python_is_told(repository: Repository, temporary: Path) -> None:
    old = temporary / "old-python"
    old.write_text("#!/bin/sh\nexit 1\n", encoding="utf-8")
    old.chmod(0o755)
    job = Runner(repository.root, temporary).run({"python": str(old)})
    assert (job.code, "wflint needs Python 3.11 or newer" in job.log) == (2, True)


@pytest.mark.parametrize(
    ("schema", "path"),
    [
        ("github-actions", "action.yml"),
        ("github-workflows", "examples/github/wflint.yml"),
        ("gitlab-ci", "examples/gitlab/.gitlab-ci.yml"),
    ],
)
def test_what_services_read_is_valid(schema: str, path: str) -> None:
    consumers.package("check_jsonschema")
    command = [sys.executable, "-m", "check_jsonschema", "--builtin-schema", f"vendor.{schema}", str(ROOT / path)]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=PATIENCE)  # noqa: S603
    assert (done.returncode, done.stdout) == (0, "ok -- validation done\n"), done.stderr
