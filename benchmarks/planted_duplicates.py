"""How often a step that was copied into another workflow, its texts reworded, is named as a duplicate.

    python benchmarks/planted_duplicates.py [--seed N] [--most N] [--list FILE] REPOSITORY...

Each repository is copied into a temporary folder, as it is, and audited. Then texts and name of a model step, reworded
by rule (`rewording.py`), take the place of those of a step in another workflow of another file that is no version of
the first: the arguments of the call that makes an agent or a task, or the body of the function that is a node, with
what the body needs from its module. Up to `--most` steps are planted in one copy, which is audited once. A plant is
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
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from rewording import Rewriter

from wflint.analyses.repetition.comparing import Placed, said
from wflint.analyses.repetition.versions import version_clusters
from wflint.audit import Audit, CacheChoice, Request, audit
from wflint.config import Config
from wflint.model.finding import Finding, Persona
from wflint.model.span import Span

CODES = ("WF201", "WF202")
SOURCES = frozenset({".py", ".ipynb", ".yaml", ".yml", ".toml"})
LARGEST = 2_000_000
WORDS = 4
"""A text has at least so many words."""
Made = ast.Call | ast.FunctionDef | ast.AsyncFunctionDef


@dataclass(frozen=True, slots=True)
class Site:
    """A step with the code that makes it."""

    placed: Placed
    span: Span
    node: Made

    @property
    def form(self) -> str:
        """What can take its place."""
        return _callee(self.node) if isinstance(self.node, ast.Call) else "function"


@dataclass(frozen=True, slots=True)
class Plant:
    """A step that was copied, and the place it was copied to."""

    original: Site
    host: Site


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
        self.count = 0

    def visit_Constant(self, node: ast.Constant) -> ast.expr:
        """A text."""
        if not _is_text(node):
            return node
        self.count += 1
        return ast.Constant(self._rewriter.reword(str(node.value)))

    def visit_JoinedStr(self, node: ast.JoinedStr) -> ast.expr:
        """A text with placeholders."""
        template = "".join(
            str(part.value) if isinstance(part, ast.Constant) else "{" + f"slot_{place}" + "}"
            for place, part in enumerate(node.values)
        )
        if len(template.split()) < WORDS:
            return node
        self.count += 1
        slots = {f"{{slot_{place}}}": part for place, part in enumerate(node.values)}
        return ast.JoinedStr(list(_refilled(self._rewriter.reword(template), slots)))

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
    versions = version_clusters(program.workflows)
    sites = [
        site
        for workflow in program.workflows
        for step in workflow.steps
        if (placed := Placed(workflow, step)).is_telling and (site := _site(placed, modules)) is not None
    ]
    rng.shuffle(sites)
    used: set[str] = set()
    texts: set[str] = set()
    count = 0
    rewriter = Rewriter(options.seed)
    for original in sites:
        text = said(original.placed.step)
        if count >= options.most or original.span.path in used or text in texts:
            continue
        hosts = [
            site
            for site in sites
            if site.form == original.form
            and site.span.path != original.span.path
            and site.span.path not in used
            and said(site.placed.step) != text
            and not versions.are_versions(site.placed.workflow, original.placed.workflow)
        ]
        if hosts and _plant(original, hosts[0], modules, rewriter):
            used |= {original.span.path, hosts[0].span.path}
            texts.add(text)
            count += 1
            yield Plant(original, hosts[0])


def _site(placed: Placed, modules: Modules) -> Site | None:
    """The code that makes a step, where it is a call or a function of a file of its own."""
    for span in (placed.step.definition, placed.step.span):
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


def _plant(original: Site, host: Site, modules: Modules, rewriter: Rewriter) -> bool:
    """Put the texts of one step in the place of another; false where that cannot be done."""
    source, target = modules.of(original.span.path), modules.of(host.span.path)
    if source is None or target is None:
        return False
    reworded = Reworded(rewriter, _texts_of(source))
    if isinstance(original.node, ast.Call) and isinstance(host.node, ast.Call):
        _take_over(original.node, host.node, _texts_of(target), reworded)
        added: list[ast.stmt] = []
    elif isinstance(original.node, ast.Call) or isinstance(host.node, ast.Call):
        return False
    else:
        body = [reworded.visit(ast.parse(ast.unparse(statement)).body[0]) for statement in original.node.body]
        host.node.body, host.node.args = body, original.node.args
        added = _needed(body, source, target, original.span.path)
    if not reworded.count:
        return False
    path = modules.root / host.span.path
    lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
    indent = lines[host.node.lineno - 1][: host.node.col_offset]
    code = ast.unparse(ast.fix_missing_locations(host.node))
    written = [line if number == 0 else " " * _width(indent) + line for number, line in enumerate(code.split("\n"))]
    first, last = host.node.lineno - 1, (host.node.end_lineno or host.node.lineno) - 1
    rest = lines[last].encode()[host.node.end_col_offset :].decode()
    start = lines[first].encode()[: host.node.col_offset].decode()
    if "\n" in code and isinstance(host.node, ast.Call):
        return False
    lines[first : last + 1] = [start + "\n".join(written) + rest]
    extra = "".join(ast.unparse(statement) + "\n" for statement in added)
    text = "".join([*lines, "\n", extra])
    try:
        ast.parse(text)
    except SyntaxError:
        return False
    path.write_text(text, encoding="utf-8")
    return True


def _width(text: str) -> int:
    return len(text) if text.isspace() else len(text) - len(text.lstrip())


def _take_over(original: ast.Call, host: ast.Call, own: dict[str, ast.expr], reworded: Reworded) -> None:
    """Give a call the texts of another one, reworded, in place of its own."""
    taken: list[ast.keyword] = []
    for keyword in original.keywords:
        before = reworded.count
        value = reworded.visit(ast.parse(ast.unparse(keyword.value), mode="eval").body)
        if keyword.arg == "name" and isinstance(value, ast.Constant):
            taken.append(ast.keyword("name", ast.Constant(reworded._rewriter.rename(str(value.value)))))  # noqa: SLF001
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
    if not any(said(step) != said(plant.host.placed.step) for step in steps):
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
