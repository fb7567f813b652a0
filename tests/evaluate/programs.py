"""Programs in memory: written down as text, run by the interpreter with a tiny library table."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from wflint.assembly.frontend import construct, fluent
from wflint.errors import UnreadableSource
from wflint.evaluate.budget import Budget
from wflint.evaluate.drive import Driver
from wflint.evaluate.events import Frame
from wflint.evaluate.interpreter import Interpreter
from wflint.evaluate.library import LibraryModel
from wflint.evaluate.modules import Linker, Module
from wflint.evaluate.values import Value
from wflint.source.code import ExprStmt, ModuleIR, Name
from wflint.source.lower import lower_module

TABLE = LibraryModel(
    roots=frozenset({"framework"}),
    calls={"framework.Graph": construct, "framework.Graph.add": fluent},
    constructors=frozenset({"framework.Graph"}),
    shadowable_roots={"shared": frozenset({"core", "engine"})},
)
"""One class of one library, so that there is something to record, and a library whose name others use too."""


@dataclass(frozen=True, slots=True)
class Files:
    """Sources by path."""

    texts: Mapping[str, str]

    @property
    def paths(self) -> tuple[str, ...]:
        return tuple(self.texts)

    @property
    def documents(self) -> tuple[str, ...]:
        return tuple(self.texts)

    def lowered(self, path: str) -> ModuleIR | None:
        """None where the text is not Python, as for a file that cannot be read."""
        try:
            return lower_module(self.texts[path])
        except UnreadableSource:
            return None

    def document(self, path: str) -> str | None:
        return self.texts.get(path)

    def read_as_text(self, path: str, encoding: str = "utf-8") -> str | None:
        del encoding
        return self.texts.get(path)

    def files_in(self, folder: str) -> tuple[str, ...]:
        return tuple(sorted(path.rpartition("/")[2] for path in self.texts if path.rpartition("/")[0] == folder))


@dataclass(frozen=True, slots=True)
class Program:
    """Files, and the interpreter that runs them."""

    files: Files
    interpreter: Interpreter

    def module(self, path: str = "main.py") -> Module:
        """A module, run at the latest now."""
        module = self.interpreter.linker.module(path)
        self.interpreter.load(module)
        return module

    def value(self, expression: str, path: str = "main.py") -> Value:
        """What an expression gives where the module stands now; a bare name as its scope holds it, absence included."""
        module = self.interpreter.linker.module(path)
        (statement,) = lower_module(expression).body
        assert isinstance(statement, ExprStmt)
        if isinstance(statement.value, Name) and statement.value.id in module.scope.content:
            return self.interpreter.settled(module.scope.content[statement.value.id])
        self.interpreter.frames.append(Frame(None, module, None, (), self.interpreter.heap.tick(), 0))
        try:
            return self.interpreter.evaluate(statement.value, module.scope)
        finally:
            self.interpreter.frames.pop()

    def run(self) -> None:
        """Run every file, then what nobody calls in those that use the framework."""
        for path in self.files.paths:
            self.module(path)
        using = [path for path in self.files.paths if "framework" in self.files.texts[path]]
        Driver(self.interpreter).analyze([self.module(path) for path in using])


def program(texts: Mapping[str, str], table: LibraryModel = TABLE, budget: Budget | None = None) -> Program:
    """A program that has not run yet."""
    files = Files(texts)
    return Program(files, Interpreter(Linker(files, table.roots, table.shadowable_roots), table, budget))


def ran(text: str, budget: Budget | None = None) -> Program:
    """A program of one file after its run."""
    made = program({"main.py": text}, budget=budget)
    made.run()
    return made
