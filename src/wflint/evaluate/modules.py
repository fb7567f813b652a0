"""The linker: which file a name of an import means, and modules evaluated when somebody first uses them."""

from __future__ import annotations

import sys
from collections import defaultdict
from collections.abc import Iterable, Mapping
from pathlib import PurePosixPath
from typing import Protocol

from msgspec import Struct, field

from wflint.evaluate.cells import FirstUses
from wflint.evaluate.scope import Scope
from wflint.evaluate.statements.bindings import binds
from wflint.evaluate.values import Function
from wflint.model.span import Span
from wflint.model.test_paths import is_test_path
from wflint.source.code import ClassDef, FunctionDef, ModuleIR, StmtT, TextRange
from wflint.source.module_index import ModuleIndex
from wflint.source.module_names import Parts, parts_of


class Sources(Protocol):
    """Where modules come from: paths, and their summaries on request (None for a file that cannot be read).

    `document` is the text of a file that is no code but that code reads: its configuration; `documents` lists the paths
    of all such files. `read_as_text` is the text of any file that code may read, `files_in` what a folder has of them.
    """

    @property
    def paths(self) -> Iterable[str]: ...

    @property
    def documents(self) -> Iterable[str]: ...

    def lowered(self, path: str) -> ModuleIR | None: ...

    def document(self, path: str) -> str | None: ...

    def read_as_text(self, path: str, encoding: str = "utf-8") -> str | None: ...

    def files_in(self, folder: str) -> tuple[str, ...]: ...


class Module(Struct, eq=False):
    """A file of the repository; `lowered` and `scope` are filled when it is first used.

    `stars` are the modules that it takes every name from, `library_stars` those of libraries, by name.

    `stub` marks library knowledge that wflint brings along: what happens inside is reported at the line that called.
    `for_effects` says that it is imported for what it does; `names` are those in it, once somebody has asked.
    `wrapped` are the functions that went through decorators, which may have kept them or put something else there.
    """

    path: str
    parts: Parts
    scope: Scope
    lowered: ModuleIR | None = None
    loaded: bool = False
    stub: bool = False
    stars: list[Module] = field(default_factory=list)
    library_stars: list[str] = field(default_factory=list)
    for_effects: bool = False
    names: frozenset[str] | None = None
    wrapped: list[Function] = field(default_factory=list)
    _uses: FirstUses | None = None
    _spans: dict[TextRange, Span] = field(default_factory=dict)
    _functions: Mapping[str, FunctionDef] | None = None

    @property
    def is_package(self) -> bool:
        return PurePosixPath(self.path).name == "__init__.py"

    @property
    def is_test(self) -> bool:
        """Whether it holds tests."""
        return is_test_path(self.path)

    @property
    def body(self) -> tuple[StmtT, ...]:
        """Its statements; none of a file that was not read, or cannot be."""
        return self.lowered.body if self.lowered is not None else ()

    def run_at(self, offset: int) -> int:
        """Where what is written at an offset of a notebook first runs."""
        if self._uses is None:
            self._uses = FirstUses.of(self.body)
        return self._uses.run_at(offset)

    @property
    def functions(self) -> Mapping[str, FunctionDef]:
        """Its functions and methods, by names that only one of them has."""
        if self._functions is None:
            found = defaultdict[str, list[FunctionDef]](list)
            pending = list(self.body)
            while pending:
                match pending.pop():
                    case FunctionDef(name=name) as function:
                        found[name].append(function)
                    case ClassDef(body=inner):
                        pending += inner
                    case _:
                        pass
            self._functions = {name: functions[0] for name, functions in found.items() if len(functions) == 1}
        return self._functions

    def span(self, at: TextRange) -> Span:
        """The stretch `at` in lines and columns."""
        known = self._spans.get(at)
        if known is None:
            assert self.lowered is not None
            line, column = self.lowered.place(at[0])
            end_line, end_column = self.lowered.place(at[1])
            known = self._spans[at] = Span(self.path, line, column, end_line, end_column)
        return known


SOURCE_ROOTS = frozenset({"src", "lib", "python", "app", "backend"})
"""Folders that stand for the one around them when modules are looked for."""


STANDARD_PACKAGES = frozenset(
    {
        "asyncio", "collections", "compression", "concurrent", "ctypes", "curses", "dbm", "distutils", "email",
        "encodings", "ensurepip", "html", "http", "idlelib", "importlib", "json", "lib2to3", "logging", "msilib",
        "multiprocessing", "os", "pathlib", "pydoc_data", "pyrepl", "re", "sqlite3", "string", "sysconfig", "test",
        "tkinter", "tomllib", "turtledemo", "unittest", "urllib", "venv", "wsgiref", "xml", "xmlrpc", "zipfile",
        "zoneinfo",
    }
)  # fmt: skip
"""Modules of the standard library that have modules inside; below any other, such as `profile`, a name is one's own."""

PROJECT = "pyproject.toml"
INIT = "/__init__.py"


