"""How many defects are found that are planted one at a time in real workflows, and what else is said of them.

    python benchmarks/planted_defects.py REPOSITORY... [--most N] [--kind NAME] [--show]

In each repository up to N workflows about which nothing is said get one defect of each kind that fits: an edit of a
line or two that the audit sees in place of the file, which stays as it is. Found means that a rule which is made for
the kind now says something about the place or the steps that it concerns; noise is what any other rule says elsewhere.
Printed are a line for each defect that is missed or noisy (`--show`: for each), and the shares by kind.
"""

from __future__ import annotations

import argparse
import itertools
import re
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from msgspec.structs import replace

from wflint.analyses.flow.concurrency import Concurrency
from wflint.audit import Audit, audit
from wflint.model.contract import Certainty
from wflint.model.finding import Finding, Level
from wflint.model.span import Span
from wflint.model.workflow import END, START, Edge, Workflow
from wflint.request import CacheChoice, Request, Stdin

MOST = 2
SPEAKING = (Level.ERROR, Level.WARNING)


@dataclass(frozen=True, slots=True)
class Defect:
    """One defect: the new text for a stretch of a file, the rules that should speak, the steps that it concerns."""

    kind: str
    workflow: str
    span: Span
    text: str
    codes: tuple[str, ...]
    steps: tuple[str, ...]


Planter = Callable[[Workflow, Audit, "Lines"], Iterator[Defect]]


class Lines:
    """The sources of a repository by line."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.known: dict[str, list[str]] = {}

    def of(self, path: str) -> list[str]:
        """The lines of a file, each with its end."""
        if path not in self.known:
            self.known[path] = (self.root / path).read_text(encoding="utf-8").splitlines(keepends=True)
        return self.known[path]

    def at(self, span: Span) -> str:
        """What is written there; empty where the span is in no Python or YAML file."""
        if not span.path.endswith((".py", ".yaml", ".yml")):
            return ""
        lines = self.of(span.path)[span.line - 1 : span.end_line]
        if not lines:
            return ""
        lines[-1] = lines[-1][: span.end_column - 1]
        lines[0] = lines[0][span.column - 1 :]
        return "".join(lines)

    def changed(self, span: Span, text: str) -> str:
        """The whole file with other text there."""
        lines = self.of(span.path)
        before = "".join(lines[: span.line - 1]) + lines[span.line - 1][: span.column - 1]
        after = lines[span.end_line - 1][span.end_column - 1 :] + "".join(lines[span.end_line :])
        return before + text + after


def main() -> None:
    """Plant, audit, print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("repositories", nargs="+", type=Path)
    parser.add_argument("--most", type=int, default=MOST)
    parser.add_argument("--kind")
    parser.add_argument("--show", action="store_true")
    given = parser.parse_args()
    tried: Counter[str] = Counter()
    found: Counter[str] = Counter()
    noisy: Counter[str] = Counter()
    for repository in given.repositories:
        for defect, hits, noise in _results(repository.resolve(), given.most, given.kind):
            tried[defect.kind] += 1
            found[defect.kind] += bool(hits)
            noisy[defect.kind] += bool(noise)
            if given.show or not hits or noise:
                _tell(repository, defect, hits, noise)
    for kind in sorted(tried):
        print(f"{kind}: {found[kind]} of {tried[kind]} found, {noisy[kind]} noisy")
    total = tried.total()
    print(f"all: {found.total()} of {total} found ({found.total() / max(total, 1):.2f}), {noisy.total()} noisy")


def _tell(repository: Path, defect: Defect, hits: list[Finding], noise: list[Finding]) -> None:
    word = "found " if hits else "MISSED"
    where = f"{defect.span.path}:{defect.span.line}"
    print(f"{word} {defect.kind} {repository.name} {where} {defect.workflow} {list(defect.steps)}", flush=True)
    for finding in noise:
        print(f"       noise: {finding.code} {finding.span.path}:{finding.span.line} {finding.message}")


def _results(root: Path, most: int, kind: str | None) -> Iterator[tuple[Defect, list[Finding], list[Finding]]]:
    with tempfile.TemporaryDirectory(prefix="planted-") as folder:
        request = replace(Request.of(root), cache=CacheChoice(Path(folder)))
        before = audit(request)
        lines, known = Lines(request.root), {finding.fingerprint for finding in before.findings}
        for defect in _chosen(before, lines, most, kind):
            changed = Stdin(request.root / defect.span.path, lines.changed(defect.span, defect.text).encode())
            after = audit(replace(request, unsaved=(changed,)))
            new = [one for one in after.findings if one.fingerprint not in known and one.level in SPEAKING]
            hits = [one for one in new if one.code in defect.codes and _concerns(one, defect)]
            yield defect, hits, [one for one in new if one.code not in defect.codes and not _concerns(one, defect)]


