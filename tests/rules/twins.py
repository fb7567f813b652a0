"""Pairs of programs: one with a defect, and the same without it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from textwrap import dedent

from msgspec.structs import replace

from wflint.audit import audit
from wflint.model.finding import Finding, Level
from wflint.request import CacheChoice, Request


@dataclass(frozen=True, slots=True)
class Twin:
    """A program with the places that differ, as (wrong, right) pairs; `line` is text of the line of the finding."""

    name: str
    program: str
    places: tuple[tuple[str, str], ...]
    line: str

    @property
    def bad(self) -> str:
        """The program with the defect."""
        return self._filled(0)

    @property
    def good(self) -> str:
        """The program without it."""
        return self._filled(1)

    def _filled(self, which: int) -> str:
        program = dedent(self.program)
        for number, place in enumerate(self.places):
            program = program.replace(f"<{number}>", place[which])
        return program


def found(program: str, folder: Path, rule: str) -> list[tuple[str, Level]]:
    """The findings of a rule, each with the line that it stands at."""
    (folder / "program.py").write_text(program, encoding="utf-8")
    lines = program.splitlines()
    return [(lines[one.span.line - 1].strip(), one.level) for one in _findings(folder) if one.name == rule]


def loud(program: str, folder: Path, rules: frozenset[str]) -> list[str]:
    """What some rules say in a program, notes left out."""
    (folder / "program.py").write_text(program, encoding="utf-8")
    return [one.message for one in _findings(folder) if one.name in rules and one.level is not Level.NOTE]


def _findings(folder: Path) -> tuple[Finding, ...]:
    return audit(replace(Request.of(folder), cache=CacheChoice(is_off=True))).findings
