"""Crews as workflows: tasks in a row, with what each is given."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby

from msgspec import Struct, field
from msgspec.structs import replace

from wflint.assembly.argument_locator import ArgumentLocator
from wflint.assembly.contracts.effects import certainty
from wflint.assembly.draft import Draft, edge_kind
from wflint.assembly.sequences import elements, is_known, is_unset
from wflint.evaluate.class_values import Class
from wflint.evaluate.events import ApiCall
from wflint.evaluate.expressions.calls import path_of
from wflint.evaluate.interpreter import Interpreter
from wflint.evaluate.values import (
    NONE,
    Const,
    Location,
    Object,
    RepeatedElement,
    Sequence,
    Value,
    alternatives,
    possibly_unbound,
    text_of,
)
from wflint.frontends.crewai.conditional import misled, misread
from wflint.frontends.crewai.configured import agent_name, disagreements, missing_context, unused_agents
from wflint.frontends.crewai.hooks import silent_hooks
from wflint.frontends.crewai.losses import overwritten_files
from wflint.frontends.crewai.parts import configuration, given, is_open, is_shown_nothing, is_true, place_of
from wflint.frontends.crewai.project import METHOD, PROJECT
from wflint.frontends.crewai.refusals import refused_crew, refused_manager, refused_task
from wflint.frontends.crewai.results import absent_outputs, with_result, with_uses
from wflint.frontends.crewai.table import AGENT, CONDITIONAL_TASK, TASKS
from wflint.frontends.crewai.tasks import Listed, declared_form, guard_losses, key_of, names_of, step_of
from wflint.model.contract import Certainty, Need
from wflint.model.hidden_result import HiddenReason
from wflint.model.span import Span
from wflint.model.workflow import (
    Aspect,
    Edge,
    EdgeKind,
    Exchange,
    FaultKind,
    Invocation,
    Join,
    UnresolvedName,
    Unused,
    Workflow,
)

CONTEXT = "context"
"""Label of edges that are declared as a task's context: nothing else reaches it."""


class CrewDraft(Struct):
    """One crew on its way to a workflow; `ids` are its steps by what makes their tasks one, `last` answers for it."""

    interp: Interpreter
    source: ArgumentLocator
    crew: Object
    draft: Draft
    tasks: list[Listed] = field(default_factory=list)
    ids: dict[object, str] = field(default_factory=dict)
    last: str | None = None


def fold(interp: Interpreter, source: ArgumentLocator, crew: Object, framework: str, span: Span) -> CrewDraft:
    """The steps and edges of a crew."""
    project = crew.content.get(PROJECT)
    of_class = isinstance(project, Class) and project.location.span == span
    name = project.name if isinstance(project, Class) and of_class else crew.name or crew.created_in or "crew"
    made = CrewDraft(interp, source, crew, Draft(name, framework, span))
    _list_tasks(made)
    for name, task in zip(names_of(made.tasks, crew.created_in), made.tasks, strict=True):
        made.ids.setdefault(key_of(task.made), name)
        agent = _agent_of(made, task.made)
        made.draft.steps[name] = step_of(interp, source, name, task, agent)
        _check_task(made, name, task.made)
        made.draft.losses += guard_losses(interp, name, task.made)
    _mark_last(made)
    _connect(made)
    _check_manager(made)
    _check_whole(made)
    _check_agents(made)
    _check_configuration(made, project if of_class and isinstance(project, Class) else None)
    return made


def finish(
    made: CrewDraft, elsewhere: frozenset[object], runs: list[ApiCall], invocations: tuple[Invocation, ...]
) -> Workflow:
    """The workflow; `elsewhere` are the tasks of any crew, which run even if it is not this one that runs them."""
    for task in made.tasks if not made.draft.lacks_steps else ():
        for other, location in _context(made, task):
            if other is not None and key_of(other) not in made.ids and key_of(other) not in elsewhere:
                missing = text_of(other.content.get(METHOD)) or other.name or "a task"
                waiting = made.ids[key_of(task.made)]
                made.draft.unresolved_names.append(
                    UnresolvedName(missing, "context task", location.span, target=waiting, certainty=Certainty.POSSIBLE)
                )
    made.draft.constructed_at.append(made.crew.site.span)
    if made.last is not None:
        step = made.draft.steps[made.last]
        made.draft.steps[made.last] = with_uses(made.interp, step, runs, made.tasks[-1].made)
    if all(task.certain and not task.after_gap for task in made.tasks) and not made.draft.lacks_steps:
        made.draft.losses += absent_outputs(runs, [made.ids[key_of(task.made)] for task in made.tasks])
    finished = made.draft.finish(None, None, None, invocations, Exchange.MESSAGES)
    entered = {edge.target for edge in finished.edges}
    entries = tuple(name for name in made.ids.values() if name not in entered)
    return replace(finished, entries=entries, externally_callable=not invocations, inputs_fill_prompts=True)


