"""The functional API: an `@entrypoint` that calls `@task`s."""

from __future__ import annotations

from wflint.assembly.draft import Draft
from wflint.assembly.reading import read
from wflint.evaluate.events import Event
from wflint.evaluate.interpreter import Interpreter
from wflint.evaluate.values import Arguments, Function, Object, Symbol, Unknown, Value, sources_of, text_of
from wflint.frontends.langgraph.steps import read_step
from wflint.frontends.langgraph.table import ENTRYPOINT
from wflint.model.contract import Certainty
from wflint.model.workflow import END, START, Aspect, Edge, EdgeKind


def entrypoint_function(made: Object) -> Function | None:
    """The function that an `@entrypoint` decorates."""
    function = made.content.get("function")
    return function if made.path == f"{ENTRYPOINT}.made" and isinstance(function, Function) else None


def fold_entrypoint(interp: Interpreter, function: Function, framework: str) -> Draft:
    """The tasks that the entrypoint calls, with an edge wherever one's result goes into another."""
    draft = Draft(function.name, framework, function.place.span)
    before = len(interp.events)
    reading = read(interp, function, None)
    events = [event for event in interp.events[before:] if event.path.endswith(".made.__call__")]
    producers: dict[object, str] = {}
    consumed: set[str] = set()
    last: str | None = None
    for event in events:
        name = _task_name(event.subject)
        if name is None:
            draft.open("a task whose name cannot be told", event.place.span, Aspect.STEPS)
            continue
        if name not in draft.steps:
            task = event.subject.content["function"] if isinstance(event.subject, Object) else Unknown("a task")
            draft.steps[name] = read_step(interp, name, task, event.place, Arguments(), None).step
        feeds = [producers[s.root] for s in sorted_roots(event) if s.root in producers]
        _enter(draft, feeds, name, event, last)
        consumed.update(feeds)
        if isinstance(event.result, Symbol):
            producers[event.result.root] = name
        last = name
    for name in list(draft.steps):
        if name not in consumed:
            draft.add_edge(Edge(name, END, EdgeKind.DIRECT, draft.span, Certainty.POSSIBLE))
    if reading is None or not reading.complete:
        draft.open("the entrypoint is too large to read whole", draft.span, Aspect.EDGES)
    return draft


def sorted_roots(event: Event) -> list[Symbol]:
    """The tracked inputs among a task's arguments, in a stable order."""
    found: list[Symbol] = []
    for argument in event.arguments:
        found += sorted(sources_of(argument), key=lambda s: (s.root.place.at if s.root.place else (0, 0), s.path))
    return found


def _enter(draft: Draft, feeds: list[str], name: str, event: Event, last: str | None) -> None:
    certain = Certainty.CERTAIN if event.certain else Certainty.POSSIBLE
    for source in dict.fromkeys(feeds):
        draft.add_edge(Edge(source, name, EdgeKind.DIRECT, event.place.span, certain))
    if not feeds:
        source = START if last is None else last
        draft.add_edge(
            Edge(START, name, EdgeKind.DIRECT, event.place.span, certain if source == START else Certainty.POSSIBLE)
        )


def _task_name(task: Value) -> str | None:
    if not isinstance(task, Object):
        return None
    given = task.content.get("name")
    if given is not None and (text := text_of(given)) is not None:
        return text
    function = task.content.get("function")
    return function.name if isinstance(function, Function) else None
