"""How often a renamed field is traced back to what it was, and what is said of repositories as they are.

    python benchmarks/planted_gaps.py REPOSITORY... [--most N] [--untouched]

For up to N fields of each repository (3 by default), a field that one step writes and another reads is renamed to a
synonym where it is written, in a copy in a temporary folder; the schema of the state gets the new name beside the old
one, as somebody would who names a thing twice. Traced means that a finding about a reader of the old name names the new
one as the likely match. With `--untouched`, the findings of the soft kind on the repositories as they are, for reading.
"""

from __future__ import annotations

import argparse
import itertools
import os
import shutil
import tempfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

import libcst as cst
from libcst.metadata import MetadataWrapper, PositionProvider
from msgspec.structs import replace

from wflint.audit import Audit, audit
from wflint.config import Config
from wflint.matching.words import split_name
from wflint.model.finding import Persona
from wflint.model.span import Span
from wflint.model.workflow import Exchange, Workflow
from wflint.request import CacheChoice, Request
from wflint.survey import survey as surveyed

MOST = 3
"""Fields of a repository."""
ROUNDS = 4
"""So many times writes are looked for that are still there."""
TRIES = 3
"""So many fields are tried for each that can be renamed."""
SOFT = ("WF110", "WF111", "WF112", "WF113")
NAMED_IN = ("WF101", "WF111")
SYNONYMS = {
    "agent": "worker", "analysis": "assessment", "artwork": "picture", "book": "volume", "briefing": "memo",
    "candidate": "applicant", "candidates": "applicants", "devices": "machines", "features": "traits",
    "generation": "production", "images": "pictures", "industry": "sector", "issues": "problems",
    "iteration": "round", "iterations": "rounds", "options": "choices", "pages": "sheets", "papers": "publications",
    "product": "article", "references": "citations", "resources": "assets", "routes": "paths", "scores": "ratings",
    "titles": "headings", "critique": "criticism",
    "answer": "reply", "article": "post", "category": "kind", "chunks": "passages",
    "code": "program", "comments": "remarks", "company": "firm", "content": "text", "context": "background",
    "conversation": "dialogue", "cost": "expense", "count": "total", "customer": "client", "data": "records",
    "date": "day", "decision": "verdict", "description": "summary", "details": "particulars", "docs": "texts",
    "document": "file", "documents": "files", "draft": "manuscript", "email": "mail", "emails": "mails",
    "entities": "objects", "error": "failure", "evaluation": "appraisal", "evidence": "proof", "feedback": "critique",
    "findings": "insights", "goal": "objective", "grade": "mark", "history": "log", "image": "picture",
    "info": "information", "instructions": "directions", "intent": "purpose", "issue": "problem", "item": "entry",
    "joke": "gag", "keywords": "terms", "language": "tongue", "location": "place", "metrics": "measures",
    "name": "title", "notes": "remarks", "number": "figure", "outline": "structure", "output": "result",
    "plan": "roadmap", "poem": "verse", "price": "cost", "profile": "portrait", "prompt": "instruction",
    "queries": "questions", "query": "question", "question": "query", "quality": "grade", "rating": "score",
    "reason": "rationale", "reasoning": "rationale", "recommendation": "suggestion", "report": "write_up",
    "request": "inquiry", "requirements": "demands", "research": "investigation", "response": "reply",
    "result": "outcome", "results": "outcomes", "review": "critique", "risk": "danger", "route": "path",
    "score": "rating", "section": "part", "sections": "parts", "sentiment": "mood", "solution": "remedy",
    "sources": "references", "status": "condition", "steps": "stages", "story": "tale", "style": "manner",
    "subject": "topic", "suggestions": "proposals", "summary": "digest", "task": "job", "tasks": "jobs",
    "text": "content", "title": "heading", "topic": "subject", "transcript": "record", "url": "link",
    "urls": "links", "user": "person", "warnings": "cautions", "weather": "climate",
}  # fmt: skip
"""Words and what others call the same thing; written by hand, not taken from wflint's own lexicon."""


@dataclass(frozen=True, slots=True)
class Planting:
    """A field of a workflow under its own and its new name, with the places that write it and that declare it."""

    workflow: str
    field: str
    renamed: str
    writes: tuple[Span, ...]
    declared: Span | None