# ------------------------------------------------------------------------------------------------------- tasks


def _mark_last(made: CrewDraft) -> None:
    """Say which task answers for the whole crew, if that is known, and with what."""
    last = made.tasks[-1] if made.tasks and not made.draft.lacks_steps else None
    if last is not None and last.certain and last.made.path != CONDITIONAL_TASK:
        made.last = made.ids[key_of(last.made)]
        made.draft.steps[made.last] = with_result(made.interp, made.draft.steps[made.last], last.made)


def _list_tasks(made: CrewDraft) -> None:
    value = made.crew.content.get("tasks") or made.crew.arguments.get("tasks")
    if value is None or not is_known(value):
        made.draft.open("the tasks of the crew are not known statically", made.crew.site.span, Aspect.STEPS)
        return
    lists = [option for option in alternatives(value) if isinstance(option, Sequence)]
    for listing in lists:
        _list_one(made, listing, certain=len(lists) == 1)


def _list_one(made: CrewDraft, listing: Sequence, *, certain: bool) -> None:
    where = listing.location or made.source.written(made.crew, "tasks") or made.crew.site
    written = made.source.items(where)
    gap, first = False, made.tasks[-1].slot + 1 if made.tasks else 0
    for number, item in enumerate(listing.content):
        expression = written[number] if number < len(written) else None
        location = Location(where.module, expression.at) if expression is not None else where
        if isinstance(item, RepeatedElement):
            made.draft.open("the number of tasks is not known statically", location.span, Aspect.STEPS)
            gap = True
            continue
        for entry in elements(made.interp.list_of([item])):
            if isinstance(entry.value, Object) and entry.value.path in TASKS:
                if all(key_of(entry.value) != key_of(task.made) for task in made.tasks):
                    sure = certain and entry.certain
                    filled = certain and not possibly_unbound(item)
                    made.tasks.append(Listed(entry.value, expression, location, sure, gap, first + number, filled))
                gap = False
            else:
                made.draft.open("a task is not known statically", location.span, Aspect.STEPS)
                gap = True


def _agent_of(made: CrewDraft, task: Object) -> Object | None:
    """The agent that a task is given to; the first of those of which it may be one."""
    return next((agent for agent in _agents_of(made, task) if agent is not None), None)


def _agents_of(made: CrewDraft, task: Object) -> Iterator[Object | None]:
    """The agents of which a task is given to one, in person or by the name of the method that makes it."""
    for option in alternatives(given(task, "agent")):
        name = text_of(option)
        listed = (entry.value for entry in elements(made.crew.content.get("agents")) if name is not None)
        named = (agent for agent in listed if isinstance(agent, Object) and text_of(agent.content.get(METHOD)) == name)
        yield option if isinstance(option, Object) else next(named, None)


# ------------------------------------------------------------------------------------------------------- edges


class _Row(Struct, frozen=True):
    """What stands before the next task: `last` are the synchronous ones just before, `running` those still under way.

    More than one in `last`, or one that is not sure, where a task may be left out or another may stand instead.
    """

    last: tuple[tuple[str, bool], ...] = ()
    running: tuple[tuple[str, bool], ...] = ()

    def before(self, *, waits: bool) -> tuple[tuple[str, bool], ...]:
        return self.running or self.last if waits else self.last

    def and_then(self, name: str, *, waits: bool) -> _Row:
        return _Row(((name, True),)) if waits else _Row(self.last, (*self.running, (name, True)))


def _either(ways: list[_Row]) -> _Row:
    """One of several rows, nobody knows which."""
    if len(ways) == 1:
        return ways[0]
    if all(way.running for way in ways):
        return _Row(_unsure(way.last for way in ways), _unsure(way.running for way in ways))
    return _Row(_unsure(way.before(waits=True) for way in ways))


def _unsure(parts: Iterable[tuple[tuple[str, bool], ...]]) -> tuple[tuple[str, bool], ...]:
    return tuple((name, False) for name in dict.fromkeys(name for part in parts for name, _ in part))


def _connect(made: CrewDraft) -> None:
    row = _Row()
    for _, slot in groupby(made.tasks, key=lambda task: task.slot):
        tasks = list(slot)
        row = _Row() if tasks[0].after_gap else row
        ways = [_lead_to(made, task, row) for task in tasks]
        row = _either(ways if tasks[0].filled else [*ways, row])


