"""How often a step that was copied into another workflow, its texts reworded, is named as a duplicate.

    python benchmarks/planted_duplicates.py [--seed N] [--most N] [--list FILE] REPOSITORY...

Each repository is copied into a temporary folder, as it is, and audited. Then texts and name of a model step, reworded
by rule (`rewording.py`), take the place of those of a step in another workflow of another file that is no version of
the first: the arguments of the call that makes an agent or a task, the texts of an entry of a YAML file, or the body of
the function that is a node, with what the body needs from its module. Steps of tests are left out. Up to `--most`
steps are planted in one copy, which is audited once. A plant is
*seen* where wflint recovers the new texts at all, and *named* where a finding of WF201 has both places; both are
counted, for the pedantic persona and for the regular one. `--list` writes every finding of WF201 and WF202 on the
untouched repositories, to be read.
"""

from __future__ import annotations

import argparse
import ast
import builtins
import random
import shutil
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator, Mapping, MutableMapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from rewording import Rewriter

from wflint.analyses.repetition.comparing import Placed, said
from wflint.analyses.repetition.versions import VersionClusters, version_clusters
from wflint.audit import Audit, audit
from wflint.config import Config
from wflint.model.finding import Finding, Persona
from wflint.model.span import Span
from wflint.model.workflow import Workflow
from wflint.request import CacheChoice, Request
from wflint.rules.duplicate_step import TESTS

CODES = ("WF201", "WF202")
SOURCES = frozenset({".py", ".ipynb", ".yaml", ".yml", ".toml"})
LARGEST = 2_000_000
WORDS = 4
"""A text has at least so many words."""
Made = ast.Call | ast.FunctionDef | ast.AsyncFunctionDef
KNOWN = 40
"""By so many characters of a reworded text it is known again."""


@dataclass(frozen=True, slots=True)
class Site:
    """A step with the code that makes it."""

    placed: Placed
    span: Span
    node: Made | None

    @property
    def form(self) -> str:
        """What can take its place."""
        if self.node is None:
            return "entry"
        return _callee(self.node) if isinstance(self.node, ast.Call) else "function"


@dataclass(frozen=True, slots=True)
class Plant:
    """A step that was copied, and the place it was copied to."""

    original: Site
    host: Site
    texts: tuple[str, ...]