def main() -> None:
    """Prints a line a planting, and the share that is traced."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("repositories", nargs="+", type=Path)
    parser.add_argument("--most", type=int, default=MOST)
    parser.add_argument("--untouched", action="store_true")
    arguments = parser.parse_args()
    if arguments.untouched:
        for repository in arguments.repositories:
            _read(repository)
        return
    tried = traced = used = 0
    for repository in arguments.repositories:
        verdicts = [
            _told(repository, planting, verdict)
            for planting, verdict in itertools.islice(_verdicts(repository, arguments.most), arguments.most)
        ]
        tried, traced, used = tried + len(verdicts), traced + sum(verdicts), used + bool(verdicts)
    share = traced / tried if tried else 0.0
    print(f"{traced} of {tried} traced ({share:.2f}), in {used} repositories")


def _told(repository: Path, planting: Planting, verdict: bool) -> bool:  # noqa: FBT001 (an answer)
    word = "traced" if verdict else "LOST  "
    print(f"{word} {repository.name} {planting.workflow}: {planting.field} -> {planting.renamed}", flush=True)
    return verdict


def _verdicts(repository: Path, most: int) -> Iterator[tuple[Planting, bool]]:
    """Whether each field is traced that can be renamed; some are written in ways that a benchmark cannot rename."""
    for planting in itertools.islice(_chosen(repository), TRIES * most):
        verdict = _try(repository, planting)
        if verdict is not None:
            yield planting, verdict


def _read(repository: Path) -> None:
    found = [one for one in audit(_request(repository)).findings if one.code in SOFT]
    for finding in found:
        shown = f"{finding.span.path}:{finding.span.line}"
        print(f"{repository.name}\t{finding.code}\t{finding.level}\t{finding.persona}\t{shown}\t{finding.message}")
    if not found:
        print(f"{repository.name}\t-")


def _request(path: Path) -> Request:
    """Everything that can be said, by the findings that are about fields."""
    overrides = Config(persona=Persona.AUDITOR)
    folder = os.environ.get("WFLINT_BENCHMARK_CACHE")
    cache = CacheChoice(Path(folder)) if folder else CacheChoice(is_off=True)
    return replace(Request.of(path, overrides=overrides), cache=cache)


def _chosen(repository: Path) -> Iterator[Planting]:
    """The fields to rename, one of a workflow at a time, so that no workflow has all of them."""
    workflows = surveyed(_request(repository)).program.workflows
    each = [found for workflow in workflows if (found := list(_plantings(workflow)))]
    places: set[tuple[Span, ...]] = set()
    for turn in itertools.zip_longest(*each):
        for planting in turn:
            if planting is not None and planting.writes not in places:
                places.add(planting.writes)
                yield planting


def _plantings(workflow: Workflow) -> Iterator[Planting]:
    if workflow.exchange is not Exchange.STATE:
        return
    for name in dict.fromkeys(offer.name for step in workflow.steps for offer in step.offers):
        writes = tuple(offer.span for step in workflow.steps for offer in step.offers if offer.name == name)
        field = workflow.state.field(name) if workflow.state is not None else None
        renamed = _renamed(name)
        plain = all(span.path.endswith(".py") for span in writes) and (field is None or field.reducer is None)
        known = {one.name for one in workflow.state.fields} if workflow.state is not None else set()
        if renamed and plain and renamed not in known and _is_read_elsewhere(name, workflow):
            yield Planting(workflow.id, name, renamed, writes, field.span if field is not None else None)


def _is_read_elsewhere(name: str, workflow: Workflow) -> bool:
    writing = {step.id for step in workflow.steps if any(offer.name == name for offer in step.offers)}
    reading = {step.id for step in workflow.steps if any(need.name == name for need in step.needs)}
    return bool(reading - writing)


def _renamed(name: str) -> str:
    """The name with its last word that has a synonym replaced; empty where none has."""
    words = split_name(name)
    for place in reversed(range(len(words))):
        if words[place] in SYNONYMS:
            return "_".join((*words[:place], SYNONYMS[words[place]], *words[place + 1 :]))
    return ""


def _try(repository: Path, planting: Planting) -> bool | None:
    """Whether the renamed field is traced; None where it could not be renamed everywhere."""
    with tempfile.TemporaryDirectory(prefix="planted-") as scratch:
        copy = Path(scratch) / repository.name
        shutil.copytree(repository, copy, ignore=shutil.ignore_patterns(".git"), symlinks=True)
        (copy / ".git").mkdir(exist_ok=True)
        audited = _audited(copy, planting)
    if audited is None:
        return None
    about = (one.message for one in audited.findings if one.code in NAMED_IN and f'"{planting.field}"' in one.message)
    return any(f'"{planting.renamed}"' in message for message in about)


def _audited(copy: Path, planting: Planting) -> Audit | None:
    """What is said of the copy once all writes are renamed; None where some cannot be."""
    left = planting.writes
    for turn in range(ROUNDS):
        if not all(_rename(copy, planting, path, left) for path in sorted({span.path for span in left})):
            return None
        if turn == 0 and planting.declared is not None:
            _declare(copy, planting, planting.declared)
        audited = audit(_request(copy))
        left = tuple(_written(planting, audited.survey.program.workflows))
        if not left:
            return audited
    return None


def _written(planting: Planting, workflows: Iterable[Workflow]) -> Iterator[Span]:
    """Where the workflow still writes the old name: a place may come to light once another one is gone."""
    for workflow in workflows:
        for step in workflow.steps if workflow.id == planting.workflow else ():
            yield from (offer.span for offer in step.offers if offer.name == planting.field)


def _rename(copy: Path, planting: Planting, path: str, writes: Iterable[Span]) -> bool:
    if not path.endswith(".py"):
        return False
    spans = [span for span in writes if span.path == path]
    text = (copy / path).read_text(encoding="utf-8")
    renamer = _Renamer(planting, spans)
    changed = MetadataWrapper(cst.parse_module(text)).visit(renamer)
    (copy / path).write_text(changed.code, encoding="utf-8")
    return not renamer.left


class _Renamer(cst.CSTTransformer):
    """Renames a field once in each place that writes it: a key, a keyword, an attribute."""

    METADATA_DEPENDENCIES = (PositionProvider,)

    def __init__(self, planting: Planting, spans: list[Span]) -> None:
        super().__init__()
        self.planting = planting
        self.left = list(dict.fromkeys(spans))
        self.chosen: set[cst.CSTNode] = set()

    def on_visit(self, node: cst.CSTNode) -> bool:
        if self.left and self._is_named(node):
            start = self.get_metadata(PositionProvider, node).start
            place = (start.line, start.column + 1)
            for span in self.left:
                if (span.line, span.column) <= place < (span.end_line, span.end_column):
                    self.left.remove(span)
                    self.chosen.add(node)
                    return False
        return True

    def on_leave(self, original_node: cst.CSTNode, updated_node: cst.CSTNode) -> cst.CSTNode:  # type: ignore[override]
        if original_node not in self.chosen:
            return updated_node
        new = self.planting.renamed
        match updated_node:
            case cst.SimpleString():
                return updated_node.with_changes(value=updated_node.value.replace(self.planting.field, new))
            case cst.Attribute():
                return updated_node.with_changes(attr=cst.Name(new))
            case cst.Arg():
                return updated_node.with_changes(keyword=cst.Name(new))
            case _:
                return updated_node

    def _is_named(self, node: cst.CSTNode) -> bool:
        name = self.planting.field
        match node:
            case cst.SimpleString():
                return node.raw_value == name
            case cst.Attribute(attr=cst.Name(value=attribute)):
                return attribute == name
            case cst.Arg(keyword=cst.Name(value=keyword)):
                return keyword == name
            case _:
                return False


def _declare(copy: Path, planting: Planting, span: Span) -> None:
    """Declare the new name beside the old one, where the old one is declared."""
    if span.path.endswith(".py"):
        text = (copy / span.path).read_text(encoding="utf-8")
        changed = MetadataWrapper(cst.parse_module(text)).visit(_Declarer(planting, span.line))
        (copy / span.path).write_text(changed.code, encoding="utf-8")


class _Declarer(cst.CSTTransformer):
    """Doubles the declaration of a field, under the new name."""

    METADATA_DEPENDENCIES = (PositionProvider,)

    def __init__(self, planting: Planting, line: int) -> None:
        super().__init__()
        self.planting = planting
        self.line = line

    def leave_SimpleStatementLine(  # noqa: N802 (libcst's name)
        self, original_node: cst.SimpleStatementLine, updated_node: cst.SimpleStatementLine
    ) -> cst.BaseStatement | cst.FlattenSentinel[cst.BaseStatement]:
        match updated_node.body:
            case [cst.AnnAssign(target=cst.Name(value=name)) as declaration] if name == self.planting.field:
                if self.get_metadata(PositionProvider, original_node).start.line == self.line:
                    new = declaration.with_changes(target=cst.Name(self.planting.renamed))
                    return cst.FlattenSentinel([updated_node.with_changes(body=[new]), updated_node])
        return updated_node


if __name__ == "__main__":
    main()
