"""Runs the composite action as GitHub's runner does: its steps, its expressions, its files.

`python -m tests.action.runner FOLDER` does it for real, installation included, and prints what a job would see.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from ruamel.yaml import YAML

from tests.meta.refresh import ROOT
from tests.waiting import PATIENCE

EXPRESSION = re.compile(r"\$\{\{\s*([\w.-]+)\s*\}\}")
OUTPUT = re.compile(r"^(?P<name>[\w-]+)<<(?P<end>.+)\n(?P<value>(?:.*\n)*?)(?P=end)\n", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Job:
    """What a job would see of the action."""

    code: int
    log: str
    summary: str
    outputs: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Runner:
    """A runner with a checked out repository at `workspace`."""

    workspace: Path
    temporary: Path
    environment: Mapping[str, str] = field(default_factory=dict)

    def run(self, inputs: Mapping[str, str], skip: tuple[str, ...] = ()) -> Job:
        """All steps of the action but those to `skip`, until one fails."""
        action = YAML(typ="safe").load((ROOT / "action.yml").read_text(encoding="utf-8"))
        assert set(inputs) <= set(action["inputs"]), "an input that there is not"
        values = {"github.token": "t0ken"}
        defaults = {name: _resolved(str(each["default"]), values) for name, each in action["inputs"].items()}
        values |= {f"inputs.{name}": value for name, value in (defaults | dict(inputs)).items()}
        log, code = "", 0
        summary = self.temporary / "summary"
        summary.touch()
        for number, step in enumerate(action["runs"]["steps"]):
            if step["name"] in skip:
                continue
            assert step["shell"] == "bash"
            code, said, outputs = self._step(number, step, values, summary)
            log += said
            values |= {f"steps.{step.get('id', number)}.outputs.{name}": value for name, value in outputs.items()}
            if code:
                break
        outputs = {name: _resolved(each["value"], values) for name, each in action["outputs"].items()}
        return Job(code, log, summary.read_text(encoding="utf-8"), outputs)

    def _step(
        self, number: int, step: Mapping[str, object], values: Mapping[str, str], summary: Path
    ) -> tuple[int, str, dict[str, str]]:
        script, written = self.temporary / f"step-{number}.sh", self.temporary / f"output-{number}"
        script.write_text(_resolved(str(step["run"]), values), encoding="utf-8")
        written.touch()
        given = step.get("env", {})
        assert isinstance(given, dict)
        environment = {
            **{name: value for name, value in os.environ.items() if not name.startswith(("GITHUB_", "PYTHON"))},
            "CI": "true",
            "GITHUB_ACTIONS": "true",
            "GITHUB_ACTION_PATH": str(ROOT),
            "GITHUB_OUTPUT": str(written),
            "GITHUB_REPOSITORY": "somebody/something",
            "GITHUB_STEP_SUMMARY": str(summary),
            "GITHUB_WORKSPACE": str(self.workspace),
            "RUNNER_TEMP": str(self.temporary),
            **self.environment,
            **{name: _resolved(str(value), values) for name, value in given.items()},
        }
        done = subprocess.run(  # noqa: S603 (as the runner does)
            ["bash", "--noprofile", "--norc", "-eo", "pipefail", str(script)],  # noqa: S607 (likewise)
            cwd=self.workspace,
            env=environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            check=False,
            timeout=PATIENCE,
        )
        found = OUTPUT.finditer(written.read_text(encoding="utf-8"))
        return done.returncode, done.stdout.decode(), {each["name"]: each["value"][:-1] for each in found}


def _resolved(text: str, values: Mapping[str, str]) -> str:
    return EXPRESSION.sub(lambda found: values.get(found[1], ""), text)


def main(folder: str) -> int:
    """The action for a folder, installed for real."""
    with tempfile.TemporaryDirectory() as temporary:
        job = Runner(Path(folder).resolve(), Path(temporary)).run({})
    print(job.log, job.summary, dict(job.outputs), sep="\n")  # noqa: T201 (what it is for)
    return job.code


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