class Modules:
    """The syntax trees of a folder's files."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self._known: dict[str, ast.Module | None] = {}

    def of(self, path: str) -> ast.Module | None:
        """The tree of a file, None where it has none."""
        if path not in self._known:
            self._known[path] = self._parsed(path)
        return self._known[path]

    def _parsed(self, path: str) -> ast.Module | None:
        try:
            return ast.parse((self.root / path).read_text(encoding="utf-8")) if path.endswith(".py") else None
        except (SyntaxError, ValueError, OSError):
            return None


class Reworded(ast.NodeTransformer):
    """The texts of an expression or a body in other words, names of texts of the module written out."""

    def __init__(self, rewriter: Rewriter, texts: dict[str, ast.expr]) -> None:
        self._rewriter = rewriter
        self._texts = texts
        self.told: list[str] = []

    @property
    def count(self) -> int:
        """How many texts were reworded."""
        return len(self.told)

    def reword(self, text: str) -> str:
        """A text in other words."""
        self.told.append(self._rewriter.reword(text))
        return self.told[-1]

    def rename(self, name: str) -> str:
        """A name in other words."""
        return self._rewriter.rename(name)

    def visit_Constant(self, node: ast.Constant) -> ast.expr:
        """A text."""
        if not _is_text(node):
            return node
        return ast.Constant(self.reword(str(node.value)))

    def visit_JoinedStr(self, node: ast.JoinedStr) -> ast.expr:
        """A text with placeholders."""
        template = "".join(
            str(part.value) if isinstance(part, ast.Constant) else "{" + f"slot_{place}" + "}"
            for place, part in enumerate(node.values)
        )
        if len(template.split()) < WORDS:
            return node
        slots = {f"{{slot_{place}}}": part for place, part in enumerate(node.values)}
        return ast.JoinedStr(list(_refilled(self.reword(template), slots)))

    def visit_Name(self, node: ast.Name) -> ast.expr:
        """A name that may stand for a text."""
        text = self._texts.get(node.id)
        return node if text is None or not isinstance(node.ctx, ast.Load) else self.visit(text)


def _refilled(text: str, slots: dict[str, ast.expr]) -> Iterator[ast.expr]:
    while text:
        found = [(text.find(slot), slot) for slot in slots if slot in text]
        place, slot = min(found, default=(len(text), ""))
        if text[:place]:
            yield ast.Constant(text[:place])
        if slot:
            yield slots[slot]
        text = text[place + len(slot) :]


def main() -> None:
    """Prints a line a repository, then the shares."""
    options = _options()
    counts: Counter[str] = Counter()
    told: list[str] = []
    for path in options.repositories:
        counts.update(_measured(path.resolve(), options, told))
    planted, seen = counts["planted"], counts["seen"]
    print(f"\n{counts['repositories']} repositories with plants: {planted} planted, {seen} seen")
    for persona in ("pedantic", "regular"):
        print(f"named to {persona}: {counts[persona]} of {seen} seen ({counts[persona] / max(1, seen):.2f})")
    if options.list:
        options.list.write_text("\n".join(told) + "\n", encoding="utf-8")


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("repositories", nargs="+", type=Path)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--most", type=int, default=4)
    parser.add_argument("--list", type=Path)
    parser.add_argument("--missed", action="store_true", help="print the plants that are not named")
    return parser.parse_args()


def _measured(path: Path, options: argparse.Namespace, told: list[str]) -> Counter[str]:
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder) / path.name
        _copy(path, root)
        cache = CacheChoice(Path(folder) / "cache")
        before = _audited(root, cache)
        told += [_line(path.name, finding) for finding in before.findings]
        plants = list(_planted(before, root, random.Random(f"{options.seed} {path.name}"), options))  # noqa: S311
        if not plants:
            print(f"{path.name}: {len(before.findings)} findings, nothing to plant", flush=True)
            return Counter()
        after = _audited(root, cache)
        found = Counter({"repositories": 1, "planted": len(plants)})
        for plant in plants:
            found.update(_outcome(plant, after, options))
    print(f"{path.name}: {len(before.findings)} findings; {dict(found)}", flush=True)
    return found


def _copy(path: Path, root: Path) -> None:
    for source in sorted(path.rglob("*")):
        fits = source.suffix in SOURCES and source.is_file() and source.stat().st_size < LARGEST
        if fits and ".git" not in source.parts:
            target = root / source.relative_to(path)
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(source, target)
    root.mkdir(exist_ok=True)
    if not (root / "pyproject.toml").exists():
        (root / "pyproject.toml").write_text('[project]\nname = "copy"\nversion = "0"\n', encoding="utf-8")


def _audited(root: Path, cache: CacheChoice) -> Audit:
    settings = Config(select=CODES, persona=Persona.PEDANTIC)
    request = Request.of(root, overrides=settings)
    return audit(Request(request.root, request.paths, request.settings, request.overrides, cache))


def _line(name: str, finding: Finding) -> str:
    places = "".join(f"\n    {each.span.path}:{each.span.line}" for each in finding.observation.related)
    where = f"{name} {finding.span.path}:{finding.span.line}"
    return f"{finding.level}/{finding.persona} {finding.code} {where}: {finding.message}{places}"


# --------------------------------------------------------------------------------------------------------- planting


def _planted(before: Audit, root: Path, rng: random.Random, options: argparse.Namespace) -> Iterator[Plant]:
    modules = Modules(root)
    program = before.survey.recovered.program
    sites = [
        site
        for workflow in program.workflows
        for step in workflow.steps
        if (placed := Placed(workflow, step)).is_telling and (site := _site(placed, modules)) is not None
        if not TESTS.search(site.span.path)
    ]
    rng.shuffle(sites)
    used: set[str] = set()
    count = 0
    rewriter = Rewriter(options.seed)
    homes = Homes.of(program.workflows)
    for original in sites:
        if count >= options.most or original.span.path in used:
            continue
        hosts = (host for host in sites if host.span.path not in used and homes.may_host(host, original))
        host = next(hosts, None)
        texts = _plant(original, host, modules, rewriter) if host is not None else ()
        if host is not None and texts:
            used |= {original.span.path, host.span.path}
            count += 1
            yield Plant(original, host, texts)


@dataclass(frozen=True, slots=True)
class Homes:
    """Which workflows have a step, and which are versions of each other."""

    workflows: Mapping[Span, frozenset[str]]
    versions: VersionClusters

    @classmethod
    def of(cls, workflows: Sequence[Workflow]) -> Homes:
        """Those of a program."""
        found: dict[Span, set[str]] = {}
        for flow in workflows:
            for step in flow.steps:
                found.setdefault(step.definition or step.span, set()).add(flow.id)
        return cls({span: frozenset(homes) for span, homes in found.items()}, version_clusters(workflows))

    def may_host(self, host: Site, original: Site) -> bool:
        """Whether a step may take another one's texts: in another file, in no workflow or version of the other's."""
        ours, theirs = (self.workflows.get(site.span, frozenset()) for site in (host, original))
        apart = host.form == original.form and host.span.path != original.span.path and ours.isdisjoint(theirs)
        same = said(host.placed.step) == said(original.placed.step)
        return apart and not same and not self.versions.are_versions(host.placed.workflow, original.placed.workflow)


def _site(placed: Placed, modules: Modules) -> Site | None:
    """The code that makes a step, where it is a call or a function of a file of its own."""
    for span in (placed.step.definition, placed.step.span):
        if span is not None and span.path.endswith((".yaml", ".yml")):
            return Site(placed, span, None)
        module = modules.of(span.path) if span is not None else None
        if span is None or module is None:
            continue
        for node in ast.walk(module):
            if isinstance(node, Made) and (node.lineno, node.end_lineno) == (span.line, span.end_line):
                return Site(placed, span, node)
        for node in ast.walk(module):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and node.lineno == span.line:
                return Site(placed, span, node)
    return None


def _plant(original: Site, host: Site, modules: Modules, rewriter: Rewriter) -> tuple[str, ...]:
    """Put the texts of one step in the place of another; the new texts, none where that cannot be done."""
    source, target = modules.of(original.span.path), modules.of(host.span.path)
    reworded = Reworded(rewriter, _texts_of(source) if source is not None else {})
    if original.node is None or host.node is None:
        _take_entry(
            modules.root / original.span.path, original.span, modules.root / host.span.path, host.span, reworded
        )
        return tuple(reworded.told)
    if source is None or target is None:
        return ()
    added: list[ast.stmt] = []
    if isinstance(original.node, ast.Call) and isinstance(host.node, ast.Call):
        _take_over(original.node, host.node, _texts_of(target), reworded)
    elif not isinstance(original.node, ast.Call) and not isinstance(host.node, ast.Call):
        body = [reworded.visit(ast.parse(ast.unparse(statement)).body[0]) for statement in original.node.body]
        host.node.body, host.node.args = body, original.node.args
        added = _needed(body, source, target, original.span.path)
    if not reworded.count or not _written(host.node, added, modules.root / host.span.path):
        return ()
    return tuple(reworded.told)


def _written(node: Made, added: list[ast.stmt], path: Path) -> bool:
    """Write a changed call or function in its place; false where that gives no program."""
    lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
    first, last = node.lineno - 1, (node.end_lineno or node.lineno) - 1
    start = lines[first].encode()[: node.col_offset].decode()
    rest = lines[last].encode()[node.end_col_offset :].decode()
    code = ast.unparse(ast.fix_missing_locations(node)).split("\n")
    written = [line if number == 0 else " " * _width(start) + line for number, line in enumerate(code)]
    lines[first : last + 1] = [start + "\n".join(written) + rest]
    text = "".join([*lines, "\n", *(ast.unparse(statement) + "\n" for statement in added)])
    try:
        ast.parse(text)
    except SyntaxError:
        return False
    path.write_text(text, encoding="utf-8")
    return True


def _take_entry(source: Path, at: Span, target: Path, place: Span, reworded: Reworded) -> None:
    """Give an entry of a YAML file the texts of another one."""
    from ruamel.yaml import YAML

    yaml = YAML()
    entries, others = (yaml.load(path.read_text(encoding="utf-8")) for path in (source, target))
    taken = _entry_at(entries, at.line)
    given = _entry_at(others, place.line)
    if taken is None or given is None:
        return
    for key, value in taken.items():
        if isinstance(value, str) and len(value.split()) >= WORDS:
            given[key] = reworded.reword(value)
    with target.open("w", encoding="utf-8") as file:
        yaml.dump(others, file)


def _entry_at(
    entries: MutableMapping[str, MutableMapping[str, object]], line: int
) -> MutableMapping[str, object] | None:
    """The entry whose name stands in a line."""
    lines = getattr(entries, "lc", None)
    if lines is None:
        return None
    return next((entries[name] for name in entries if lines.key(name)[0] == line - 1), None)


def _width(text: str) -> int:
    return len(text) if text.isspace() else len(text) - len(text.lstrip())


def _take_over(original: ast.Call, host: ast.Call, own: dict[str, ast.expr], reworded: Reworded) -> None:
    """Give a call the texts of another one, reworded, in place of its own."""
    taken: list[ast.keyword] = []
    for keyword in original.keywords:
        before = reworded.count
        value = reworded.visit(ast.parse(ast.unparse(keyword.value), mode="eval").body)
        if keyword.arg == "name" and isinstance(value, ast.Constant):
            taken.append(ast.keyword("name", ast.Constant(reworded.rename(str(value.value)))))
        elif keyword.arg is not None and reworded.count > before:
            taken.append(ast.keyword(keyword.arg, value))
    names = {keyword.arg for keyword in taken}
    kept = [each for each in host.keywords if each.arg not in names and not _has_text(each.value, own)]
    host.keywords = [*taken, *kept]


def _has_text(value: ast.expr, own: dict[str, ast.expr]) -> bool:
    nodes = list(ast.walk(value))
    return any(_is_text(node) or (isinstance(node, ast.Name) and node.id in own) for node in nodes)


def _is_text(node: ast.AST) -> bool:
    return isinstance(node, ast.Constant) and isinstance(node.value, str) and len(node.value.split()) >= WORDS


def _texts_of(module: ast.Module) -> dict[str, ast.expr]:
    """The module's names that stand for texts."""
    return {
        target.id: statement.value
        for statement in module.body
        if isinstance(statement, ast.Assign)
        and (_is_text(statement.value) or isinstance(statement.value, ast.JoinedStr))
        for target in statement.targets
        if isinstance(target, ast.Name)
    }


