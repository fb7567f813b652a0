"""The context of a run, as functions are handed it within an object of the framework's: `RunContextWrapper[Desk]`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import partial

from msgspec import Struct

from wflint.assembly.coded_step import parameter_type
from wflint.assembly.contracts.typed_inputs import typed_input
from wflint.assembly.function_summary import summarize
from wflint.assembly.recording import once
from wflint.evaluate.interpreter import Interpreter
from wflint.evaluate.types import bare, name_of
from wflint.evaluate.values import (
    OTHER_KEYS,
    Arguments,
    Function,
    Generic,
    InputSource,
    Mapping,
    Object,
    TrackedValue,
    Unknown,
    Value,
    last_of,
)
from wflint.model.contract import TypedInput

CONTEXT = "context"


class Wrapper(Struct, frozen=True):
    """What is handed over with the context, or with something else that it `holds`: names of its classes, a path.

    `is_dict` is true where it holds that under a key, rather than as an attribute.
    """

    names: frozenset[str]
    path: str
    holds: str = CONTEXT
    is_dict: bool = False


def contexts_taken(interp: Interpreter, functions: Iterable[Function], wrapper: Wrapper) -> Iterator[TypedInput]:
    """What each function takes of the context, by the class that it declares it to be."""
    for function in functions:
        for parameter in function.node.parameters:
            given = parameter_type(interp, function, parameter)
            held = _held(given, wrapper) if wrapper.holds == CONTEXT else None
            if held is None and (wrapper.holds == CONTEXT or not _is_wrapper(given, wrapper)):
                continue
            make = partial(InputSource, wrapper.holds, held, None, function.location)
            root = once(interp, (wrapper.holds, function, held), make)
            summary = summarize(
                interp,
                function,
                held,
                function.location,
                presented=partial(_wrapped, interp, root, wrapper),
                taking=parameter.name,
            )
            if summary is not None and summary.complete:
                yield typed_input(interp, summary, root)


def _is_wrapper(type_: Value | None, wrapper: Wrapper) -> bool:
    inner = type_.base if isinstance(type_, Generic) else type_
    return last_of(name_of(inner)) in wrapper.names


def _held(type_: Value | None, wrapper: Wrapper) -> Value | None:
    """The class of the context in `RunContextWrapper[Class]`."""
    if isinstance(type_, Generic) and last_of(name_of(type_.base)) in wrapper.names and type_.arguments:
        return bare(type_.arguments[0])
    return None


def _wrapped(interp: Interpreter, root: InputSource, wrapper: Wrapper, _: TrackedValue) -> Object | Mapping:
    if wrapper.is_dict:
        config = interp.dict_of(root.location)
        config.content |= {wrapper.holds: TrackedValue(root, (), root.type), OTHER_KEYS: Unknown("a part of a context")}
        return config
    made = interp.object_of(wrapper.path, Arguments(), root.location)
    made.content[wrapper.holds] = TrackedValue(root, (), root.type)
    return made
