"""Runs programs with their frameworks."""

from __future__ import annotations

import json
import os
import subprocess
from collections.abc import Iterator, Sequence
from typing import Final

from conformance.checking import FOLDER, Program, Release, compared

SECONDS: Final = 120
"""So long may a program run."""
QUIET: Final = {
    "CREWAI_DISABLE_TELEMETRY": "true",
    "CREWAI_TESTING": "true",
    "CREWAI_TRACING_ENABLED": "false",
    "OPENAI_AGENTS_DISABLE_TRACING": "1",
    "OTEL_SDK_DISABLED": "true",
}
"""What keeps frameworks from calling home, which takes long where there is no network."""


def run(programs: Sequence[Program], python: str, release: Release) -> Iterator[tuple[Program, list[str]]]:
    """Each program with what the framework does otherwise than expected; `python` is the one that has the framework."""
    by_name = {program.path.stem: program for program in programs}
    paths = [str(program.path.resolve()) for program in programs]
    done = subprocess.run(  # noqa: S603 (programs of ours)
        [python, str(FOLDER / "forked.py"), str(SECONDS), *paths],
        capture_output=True,
        text=True,
        check=False,
        env=os.environ | QUIET,
    )
    answers = [json.loads(line) for line in done.stdout.splitlines() if line.startswith("{")]
    for answer in answers:
        program = by_name.pop(answer["name"])
        expected = program.expectation.of(release)
        if answer["code"]:
            yield program, [f"exit {answer['code']}: {answer['problem']}"]
        elif expected is not None:
            yield program, compared(expected, answer["line"], answer["problem"])
    for program in by_name.values():
        yield program, [f"was not run: {done.stderr.strip()[-300:]}"]