def _needed(body: list[ast.stmt], source: ast.Module, target: ast.Module, path: str) -> list[ast.stmt]:
    """The statements of a module that a body needs, those that they need first, as far as the target lacks them."""
    bound = {name: statement for statement in source.body for name in _bound(statement)}
    known = {name for statement in target.body for name in _bound(statement)} | set(dir(builtins))
    found: dict[int, ast.stmt] = {}
    pending = [name for statement in body for name in _used(statement)]
    while pending:
        name = pending.pop()
        statement = bound.get(name)
        if statement is None or name in known or id(statement) in found:
            continue
        found[id(statement)] = statement
        pending.extend(_used(statement))
    ordered = [statement for statement in source.body if id(statement) in found]
    return [_absolute(statement, path) for statement in ordered]


def _absolute(statement: ast.stmt, path: str) -> ast.stmt:
    """An import by the whole name of the module."""
    if not isinstance(statement, ast.ImportFrom) or not statement.level:
        return statement
    package = Path(path).parts[: -statement.level]
    return ast.ImportFrom(".".join([*package, *([statement.module] if statement.module else [])]), statement.names, 0)


def _bound(statement: ast.stmt) -> Iterator[str]:
    match statement:
        case ast.Import() | ast.ImportFrom():
            yield from ((alias.asname or alias.name).partition(".")[0] for alias in statement.names)
        case ast.FunctionDef() | ast.AsyncFunctionDef() | ast.ClassDef():
            yield statement.name
        case ast.Assign() | ast.AnnAssign():
            yield from (
                node.id
                for node in ast.walk(statement)
                if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store)
            )
        case _:
            return


