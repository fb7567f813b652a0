"""Which refusals of the front ends no program proves: their texts are compared with the faults of all programs."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from conformance.checking import Program, Release, programs, survey_of
from wflint import frontends
from wflint.frontends import FRONT_ENDS
from wflint.model.fault import Fault, FaultKind

HOME = Path(frontends.__file__).parent
MAKING = frozenset({"Fault", "fault", "_refused", "_refuse", "_refusal", "_refuse_timeout"})
"""What makes a fault, or hands on the parts of one."""
ANY = ".*"
ELSEWHERE = ("what .* gives as checkpointer", "with_start_agent", "manager")
"""What refuses these is in packages that the pinned requirements leave out: savers for files, ready-made builders."""


@dataclass(frozen=True, slots=True)
class Refusal:
    """A place where a front end says that its framework refuses something; `subjects` are patterns of what it says."""

    framework: str
    place: str
    kind: FaultKind | None
    subjects: frozenset[str]

    @property
    def text(self) -> str:
        """What is said, for people."""
        return " or ".join(sorted(re.sub(r"\\(.)", r"\1", each) for each in self.subjects))

    def is_in(self, fault: Fault) -> bool:
        """Whether a fault was made here, as far as its text tells."""
        is_kind = fault.kind is (self.kind or FaultKind.REFUSED)
        return is_kind and any(re.fullmatch(each, fault.subject) for each in self.subjects)


def unbacked() -> Iterator[str]:
    """The places of refusals that no program leads to."""
    faults = {name: _faults([*programs(name)]) for name in (end.name for end in FRONT_ENDS)}
    for refusal in refusals():
        proven = any(refusal.is_in(fault) for fault in faults[refusal.framework])
        if not proven and not any(re.fullmatch(each, refusal.text) for each in ELSEWHERE):
            yield f"{refusal.place}: {refusal.text}"


def refusals() -> Iterator[Refusal]:
    """Every such place, but for functions that hand on what they are given."""
    for end in FRONT_ENDS:
        for path in sorted((HOME / end.name.replace("-", "_")).glob("*.py")):
            tree = ast.parse(path.read_text(encoding="utf-8"))
            for function in (node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)):
                for call in (node for node in ast.walk(function) if isinstance(node, ast.Call)):
                    given = [argument for argument in call.args if not isinstance(argument, ast.Attribute)]
                    named = {node.arg for node in function.args.args}
                    if _name(call.func) in MAKING and call.args and function.name not in MAKING:
                        subjects = frozenset(_said(call, given, function, named))
                        place = f"{path.relative_to(HOME.parent.parent)}:{call.lineno}"
                        yield Refusal(end.name, place, _kind(call), subjects)


def _name(function: ast.expr) -> str:
    return function.attr if isinstance(function, ast.Attribute) else getattr(function, "id", "")


def _kind(call: ast.Call) -> FaultKind | None:
    found = (each for each in call.args if isinstance(each, ast.Attribute) and _name(each.value) == "FaultKind")
    return next((FaultKind[each.attr] for each in found), None)


def _said(call: ast.Call, given: list[ast.expr], function: ast.FunctionDef, named: set[str]) -> list[str]:
    """Patterns of what is said: of the first argument after the kind, or of the first one that is a text."""
    candidates = call.args[1:2] if _kind(call) is not None else given
    found = (list(_patterns(each, function, named)) for each in candidates)
    return next((patterns for patterns in found if patterns), [ANY])


def _patterns(said: ast.expr | None, function: ast.FunctionDef, named: set[str]) -> Iterator[str]:
    match said:
        case ast.Constant(value=str(text)):
            yield re.escape(text)
        case ast.JoinedStr(values=values):
            yield "".join(re.escape(str(each.value)) if isinstance(each, ast.Constant) else ANY for each in values)
        case ast.IfExp(body=one, orelse=other):
            yield from (*_patterns(one, function, named), *_patterns(other, function, named))
        case ast.Name(id=name) if name not in named:
            assigned = [
                node.value
                for node in ast.walk(function)
                if isinstance(node, ast.Assign) and any(_name(target) == name for target in node.targets)
            ]
            texts = [each for each in assigned if isinstance(each, ast.Constant | ast.JoinedStr | ast.IfExp)]
            yield from (pattern for each in texts for pattern in _patterns(each, function, named))
        case _:
            pass


def _faults(of: list[Program]) -> list[Fault]:
    read = [survey_of(each, release) for each in of for release in Release if each.expectation.of(release) is not None]
    every = [survey.program for survey in read]
    of_workflows = [fault for program in every for workflow in program.workflows for fault in workflow.faults]
    return [*of_workflows, *(fault for program in every for fault in program.refusals)]
