"""What steps keep in the store of their context, and look up there."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from msgspec.structs import replace

from wflint.assembly.coded_step import parameter_type
from wflint.assembly.contracts.effects import certainty
from wflint.evaluate.class_values import Class
from wflint.evaluate.events import ApiCall, LibraryCall
from wflint.evaluate.interpreter import Interpreter
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
from wflint.model.contract import Need
from wflint.model.store import StoreUse
from wflint.source import code
from wflint.source.walking import nodes_in

CONTEXT: Final = "Context"
STORE: Final = "store"
KNOWN: Final = frozenset({"get", "set"})
KEY: Final = ("path", "key")
"""What the key is called in newer and in older releases."""
OTHER: Final = ""
"""A key that is not known."""


def store_uses(interp: Interpreter, cls: Class, steps: list[FlowStep], *, extended: bool) -> dict[str, StoreUse]:
    """What each step does with the store, by name; steps of heirs, where only those are run, may do more."""
    methods = [value for each in cls.lineage() for value in each.content.values() if isinstance(value, Function)]
    nodes = list(nodes_in(method.node for method in methods))
    kept = {_root(key) for node in nodes if isinstance(node, code.Call) for key in _set(node)}
    brought = any(_brings_one(api_call, cls) for api_call in interp.api_calls)
    others = extended or brought or OTHER in kept or any(_is_otherwise(node) for node in nodes)
    uses = {step.name: _use(interp, step) for step in steps}
    return {
        name: replace(use, kept=tuple(sorted({*use.kept, *kept})), open=use.open or others)
        for name, use in uses.items()
    }


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


def _use(interp: Interpreter, step: FlowStep) -> StoreUse:
    """What the code of a step was seen to do with its context."""
    summary = step.summary
    if summary is None or not summary.complete or lends(step):
        return StoreUse(open=True)
    contexts = {
        Location(step.function.module, parameter.at)
        for parameter in step.function.node.parameters
        if _takes_context(parameter_type(interp, step.function, parameter))
    }
    calls = [call for call in summary.calls if _is_of(call.receiver, contexts)]
    keys = [(call, text_of(key)) for call in calls if call.method in KNOWN and (key := _key(call)) is not None]
    kept = tuple(_root(key) for call, key in keys if call.method == "set" and key is not None)
    return StoreUse(tuple(_lookups(keys)), kept, open=any(key is None for call, key in keys if call.method == "set"))


def _lookups(keys: list[tuple[LibraryCall, str | None]]) -> Iterator[Need]:
    """The keys without which the code fails, as a look-up with no default does."""
    seen: set[str] = set()
    for call, key in keys:
        needed = call.method == "get" and not call.tried and call.get("default", 1) is None
        if needed and key is not None and _root(key) not in seen:
            seen.add(_root(key))
            yield Need(_root(key), call.span, certainty=certainty(call.certain))


def _key(call: LibraryCall) -> Value | None:
    return next((given for name in KEY if (given := call.get(name, 0)) is not None), None)


def _root(key: str) -> str:
    """What a path in the store begins with."""
    return key.partition(".")[0]


def _takes_context(type_: Value | None) -> bool:
    """Whether a parameter takes the context, and no class says what its store holds from the start."""
    return not isinstance(type_, Generic) and last_of(getattr(type_, "path", "") or "") == CONTEXT


def _is_of(receiver: Value | None, contexts: set[Location]) -> bool:
    """Whether something is the store of one of the contexts; older ones are stores themselves."""
    if isinstance(receiver, ExternalAttribute) and receiver.name == STORE:
        return _is_of(receiver.receiver, contexts)
    return isinstance(receiver, Unknown) and receiver.location in contexts
