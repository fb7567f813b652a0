"""What steps keep in the store of their context, and look up there."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from msgspec.structs import replace

from wflint.assembly.coded_step import parameter_type
from wflint.assembly.contracts.dropped_copies import dropped_copies
from wflint.assembly.contracts.kept_values import with_count
from wflint.evaluate.class_values import Class
from wflint.evaluate.events import ApiCall, LibraryCall
from wflint.evaluate.interpreter import Interpreter
from wflint.evaluate.types import bare, name_of
from wflint.evaluate.values import (
    ExternalAttribute,
    Function,
    Generic,
    Location,
    Object,
    Unknown,
    Value,
    last_of,
    text_of,
)
from wflint.frontends.llamaindex.steps import FlowStep, lends
from wflint.model.kept_value import KeptValue
from wflint.model.loss import Loss
from wflint.source import code
from wflint.source.walking import nodes_in

CONTEXT: Final = "Context"
STORE: Final = "store"
KNOWN: Final = frozenset({"get", "set"})
READING: Final = "get_state"
EDITING: Final = "edit_state"
"""How code changes the store as a whole."""
KEY: Final = ("path", "key")
"""What the key is called in newer and in older releases."""
OTHER: Final = ""
"""A key that is not known."""

_Kept = tuple[str, tuple[KeptValue, ...]]
"""The name of a step, and what it keeps and looks up."""


def kept_values(interp: Interpreter, cls: Class, steps: list[FlowStep], *, extended: bool) -> Iterator[_Kept]:
    """What each step does with the store; what other methods do, and heirs where only those are run, is the first's."""
    methods = [value for each in cls.lineage() for value in each.content.values() if isinstance(value, Function)]
    nodes = list(nodes_in(method.node for method in methods))
    own = {id(step.function) for step in steps}
    helpers = [method for method in methods if id(method) not in own]
    unseen = [method for method in helpers if not _is_seen(method, helpers, steps)]
    aside = nodes_in(method.node for method in unseen)
    kept = {key for node in aside if isinstance(node, code.Call) for key in _set(node)}
    brought = any(_brings_one(api_call, cls) for api_call in interp.api_calls)
    open_ = extended or brought or OTHER in kept or any(_is_otherwise(node) for node in nodes)
    own_values = [list(_of_step(interp, step)) for step in steps]
    paths = kept | {value.key for values in own_values for value in values if value.is_set and value.key is not None}
    for number, step in enumerate(steps):
        others = (*sorted({_root(key) for key in kept - {OTHER}}), *([None] if open_ else [])) if number == 0 else ()
        further = (KeptValue(key, step.span, is_set=True, certain=False) for key in others)
        yield step.name, (*(_by_root(value, paths) for value in own_values[number]), *further)


def _is_seen(helper: Function, helpers: list[Function], steps: list[FlowStep]) -> bool:
    """Whether a method is run by steps alone, each of which was seen to set with it what it sets."""
    elsewhere = any(_names(other, helper.name) for other in helpers)
    calling = [step for step in steps if _names(step.function, helper.name)]
    return bool(calling) and not elsewhere and all(_sets_with(step, helper) for step in calling)


def _names(function: Function, method: str) -> bool:
    return any(isinstance(node, code.Attribute) and node.name == method for node in nodes_in((function.node,)))


def _sets_with(step: FlowStep, helper: Function) -> bool:
    """Whether the code of a step was seen from end to end, and in it each place where a method sets something."""
    if step.summary is None or not step.summary.complete:
        return False
    found = {call.location.at for call in step.summary.calls if call.location.module is helper.module}
    setting = [node for node in nodes_in((helper.node,)) if isinstance(node, code.Call) and list(_set(node))]
    return all(node.at in found for node in setting)


def _by_root(value: KeptValue, paths: set[str]) -> KeptValue:
    """A value by what its path begins with; one that is looked up where only others within it are set, by its path."""
    key = value.key
    if key is None or "." not in key:
        return value
    met = any(f"{path}.".startswith(f"{key}.") or f"{key}.".startswith(f"{path}.") for path in paths)
    beside = any(_root(path) == _root(key) for path in paths)
    return value if beside and not met and not value.is_set else replace(value, key=_root(key))


