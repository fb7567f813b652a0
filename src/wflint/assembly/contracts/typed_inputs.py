"""What the code of a step is given in a declared form beside the state: dependencies, messages, its own fields."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec.structs import replace

from wflint.assembly.contracts.effects import certainty
from wflint.assembly.contracts.parts import part_read
from wflint.assembly.contracts.shapes import NO_BASE, LibraryBase, shape_of
from wflint.assembly.function_summary import FunctionSummary
from wflint.evaluate.answers import ANSWER, Answer
from wflint.evaluate.class_values import Class
from wflint.evaluate.events import MissingAttribute
from wflint.evaluate.interpreter import Interpreter
from wflint.evaluate.modules import Module
from wflint.evaluate.tracked import attribute
from wflint.evaluate.values import InputSource, TrackedValue, Value
from wflint.model.contract import Part, TypedInput
from wflint.source.code import AnnAssign, Assign, Attribute, AugAssign, Name
from wflint.source.walking import nodes_in


def typed_input(
    interp: Interpreter, summary: FunctionSummary, root: InputSource, base: LibraryBase = NO_BASE, *, sent: bool = False
) -> TypedInput:
    """What comes of one tracked input, under the name of its kind."""
    return TypedInput(root.kind, shape_of(root.type, interp, base), _parts_of(summary, root), sent)


def message(interp: Interpreter, summary: FunctionSummary) -> TypedInput:
    """What the step before hands over, as the code declares it."""
    return replace(typed_input(interp, summary, summary.root, sent=True), shape=shape_of(summary.input_type, interp))


def message_in_parts(interp: Interpreter, summary: FunctionSummary) -> TypedInput:
    """The same where the parts of a message are needs of their own, if its class is in the source."""
    whole = message(interp, summary)
    own = whole.shape is not None and not whole.shape.of_elements
    return replace(whole, parts=tuple(part for part in whole.parts if part.path or not own))


def answers(interp: Interpreter, summary: FunctionSummary) -> tuple[TypedInput, ...]:
    """What models and agents that the code asks answer in a declared form."""
    roots = dict.fromkeys(access.symbol.root for access in summary.accesses)
    answered = (root for root in roots if root.kind == ANSWER or isinstance(root, Answer))
    return tuple(replace(typed_input(interp, summary, root), name=ANSWER) for root in answered if root.type is not None)


def own_fields(interp: Interpreter, summary: FunctionSummary, root: InputSource, base: LibraryBase) -> TypedInput:
    """The object whose method the code is: parts of its fields, and attributes that nothing gives it.

    The step before makes it, and hands over what is in its fields, if it has any.
    """
    cls = root.type
    lacking = _lacking(summary.missing, cls) if isinstance(cls, Class) else ()
    sent = isinstance(cls, Class) and bool(cls.declared())
    found = typed_input(interp, summary, root, base, sent=sent)
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