def _lead_to(made: CrewDraft, task: Listed, row: _Row) -> _Row:
    """Draw what leads to a task; the row after it."""
    name = made.ids[key_of(task.made)]
    waits = not is_true(given(task.made, "async_execution"))
    contexts = list(_context(made, task))
    known = [(made.ids[key_of(other)], location) for other, location in contexts if other and key_of(other) in made.ids]
    if contexts:
        _context_edges(made, task, name, known)
        _leave_out(made, task, name, contexts)
    elif is_shown_nothing(task.made):
        _leave_out(made, task, name, contexts)
    else:
        _row_edges(made, task, name, row.before(waits=waits))
        if not waits:
            _keep_apart(made, task, name, row.running)
    return row.and_then(name, waits=waits)


def _context(made: CrewDraft, task: Listed) -> Iterator[tuple[Object | None, Location]]:
    """The tasks that a task names as its context, each with its place; None for one that cannot be told."""
    for option in alternatives(given(task.made, "context")):
        where = option.location if isinstance(option, Sequence) and option.location is not None else task.made.site
        written = made.source.items(where)
        for number, entry in enumerate(elements(option)):
            location = Location(where.module, written[number].at) if number < len(written) else where
            yield _task_named(made, entry.value), location


def _task_named(made: CrewDraft, value: Value) -> Object | None:
    if isinstance(value, Object) and value.path in TASKS:
        return value
    name = text_of(value)
    return next((task.made for task in made.tasks if name and text_of(task.made.content.get(METHOD)) == name), None)


def _kind(task: Listed, *, several: bool) -> EdgeKind:
    return edge_kind(conditional=task.made.path == CONDITIONAL_TASK, joined=several)


def _context_edges(made: CrewDraft, task: Listed, name: str, sources: list[tuple[str, Location]]) -> None:
    earlier = list(made.ids.values())[: list(made.ids.values()).index(name)]
    for source, location in sources:
        if source not in earlier:
            detail = f'task "{name}" has it as its context, but it runs later'
            made.draft.fault(FaultKind.MISSING_PART, source, location.span, detail=detail)
    sources = [(source, location) for source, location in sources if source in earlier]
    several = len({source for source, _ in sources}) > 1
    join = len(made.draft.joins) if several else None
    step = made.draft.steps[name]
    for source, location in sources:
        kind = _kind(task, several=several)
        sure = certainty(task.certain)
        made.draft.add_edge(Edge(source, name, kind, location.span, sure, label=CONTEXT, join=join))
        if all(need.name != source for need in step.needs):
            step = replace(step, needs=(*step.needs, Need(source, location.span)))
    made.draft.steps[name] = step
    if several:
        joined = tuple(dict.fromkeys(source for source, _ in sources))
        made.draft.joins.append(Join(joined, name, place_of(made.source, task.made, CONTEXT)))


def _leave_out(made: CrewDraft, task: Listed, name: str, contexts: list[tuple[Object | None, Location]]) -> None:
    """The tasks before this one whose results it is not shown, where all that it is shown can be told.

    A crew with a memory looks results up there as well.
    """
    shown = {made.ids.get(key_of(other)) if other is not None else None for other, _ in contexts}
    given_once = isinstance(given(task.made, CONTEXT), Sequence) or is_shown_nothing(task.made)
    if None in shown or not given_once or _remembers(made.crew) or _is_hierarchical(made.crew) is not False:
        return
    span = place_of(made.source, task.made, CONTEXT)
    before = [made.ids[key_of(other.made)] for other in made.tasks[: made.tasks.index(task)] if other.certain]
    made.draft.hide(name, (other for other in before if other not in shown), HiddenReason.LEFT_OUT, span)


def _remembers(crew: Object) -> bool:
    return crew.arguments.open or crew.content.get("memory") not in (None, NONE, Const(value=False))


def _keep_apart(made: CrewDraft, task: Listed, name: str, running: Iterable[tuple[str, bool]]) -> None:
    """What an asynchronous task without a context is not shown: tasks under way, and those that are done as well."""
    if _is_hierarchical(made.crew) is not False or made.crew.arguments.open:
        return
    span = place_of(made.source, task.made, "async_execution")
    beside = [other for other, certain in running if certain]
    made.draft.hide(name, beside, HiddenReason.CONCURRENT, span)
    before = [made.ids[key_of(other.made)] for other in made.tasks[: made.tasks.index(task)] if other.certain]
    if not _remembers(made.crew):
        made.draft.hide(name, (other for other in before if other not in beside), HiddenReason.LEFT_OUT, span)