def _brings_one(api_call: ApiCall, cls: Class) -> bool:
    """Whether a run of the class, or of one that is made from it, is given a context, with whatever that holds."""
    made = api_call.subject.cls if isinstance(api_call.subject, Object) else None
    return made is not None and cls in made.lineage() and api_call.get("ctx", 0) is not None


def _set(call: code.Call) -> Iterator[str]:
    """The key that a call sets in a store, as it stands there, whatever it is called on."""
    if not isinstance(call.func, code.Attribute) or call.func.name != "set":
        return
    named = [keyword.value for keyword in call.keywords if keyword.name in KEY]
    for given in (*call.args[:1], *named):
        yield given.value if isinstance(given, code.Constant) and isinstance(given.value, str) else OTHER


def _is_otherwise(node: code.Node) -> bool:
    """Whether code may set keys in another way: as a whole, or in older releases in the data of the context."""
    if not isinstance(node, code.Attribute):
        return False
    whole = isinstance(node.value, code.Attribute) and node.value.name == STORE and node.name not in KNOWN
    return whole or (node.name == "data" and isinstance(node.value, code.Name))


def _of_step(interp: Interpreter, step: FlowStep) -> Iterator[KeptValue]:
    """What the code of a step was seen to do with its context; anything, where it is lent to others."""
    summary = step.summary
    if summary is None or not summary.complete or lends(step):
        yield KeptValue(None, step.span, is_set=True)
        return
    contexts = contexts_of(interp, step)
    for call in summary.calls:
        given = _key(call)
        if call.method in KNOWN and given is not None and is_store_of(call.receiver, contexts):
            key, is_set = text_of(given), call.method == "set"
            copes = not is_set and (call.tried or call.get("default", 1) is not None)
            value = KeptValue(key, call.span, is_set, call.certain, copes, fails=not is_set and not copes)
            yield with_count(summary, call, value)
        elif call.method == EDITING and is_store_of(call.receiver, contexts):
            yield KeptValue(None, call.span, is_set=True, certain=call.certain)


def contexts_of(interp: Interpreter, step: FlowStep) -> set[Location]:
    """The parameters of a step that take its context."""
    return {
        Location(step.function.module, parameter.at)
        for parameter in step.function.node.parameters
        if _takes_context(parameter_type(interp, step.function, parameter))
    }


def dropped_states(interp: Interpreter, step: FlowStep) -> Iterator[Loss]:
    """Copies of a state of a class of its own, which `get_state` gives, that a step changes and does not put back."""
    parameters = step.function.node.parameters
    typed = {one.name for one in parameters if _is_typed(parameter_type(interp, step.function, one))}

    def gives_copy(value: code.ExprT) -> bool:
        match value:
            case code.Await(
                value=code.Call(
                    func=code.Attribute(value=code.Attribute(value=code.Name(id=name), name=store), name=method)
                )
            ):
                return name in typed and store == STORE and method == READING
            case _:
                return False

    advice = f"put it back with `set_state`, or change it within `{EDITING}`"
    yield from dropped_copies(step.function, step.name, gives_copy=gives_copy, advice=advice)


def _is_typed(type_: Value | None) -> bool:
    """Whether a parameter takes the context of a workflow whose state is an object of a class."""
    return isinstance(type_, Generic) and name_of(type_.base) == CONTEXT and isinstance(bare(type_.arguments[0]), Class)


def _key(call: LibraryCall) -> Value | None:
    return next((given for name in KEY if (given := call.get(name, 0)) is not None), None)


def _root(key: str) -> str:
    """What a path in the store begins with."""
    return key.partition(".")[0]


def _takes_context(type_: Value | None) -> bool:
    """Whether a parameter takes the context, and no class says what its store holds from the start."""
    return not isinstance(type_, Generic) and last_of(getattr(type_, "path", "") or "") == CONTEXT


def is_store_of(receiver: Value | None, contexts: set[Location]) -> bool:
    """Whether something is the store of one of the contexts; older ones are stores themselves."""
    if isinstance(receiver, ExternalAttribute) and receiver.name == STORE:
        return is_store_of(receiver.receiver, contexts)
    return isinstance(receiver, Unknown | Object) and receiver.location in contexts
