"""What the code of a step is given in a declared form beside the state: dependencies, messages, its own fields."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from msgspec.structs import replace

from wflint.assembly.contracts.checks import ANSWER
from wflint.assembly.contracts.effects import certainty, part_read
from wflint.assembly.contracts.shapes import NO_BASE, LibraryBase, shape_of
from wflint.assembly.function_summary import FunctionSummary
from wflint.evaluate.answers import Answer
from wflint.evaluate.class_values import Class
from wflint.evaluate.events import MissingAttribute
from wflint.evaluate.interpreter import Interpreter
from wflint.evaluate.modules import Module
from wflint.evaluate.tracked import attribute
from wflint.evaluate.types import part_type
from wflint.evaluate.values import InputSource, TrackedValue, Value
from wflint.model.contract import Handed, Part, Shape
from wflint.source.code import AnnAssign, Assign, Attribute, AugAssign, Name
from wflint.source.walking import nodes_in


def handed(
    interp: Interpreter, summary: FunctionSummary, root: InputSource, base: LibraryBase = NO_BASE, *, sent: bool = False
) -> Handed:
    """What comes of one tracked input, under the name of its kind."""
    parts = _parts_of(summary, root)
    return Handed(root.kind, _shape_along(interp, root.type, parts, base), parts, sent)


def answers(interp: Interpreter, summary: FunctionSummary) -> tuple[Handed, ...]:
    """What models and agents that the code asks answer in a declared form."""
    roots = dict.fromkeys(access.symbol.root for access in summary.accesses)
    answered = (root for root in roots if root.kind == ANSWER or isinstance(root, Answer))
    return tuple(replace(handed(interp, summary, root), name=ANSWER) for root in answered if root.type is not None)


def own_fields(interp: Interpreter, summary: FunctionSummary, root: InputSource, base: LibraryBase) -> Handed:
    """The object whose method the code is: parts of its fields, and attributes that nothing gives it."""
    cls = root.type
    lacking = _lacking(summary.missing, cls) if isinstance(cls, Class) else ()
    found = handed(interp, summary, root, base)
    return replace(found, parts=(*found.parts, *lacking))


def _parts_of(summary: FunctionSummary, root: InputSource) -> tuple[Part, ...]:
    """The parts that the code cannot do without, each at its first use; what it sets itself is there."""
    accesses = [access for access in summary.accesses if access.symbol.root is root]
    made = {access.symbol.access_path for access in accesses if access.mode in ("set", "nested")}
    found: dict[tuple[str, ...], Part] = {}
    for access in sorted(accesses, key=lambda access: not access.certain):
        path = access.symbol.access_path
        part = None if any(path[: len(one)] == one for one in made) else part_read(access, 0)
        if part is not None:
            found.setdefault(path, part)
    return tuple(found.values())


def _shape_along(
    interp: Interpreter, type_: Value | None, parts: Iterable[Part], base: LibraryBase = NO_BASE
) -> Shape | None:
    """The shape of a type, with those of its parts that lead to parts which are read."""
    shape = shape_of(type_, base)
    deeper: dict[str, list[Part]] = {}
    for part in parts:
        if part.path:
            deeper.setdefault(part.path[0], []).append(replace(part, path=part.path[1:]))
    inner = ((name, _shape_along(interp, part_type(interp, type_, name), inside)) for name, inside in deeper.items())
    known = tuple((name, found) for name, found in inner if found is not None)
    return replace(shape, inner=known) if shape is not None and not shape.of_elements else shape


def _lacking(missing: tuple[MissingAttribute, ...], cls: Class) -> Iterator[Part]:
    """The attributes that objects of a class do not have, as far as its modules show."""
    set_somewhere: dict[Module, frozenset[str]] = {}
    asked = {found.name for found in missing if found.guarded}
    for found in missing:
        modules = {each.module for each in (*found.owner.lineage(), cls)}
        for module in modules - set_somewhere.keys():
            set_somewhere[module] = _set_in(module)
        known = frozenset().union(*(set_somewhere[module] for module in modules))
        if found.owner is cls and found.name not in asked and not known & {found.name, *REFLECTIVE}:
            yield Part(found.name, found.location.span, certainty(found.certain))


REFLECTIVE = frozenset({"setattr", "__dict__", "__setattr__"})
"""What may give an object any attribute."""


def _set_in(module: Module) -> frozenset[str]:
    """The attributes that code of a module sets, of whatever object, and the names by which it may set any."""
    found: set[str] = set()
    for node in nodes_in(module.body):
        match node:
            case Assign(targets=targets):
                found.update(target.name for target in nodes_in(targets) if isinstance(target, Attribute))
            case AugAssign(target=Attribute(name=name)) | AnnAssign(target=Attribute(name=name)):
                found.add(name)
            case Name(id=name) | Attribute(name=name) if name in REFLECTIVE:
                found.add(name)
            case _:
                pass
    return frozenset(found)


def fields_of(interp: Interpreter, cls: Class, root: InputSource) -> dict[str, Value]:
    """The fields that whoever makes an object has to give it, as parts of a tracked input."""
    asked = [name for name, field in cls.declared().items() if field.default is None]
    whole = TrackedValue(root, (), cls)
    return {name: attribute(interp, whole, name, cls.location) for name in asked}