class Linker:
    """Finds modules by name, as Python would with any of the importer's parent folders on its path.

    The standard library and the roots in `libraries` are not looked for in the repository: a folder called
    `langgraph` in somebody's repository does not shadow the framework. Those in `shadowable_roots` are, as
    `LibraryModel` says. `imports` are the pairs of files, importer first, that were found so far. `asked` are the last
    parts of all names that were looked for: which files are called so is all that is known of the paths.
    """

    def __init__(
        self,
        sources: Sources,
        libraries: frozenset[str],
        yielding: Mapping[str, frozenset[str]] | None = None,
        index: ModuleIndex | None = None,
    ) -> None:
        self.sources = sources
        self.libraries = libraries
        self.shadowable_roots = yielding or {}
        self.modules: dict[str, Module] = {}
        self.imports: set[tuple[str, str]] = set()
        self.asked: set[str] = set()
        found = index or ModuleIndex(sources.paths)
        self._exact, self._by_last = found.exact, found.by_last
        self._nearest_known: dict[tuple[Parts, Parts], Parts | None] = {}

    def module(self, path: str) -> Module:
        """The module of a file; its summary is not read yet."""
        if path not in self.modules:
            scope = Scope(0, "module", None, by_cells=path.endswith(".ipynb"))
            self.modules[path] = Module(path, parts_of(path), scope)
        return self.modules[path]

    def absolute(self, importer: Module, dotted: str) -> Module | None:
        """What `import dotted` means in `importer`, or None for a library."""
        name = tuple(dotted.split("."))
        standard = name[0] in sys.stdlib_module_names and (len(name) == 1 or name[0] in STANDARD_PACKAGES)
        if name[0] in self.libraries or standard:
            return None
        found = self._nearest(importer, name)
        if found is None or self._is_copy(found[: len(found) - len(name) + 1]):
            return None
        return self._imported(importer, self._exact[found])

    def origin(self, importer: Module, dotted: str, name: str) -> Module | None:
        """What `from dotted import name` takes the name from, or None for a library."""
        found = self.absolute(importer, dotted)
        if found is None or dotted not in self.shadowable_roots or self.child(found, name) is not None:
            return found
        if self._is_package(found.parts[:-1]):  # and so known by the name of its package
            return None
        lowered = found.lowered or self.sources.lowered(found.path)
        if name == "*":
            return found if lowered is not None and lowered.body else None
        return found if lowered is not None and binds(lowered.body, name, dotted) else None

    def _is_package(self, folder: Parts) -> bool:
        """Whether a folder is a package itself, and so no place that modules are imported from."""
        return (self._path(folder) or "").endswith(INIT)

    def _path(self, name: Parts) -> str | None:
        """The file that goes by a name, seen from the root."""
        self.asked.update(name[-1:])
        return self._exact.get(name)

    def _is_copy(self, root: Parts) -> bool:
        """Whether a package of the repository is a copy of the library it is called like, or that library itself."""
        marks = self.shadowable_roots.get(root[-1])
        return marks is not None and all(self._path((*root, mark)) is not None for mark in marks)

    def relative(self, importer: Module, level: int, dotted: str) -> Module | None:
        """What `from ..dotted import` means in `importer`, or None if there is no such file."""
        up = level - 1 if importer.is_package else level
        if up > len(importer.parts):
            return None
        base = importer.parts[: len(importer.parts) - up]
        path = self._path((*base, *dotted.split(".")) if dotted else base)
        return self._imported(importer, path) if path is not None else None

    def child(self, package: Module, name: str) -> Module | None:
        """The submodule `name` of a package."""
        path = self._path((*package.parts, name))
        return self._imported(package, path) if path is not None and package.is_package else None

    def _imported(self, importer: Module, path: str) -> Module:
        self.imports.add((importer.path, path))
        return self.module(path)

    def _nearest(self, importer: Module, name: Parts) -> Parts | None:
        folder = PurePosixPath(importer.path).parts[:-1]
        if (folder, name) not in self._nearest_known:
            self._nearest_known[folder, name] = self._found(folder, name)
        return self._nearest_known[folder, name]

    def _found(self, folder: Parts, name: Parts) -> Parts | None:
        self.asked.add(name[-1])
        best: tuple[int, Parts] | None = None
        outside_candidates: list[Parts] = []
        for parts in self._by_last.get(name[-1], ()):
            if parts[-len(name) :] != name:
                continue
            root = parts[: len(parts) - len(name)]
            rank = _proximity(root, folder)
            if rank is None:
                outside_candidates.append(parts)
            elif best is None or rank > best[0]:
                best = (rank, parts)
        if best is not None:
            return best[1]
        installed = [
            parts for parts in outside_candidates if self._is_installed(parts[: len(parts) - len(name)], name[0])
        ]
        return installed[0] if len(outside_candidates) == 1 and len(name) > 1 and installed else None

    def _is_installed(self, root: Parts, package: str) -> bool:
        """Whether a folder looks like one that packages are installed from, for code anywhere to import.

        Other folders are on the path of programs inside them, each with its own `nodes` and `tools`.
        """
        named = root[-1].replace("-", "_") == package or root[-1] in SOURCE_ROOTS
        return named or self._path((*root, "setup")) is not None or self._is_project("/".join(root))

    def _is_project(self, folder: str) -> bool:
        """Whether a folder says how it is installed."""
        return self.sources.document(f"{folder}/{PROJECT}") is not None


def _proximity(root: Parts, folder: Parts) -> int | None:
    """How near `root`, a folder that modules are imported from, is to code in `folder`; None if it is not above it."""
    if folder[: len(root)] == root:
        return 2 * len(root) + 1
    if root[-1] in SOURCE_ROOTS and folder[: len(root) - 1] == root[:-1]:
        return 2 * len(root) - 1
    return None