def _used(statement: ast.AST) -> list[str]:
    return [node.id for node in ast.walk(statement) if isinstance(node, ast.Name)]


def _callee(call: ast.Call) -> str:
    return ast.unparse(call.func).rpartition(".")[2]


# ---------------------------------------------------------------------------------------------------------- reading


def _outcome(plant: Plant, after: Audit, options: argparse.Namespace) -> Iterator[str]:
    """What became of a plant."""
    path, line = plant.host.span.path, plant.host.span.line
    steps = [
        step
        for workflow in after.survey.recovered.program.workflows
        for step in workflow.steps
        for span in (step.definition or step.span,)
        if (span.path, span.line) == (path, line) and Placed(workflow, step).is_telling
    ]
    told = [" ".join(text.split())[:KNOWN] for text in plant.texts]
    if not any(text in " ".join(said(step).split()) for step in steps for text in told if text):
        return
    yield "seen"
    copies = _same_as(plant.original.placed, after)
    found = [finding for finding in after.findings if finding.code == "WF201"]
    personas = [finding.persona for finding in found if _names(finding, (path, line), copies)]
    if personas:
        yield "pedantic"
    elif options.missed:
        print(
            f"  missed: {path}:{line}\n    {said(plant.original.placed.step)!r}\n    {said(steps[0])!r}",
            file=sys.stderr,
        )
    if Persona.REGULAR in personas:
        yield "regular"


def _same_as(original: Placed, after: Audit) -> set[tuple[str, int]]:
    """The places of a step, of its copies, and of the step of its name in the versions of its workflow."""
    workflows = after.survey.recovered.program.workflows
    versions = version_clusters(workflows)
    return {
        (span.path, span.line)
        for workflow in workflows
        for step in workflow.steps
        for span in (step.definition or step.span,)
        if said(step) == said(original.step)
        or (step.id == original.step.id and versions.are_versions(workflow, original.workflow))
    }


def _names(finding: Finding, host: tuple[str, int], copies: set[tuple[str, int]]) -> bool:
    """Whether a finding is about the plant and the original, or what is told the same as the original."""
    spans = [finding.span, *(each.span for each in finding.observation.related)]
    places = {(span.path, span.line) for span in spans}
    return host in places and not copies.isdisjoint(places)


if __name__ == "__main__":
    main()