def _row_edges(made: CrewDraft, task: Listed, name: str, sources: tuple[tuple[str, bool], ...]) -> None:
    several = len(sources) > 1 and all(certain for _, certain in sources)
    join = len(made.draft.joins) if several else None
    for source, certain in sources:
        sure = certainty(task.certain and certain)
        made.draft.add_edge(Edge(source, name, _kind(task, several=several), task.location.span, sure, join=join))
    if several:
        made.draft.joins.append(Join(tuple(source for source, _ in sources), name, task.location.span))


# ------------------------------------------------------------------------------------------------------- checks


def _is_hierarchical(crew: Object) -> bool | None:
    """Whether a manager hands the tasks out; None where that cannot be told."""
    process = crew.content.get("process")
    if is_unset(process):
        return None if crew.arguments.open else False
    last = text_of(process) or path_of(process)
    if last.endswith("hierarchical"):
        return True
    return False if last.endswith("sequential") else None


def _check_manager(made: CrewDraft) -> None:
    crew = made.crew
    if not _is_hierarchical(crew) or crew.arguments.open or crew.cls is not None:
        return
    if is_unset(crew.content.get("manager_llm")) and is_unset(crew.content.get("manager_agent")):
        location = made.source.written(crew, "process") or crew.site
        text = "a hierarchical crew without a manager"
        made.draft.fault(FaultKind.REFUSED, text, location.span, detail="pass `manager_llm` or `manager_agent`")


def _check_whole(made: CrewDraft) -> None:
    """What the framework refuses in a crew all of whose tasks are known."""
    if made.crew.cls is not None or made.draft.lacks_steps or not all(task.certain for task in made.tasks):
        return
    tasks = {made.ids[key_of(task.made)]: task.made for task in made.tasks}
    made.draft.faults += refused_crew(tasks)
    made.draft.faults += refused_manager(made.crew) if _is_hierarchical(made.crew) else ()
    made.draft.faults += (fault for name, task in tasks.items() for fault in refused_task(made.interp, name, task))
    forms = {name: declared_form(task) for name, task in tasks.items()}
    made.draft.losses += (*misread(made.interp, tasks, forms), *overwritten_files(made.source, tasks))
    if _is_hierarchical(made.crew) is False and all(task.filled and not task.after_gap for task in made.tasks):
        made.draft.losses += misled(made.interp, tasks, forms)


def _check_task(made: CrewDraft, name: str, task: Object) -> None:
    """In a crew without a manager, every task needs an agent."""
    known = _is_hierarchical(made.crew) is False and made.crew.cls is None and task.cls is None
    if known and not is_open(task) and given(task, "agent") is None:
        settings = configuration(task)
        location = settings.location if settings is not None and settings.location is not None else task.site
        detail = f'task "{name}" runs in sequence but has no agent'
        made.draft.fault(FaultKind.MISSING_PART, "agent", location.span, detail=detail)


def _check_configuration(made: CrewDraft, project: Class | None) -> None:
    """What the code of a project and its configuration call differently."""
    tasks = [(made.ids[key_of(task.made)], task.made, _agent_of(made, task.made)) for task in made.tasks]
    made.draft.faults += disagreements(made.interp, made.source, tasks)
    made.draft.unresolved_names += [item for name, task, _ in tasks for item in missing_context(task, name)]
    made.draft.losses += silent_hooks(made.crew, project)
    made.draft.unused += unused_agents(made.interp, project) if project is not None else ()


def _check_agents(made: CrewDraft) -> None:
    """In a crew without a manager, an agent works on the tasks that it is given, and on what others delegate."""
    tasks = [(task.made, agent) for task in made.tasks for agent in _agents_of(made, task.made)]
    known = all(not is_open(task) and agent is not None for task, agent in tasks)
    agents = [entry for entry in elements(made.crew.content.get("agents")) if isinstance(entry.value, Object)]
    shared = any(_may_delegate(entry.value) for entry in agents)
    if not tasks or not known or shared or made.draft.unresolved or _is_hierarchical(made.crew) is not False:
        return
    busy = {key_of(agent) for _, agent in tasks if agent is not None}
    for entry in agents:
        agent = entry.value
        if isinstance(agent, Object) and entry.certain and key_of(agent) not in busy:
            reason = f'no task of "{made.draft.name}" is assigned to it'
            made.draft.unused.append(Unused(agent_name(agent), "agent", agent.site.span, reason))


def _may_delegate(agent: Value) -> bool:
    if not isinstance(agent, Object) or agent.path != AGENT or agent.arguments.open:
        return True
    return given(agent, "allow_delegation") not in (None, Const(value=False))
