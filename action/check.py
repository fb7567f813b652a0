"""The action's work: check, annotate, summarise, and keep a comment up to date.

Runs with the standard library, beside the wflint of its environment. Everything that it is told comes in variables of
the environment, those of GitHub's runner among them.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import uuid
from pathlib import Path
from typing import Final

sys.path.insert(0, str(Path(__file__).parent))

from comment import keep

LONGEST_SUMMARY: Final = 1_000_000
"""Bytes of a summary that GitHub takes of a step, less some."""
USAGE: Final = 2


def main() -> int:
    """Run everything; the exit code is that of `wflint check`."""
    temporary = Path(os.environ.get("RUNNER_TEMP") or ".")
    report, found = temporary / "wflint-summary.md", temporary / "wflint-findings.json"
    sarif = os.environ.get("WFLINT_SARIF_FILE", "").strip()
    code = run("check", *check_options(report, found, sarif))
    if code >= USAGE:
        return code
    summary = report.read_text(encoding="utf-8") + contracts(temporary)
    append("GITHUB_STEP_SUMMARY", summary.encode()[:LONGEST_SUMMARY].decode(errors="ignore"))
    findings = json.loads(found.read_text(encoding="utf-8"))["findings"]
    told = [each for each in findings if each["coordination"] is None and each["standing"] != "existing"]
    outputs = {"findings": str(len(told)), "exit-code": str(code), "sarif-file": sarif}
    append("GITHUB_OUTPUT", "".join(map(output, outputs.items())))
    if os.environ.get("WFLINT_COMMENT", "").strip().lower() == "true":
        keep(summary)
    return code


def check_options(report: Path, found: Path, sarif: str) -> list[str]:
    """The options of `wflint check`."""
    options = ["--output-format", "github", "--also", f"markdown:{report}", "--also", f"json:{found}"]
    if sarif:
        options += ["--also", f"sarif:{sarif}", "--sarif-edges", os.environ.get("WFLINT_SARIF_EDGES") or "dynamic"]
    for name in ("baseline", "new-since"):
        value = os.environ.get(f"WFLINT_{name.upper().replace('-', '_')}", "").strip()
        options += [f"--{name}={value}"] if value else []
    level = os.environ.get("WFLINT_FAIL_ON", "").strip() or "warning"
    options += ["--exit-zero"] if level == "never" else [f"--fail-on={level}"]
    paths = [line.strip() for line in os.environ.get("WFLINT_PATHS", ".").splitlines() if line.strip()]
    return [*options, "--", *(paths or ["."])]


def contracts(temporary: Path) -> str:
    """What has changed in the contracts, where a base is given and its history is there."""
    base = os.environ.get("WFLINT_DIFF_BASE", "").strip()
    if not base:
        return ""
    report = temporary / "wflint-contracts.md"
    code = run("diff", "--format", "markdown", "--fail-on", "never", "-q", "-o", str(report), "--", base)
    return "" if code else "\n" + report.read_text(encoding="utf-8")


def run(*arguments: str) -> int:
    """Run wflint with the job's own output."""
    sys.stdout.flush()
    program = Path(sys.executable).with_name("wflint")
    return subprocess.run([str(program), *arguments], check=False).returncode


def output(item: tuple[str, str]) -> str:
    """An output of the step, in the form in which its value may hold anything."""
    name, value = item
    end = f"end-{uuid.uuid4()}"
    return f"{name}<<{end}\n{value}\n{end}\n"


def append(variable: str, text: str) -> None:
    """Append to a file that the runner reads after the step; without one, nobody listens."""
    path = os.environ.get(variable)
    if path:
        with Path(path).open("a", encoding="utf-8") as file:
            file.write(text)


if __name__ == "__main__":
    sys.exit(main())
