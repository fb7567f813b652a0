"""The walk that finds construction sites."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct

from wflint.assembly.census.constructors import Constructor, Form, Vocabulary
from wflint.assembly.census.names import ClassRef, Names, Resolver, names_of
from wflint.evaluate.modules import Module
from wflint.model.site import Site
from wflint.model.span import Span
from wflint.source import code
from wflint.source.walking import children, structs


class Construction(Struct, frozen=True):
    """A construction site; `function` is the function around it, None where the module itself constructs."""

    site: Site
    form: Form
    subject: str
    function: code.FunctionDef | None = None


class _Here(Struct, frozen=True):
    """Where the walk is: the names in sight and the function around."""

    names: Names
    function: code.FunctionDef | None = None


class Census:
    """Finds the construction sites of one module after the other."""

    def __init__(self, resolver: Resolver, vocabulary: Vocabulary) -> None:
        self._resolver = resolver
        self._vocabulary = vocabulary

    def of(self, module: Module) -> Iterator[Construction]:
        """The construction sites of a module whose summary is there, in order of place."""
        found = [*self._walked(module)]
        yield from sorted(found, key=lambda construction: construction.site.span)

    def re_exports(self, module: Module, found: tuple[Construction, ...]) -> bool:
        """Whether other files may take a constructor from this one, which imports it and constructs nothing."""
        names = self._resolver.names(module)
        return not found and any(
            isinstance(meaning, str) and self._vocabulary.holds(meaning)
            for name in names.bindings
            if (meaning := self._resolver.meaning(module, names, code.Name((0, 0), name)))
        )

    def _walked(self, module: Module) -> Iterator[Construction]:
        pending: list[tuple[Struct, _Here]] = [(node, _Here(self._resolver.names(module))) for node in module.body]
        while pending:
            node, here = pending.pop()
            match node:
                case code.FunctionDef():
                    yield from self._decorated(module, here, node)
                    pending += ((child, here) for child in _outside(node))
                    inside = _Here(names_of(node.body, here.names, node.parameters), node)
                    pending += ((child, inside) for child in node.body)
                case code.ClassDef():
                    yield from self._decorated(module, here, node)
                    yield from self._derived(module, here, node)
                    pending += ((child, here) for child in children(node))
                case _:
                    if isinstance(node, code.Call):
                        yield from self._called(module, here, node)
                    pending += ((child, here) for child in children(node))

    def _called(self, module: Module, here: _Here, node: code.Call) -> Iterator[Construction]:
        meaning = self._resolver.meaning(module, here.names, node.func)
        paths: tuple[str, ...] = (meaning,) if isinstance(meaning, str) else ()
        if isinstance(meaning, ClassRef):
            paths = tuple(self._resolver.ancestors(meaning))
        yield from self._first(paths, Form.CALL, module.span(node.at), _spelled(node.func), here)

    def _derived(self, module: Module, here: _Here, node: code.ClassDef) -> Iterator[Construction]:
        paths = tuple(self._resolver.ancestors(ClassRef(module, node, here.names)))
        yield from self._first(paths, Form.SUBCLASS, module.span(node.at), node.name, here)

    def _decorated(self, module: Module, here: _Here, node: code.FunctionDef | code.ClassDef) -> Iterator[Construction]:
        for decorator in node.decorators:
            named = decorator.func if isinstance(decorator, code.Call) else decorator
            meaning = self._resolver.meaning(module, here.names, named)
            paths = (meaning,) if isinstance(meaning, str) else ()
            yield from self._first(paths, Form.DECORATOR, module.span(node.at), node.name, here)

    def _first(
        self, paths: tuple[str, ...], form: Form, span: Span, subject: str, here: _Here
    ) -> Iterator[Construction]:
        """The construction that the first path that names a constructor stands for."""
        found: list[tuple[str, Constructor]] = [
            entry for path in paths if (entry := self._vocabulary.find(path, form)) is not None
        ]
        for framework, constructor in found[:1]:
            yield Construction(Site(span, framework, constructor.name), form, subject, here.function)


def _outside(node: code.FunctionDef) -> list[Struct]:
    """What of a function is evaluated where it is defined."""
    return structs((node.parameters, node.decorators, node.returns))


def _spelled(node: code.ExprT) -> str:
    """How the source writes what it calls."""
    match node:
        case code.Name(id=name) | code.Attribute(name=name):
            return name
        case code.Subscript(value=value):
            return _spelled(value)
        case _:
            return ""