def _concerns(finding: Finding, defect: Defect) -> bool:
    spans = (finding.span, *(related.span for related in finding.observation.related))
    near = any(span.path == defect.span.path and abs(span.line - defect.span.line) <= 2 for span in spans)
    ends = {finding.observation.step, *(finding.observation.edge or ())}
    return near or not ends.isdisjoint(defect.steps) or any(f'"{step}"' in finding.message for step in defect.steps)


def _chosen(before: Audit, lines: Lines, most: int, kind: str | None) -> Iterator[Defect]:
    """Of each kind one a workflow, in up to `most` workflows that nothing is said about."""
    loud = {finding.workflow for finding in before.findings if finding.level in SPEAKING}
    quiet = [flow for flow in before.survey.program.workflows if flow.id not in loud and not flow.unresolved]
    places: set[Span] = set()
    for planter in PLANTERS:
        fitting = (
            next((one for one in planter(flow, before, lines) if one.span not in places), None) for flow in quiet
        )
        wanted = (one for one in fitting if one is not None and (kind is None or one.kind == kind))
        for defect in itertools.islice(wanted, most):
            places.add(defect.span)
            yield defect


def _misspelt(name: str) -> str:
    """The name without a letter in its middle."""
    place = len(name) // 2
    return name[:place] + name[place + 1 :] if len(name) > 2 else f"{name}x"


def _quoted(text: str, name: str) -> str | None:
    """The text with the first quoted mention of the name misspelt; None where there is none."""
    found = re.search(rf"""(?<=["']){re.escape(name)}(?=["'])""", text)
    return None if found is None else text[: found.start()] + _misspelt(name) + text[found.end() :]


def _named(text: str, name: str) -> str | None:
    """The same, or the first attribute or keyword of that name."""
    found = re.search(rf"(?:(?<=\.)|(?<=[(,\s])(?=\w+\s*=[^=])){re.escape(name)}\b", text)
    renamed = None if found is None else text[: found.start()] + _misspelt(name) + text[found.end() :]
    return _quoted(text, name) or renamed


def read_misspelt(flow: Workflow, _: Audit, lines: Lines) -> Iterator[Defect]:
    """A step reads a field under a name that nobody writes."""
    state = flow.state
    for step in flow.steps:
        for need in step.needs:
            text = _named(lines.at(need.span), need.name)
            known = state is None or state.closed
            if text and need.required and need.certainty is Certainty.CERTAIN and known and not need.whole:
                yield Defect("read misspelt", flow.id, need.span, text, ("WF101", "WF109", "WF111"), (step.id,))


def placeholder_misspelt(flow: Workflow, _: Audit, lines: Lines) -> Iterator[Defect]:
    """A prompt has a placeholder that nobody fills."""
    for step in flow.steps:
        for need in step.needs:
            text = lines.at(need.span)
            found = re.search(rf"(?<=[{{ ]){re.escape(need.name)}(?=[}} ?])", text)
            if found and need.wording and not _quoted(text, need.name):
                changed = text[: found.start()] + _misspelt(need.name) + text[found.end() :]
                codes = ("WF001", "WF101", "WF109", "WF111", "WF304")
                yield Defect("placeholder misspelt", flow.id, need.span, changed, codes, (step.id,))


def write_misspelt(flow: Workflow, _: Audit, lines: Lines) -> Iterator[Defect]:
    """The only writer of a field that others need writes it under another name."""
    for step in flow.steps:
        for offer in step.offers:
            writers = [one.id for one in flow.steps if any(other.name == offer.name for other in one.offers)]
            readers = [one.id for one in flow.steps if one.id != step.id and _needs(one, offer.name)]
            passed = any(offer.name in call.keys or not call.closed for call in flow.invocations)
            text = _named(lines.at(offer.span), offer.name)
            if text and len(writers) == 1 and readers and not passed and flow.state is not None:
                codes = ("WF101", "WF102", "WF103", "WF109", "WF111")
                yield Defect("write misspelt", flow.id, offer.span, text, codes, (step.id, *readers))


def _needs(step: object, name: str) -> bool:
    return any(need.name == name and need.required for need in step.needs)  # type: ignore[attr-defined]


def target_misspelt(flow: Workflow, _: Audit, lines: Lines) -> Iterator[Defect]:
    """An edge leads to a step that is not there."""
    for edge in flow.edges:
        text = _quoted(lines.at(edge.span), edge.target)
        if text and edge.target not in (START, END):
            codes = ("WF303", "WF304", "WF401")
            yield Defect("target misspelt", flow.id, edge.span, text, codes, (edge.source, edge.target))


def unhooked(flow: Workflow, _: Audit, lines: Lines) -> Iterator[Defect]:
    """The only edge into a step is not there."""
    for edge in flow.edges:
        text = lines.at(edge.span)
        alone = len(flow.index.edges_into(edge.target)) == 1 and edge.choice is None and edge.join is None
        shared = sum(other.span == edge.span for other in flow.edges) > 1
        whole = text and lines.of(edge.span.path)[edge.span.line - 1].strip().startswith(
            text.split("\n")[0].strip()[:40]
        )
        if whole and alone and not shared and edge.target != END and edge.source not in (START, edge.target):
            rest = _without_call(text)
            if rest is not None:
                codes = ("WF301", "WF302", "WF303", "WF304")
                yield Defect("unhooked", flow.id, edge.span, rest, codes, (edge.source, edge.target))


