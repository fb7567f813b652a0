"""Components of the library that look up just what another one looks up: their outputs are the same."""

from __future__ import annotations

from collections.abc import Hashable, Iterator
from operator import itemgetter

from wflint.assembly.structural_key import structural_key
from wflint.evaluate.values import Mapping, Object, Sequence, Value
from wflint.frontends.haystack.components import class_names, is_own
from wflint.frontends.haystack.invocations import Call
from wflint.frontends.haystack.pipeline import PipelineDraft
from wflint.model.loss import Loss, LossKind

STORE = "store"
LOOKING = ("TextEmbedder", "Retriever", "WebSearch")
"""How names of classes end that look something up, or turn a text into a vector."""


def repeated(pipeline: PipelineDraft, calls: tuple[Call, ...]) -> Iterator[Loss]:
    """The components that are made alike and are given the same by connections and by each of these runs."""
    found: dict[Hashable, str] = {}
    for name in pipeline.components:
        made, span = pipeline.added[name]
        key = _key(pipeline, name, made, calls) if isinstance(made, Object) else None
        first = found.setdefault(key, name) if key is not None else name
        if first != name:
            yield Loss(
                LossKind.REPEAT,
                f'component "{name}"',
                span,
                f'looks up again what "{first}" looks up: both have the same class, settings and inputs',
                "connect the output of one of them to both receivers",
                pipeline.added[first][1],
                name,
            )


def _key(pipeline: PipelineDraft, name: str, made: Object, calls: tuple[Call, ...]) -> Hashable:
    """All that the outputs hang on; None where it is not known, or where nothing gets to the component."""
    kind = class_names(made)[0]
    if is_own(made) or not kind.endswith(LOOKING) or made.arguments.open or made.arguments.rest is not None:
        return None
    settings = [itself(value) for value in made.arguments.positional]
    named = sorted((_set(key, value) for key, value in made.arguments.keywords), key=itemgetter(0))
    arriving = [one for one in pipeline.connections if one.receiver.component == name]
    senders = sorted((one.receiver.socket or "", one.sender.component, one.sender.socket or "") for one in arriving)
    passed = [given for call in calls if (given := _passed(call, name)) is not None]
    known = len(passed) == len(calls) and all(one.certain for one in arriving)
    return (kind, *settings, *named, *senders, *passed) if known and (senders or any(passed)) else None


def _passed(call: Call, name: str) -> tuple[tuple[str, Hashable], ...] | None:
    """What a run passes to a component, None where that is not shown."""
    data = call.api_call.get("data", 0)
    if not call.closed or not isinstance(data, Mapping):
        return None
    given = data.content.get(name)
    if given is None:
        return ()
    if not isinstance(given, Mapping):
        return None
    return tuple(sorted(((str(key), itself(value)) for key, value in given.known()), key=itemgetter(0)))


def _set(name: str, value: Value) -> tuple[str, Hashable]:
    """A setting: a store is itself only, other objects are as good as those made alike."""
    key = itself(value) if STORE in name else structural_key(value)
    return name, id(value) if key is None else key


def itself(value: Value) -> Hashable:
    """A plain value as what it is, an object as itself only."""
    return id(value) if isinstance(value, Object | Mapping | Sequence) else value