def _without_call(text: str) -> str | None:
    """What is left of a chain of calls without its last one; None where there is nothing to leave out."""
    if not text.endswith(")"):
        return None
    depth, place = 0, len(text)
    while place:
        place -= 1
        depth += {")": 1, "(": -1}.get(text[place], 0)
        if not depth:
            break
    found = re.search(r"\.\s*\w+\s*$", text[:place])
    return text[: found.start()] if found else None


def route_unmapped(flow: Workflow, _: Audit, lines: Lines) -> Iterator[Defect]:
    """The path map lacks a label that the router returns."""
    for choice in flow.choices:
        returned = {route.label for route in choice.routes if route.certainty is Certainty.CERTAIN}
        for mapped in choice.mapping or ():
            text = _quoted(lines.at(mapped.span), mapped.label)
            if text and mapped.label in returned and choice.closed:
                codes = ("WF401", "WF404")
                yield Defect("route unmapped", flow.id, mapped.span, text, codes, (choice.source, mapped.target))


def route_misspelt(flow: Workflow, _: Audit, lines: Lines) -> Iterator[Defect]:
    """The router returns a label that means nothing."""
    for choice in flow.choices:
        for route in choice.routes:
            text = _quoted(lines.at(route.span), route.label)
            if text and route.label not in (START, END):
                codes = ("WF303", "WF401", "WF304")
                yield Defect("route misspelt", flow.id, route.span, text, codes, (choice.source, route.label))


def payload_key_misspelt(flow: Workflow, _: Audit, lines: Lines) -> Iterator[Defect]:
    """A fan-out hands its worker a key under another name."""
    for edge in flow.edges:
        target = flow.step(edge.target)
        if edge.payload is None or target is None:
            continue
        for need in target.needs:
            text = _quoted(lines.at(edge.span), need.name)
            if text and need.required and need.name in edge.payload.keys:
                yield Defect("payload misspelt", flow.id, edge.span, text, ("WF105", "WF109"), (edge.target,))


def reducer_dropped(flow: Workflow, before: Audit, lines: Lines) -> Iterator[Defect]:
    """Steps that may run at the same time write one field, and nothing merges what they write."""
    if flow.state is None:
        return
    concurrency = before.survey.facts.of(flow).concurrency
    if not isinstance(concurrency, Concurrency):
        return
    for field in flow.state.fields:
        writers = [step.id for step in flow.steps if any(offer.name == field.name for offer in step.offers)]
        together = any(concurrency.are_together(one, other) for one, other in itertools.combinations(writers, 2))
        if field.span is None or field.reducer is None or not together:
            continue
        line = lines.of(field.span.path)[field.span.line - 1] if field.span.path.endswith(".py") else ""
        found = re.search(rf"\b{re.escape(field.name)}\s*:\s*Annotated\[(.+),[^,\[\]]+\]", line)
        if found:
            span = Span(field.span.path, field.span.line, 1, field.span.line, len(line) + 1)
            text = f"{line[: found.start()]}{field.name}: {found[1]}{line[found.end() :]}"
            yield Defect("reducer dropped", flow.id, span, text, ("WF501",), tuple(writers))


def exit_removed(flow: Workflow, before: Audit, lines: Lines) -> Iterator[Defect]:
    """The only way out of a loop leads back into it."""
    for loop in before.survey.facts.of(flow).loops:
        numbers = {edge.choice for edge in loop.exits}
        if len(loop.exits) != 1 or None in numbers or loop.stoppable:
            continue
        exit_ = loop.exits[0]
        assert exit_.choice is not None
        for mapped in flow.choices[exit_.choice].mapping or ():
            text = lines.at(mapped.span)
            if mapped.label == exit_.label and text:
                yield from _rerouted(flow, exit_, mapped.span, text, loop.steps)


def _rerouted(flow: Workflow, way: Edge, span: Span, text: str, steps: tuple[str, ...]) -> Iterator[Defect]:
    other = next((name for name in steps if re.fullmatch(r"\w+", name)), None)
    found = re.search(rf":\s*(END|{re.escape(repr(way.target))}|\"{re.escape(way.target)}\")", text)
    if other and found:
        changed = f'{text[: found.start(1)]}"{other}"{text[found.end(1) :]}'
        yield Defect("exit removed", flow.id, span, changed, ("WF701", "WF301", "WF304"), steps)


PLANTERS: tuple[Planter, ...] = (
    read_misspelt,
    placeholder_misspelt,
    write_misspelt,
    target_misspelt,
    unhooked,
    route_unmapped,
    route_misspelt,
    payload_key_misspelt,
    reducer_dropped,
    exit_removed,
)


if __name__ == "__main__":
    main()
