"""Runs of a graph that lack what its steps or its callers count on: a coroutine, or something that keeps the state."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from operator import attrgetter

from wflint.assembly.contracts.pauses import is_pause
from wflint.assembly.contracts.run_contexts import Wrapper, contexts_taken
from wflint.evaluate.events import ApiCall, LibraryCall
from wflint.evaluate.expressions.inline_call import function_of
from wflint.evaluate.interpreter import Interpreter
from wflint.evaluate.values import NONE, Bound, Const, Function, Object, Text, Value, text_of
from wflint.evaluate.values import Sequence as Listed
from wflint.frontends.langgraph.graph_draft import GraphDraft
from wflint.frontends.langgraph.keeping import KEEPER, NOTHING
from wflint.frontends.langgraph.refusals import is_coroutine
from wflint.frontends.langgraph.starting import has_thread, is_by_itself
from wflint.frontends.langgraph.steps import PAUSES, RUNTIME, ReadStep
from wflint.frontends.langgraph.table import ASKING_STATE, COMMAND, COMPILED, RUNNING, UPDATING
from wflint.model.contract import Certainty, Part
from wflint.model.grouping import grouped
from wflint.model.workflow import START, Aspect, EdgeKind, Fault, FaultKind, UnresolvedName, Workflow
from wflint.source.code import Assign, Attribute, Constant, ExprT, Name, NamedExpr, Node, StmtT, Subscript
from wflint.source.walking import nodes_in

PLAIN = ("invoke", "stream", "batch")
"""Ways to run a graph that wait for no coroutine."""
ASKING = (*UPDATING, *ASKING_STATE)
"""Methods of a compiled graph that are about a state which is kept."""


def refused_plain_runs(graph: GraphDraft, runs: Sequence[ApiCall]) -> Iterator[Fault]:
    """Plain runs of a graph with a step that is a coroutine function: the run fails when it gets there."""
    run = next((each for each in runs if each.method in PLAIN and is_by_itself(graph.interp, each)), None)
    slow = [name for name, (action, _, sure) in graph.added.items() if sure and _is_function(action)]
    if run is None or not slow:
        return
    first = next((name for name in slow if _begins(graph, name)), None)
    name = first or slow[0]
    text = f'`{run.method}` of a graph whose step "{name}" is async'
    why = f"only `a{run.method}` runs it; the run fails"
    yield Fault(FaultKind.REFUSED, text, run.span, graph.added[name][1].span, why, may_be=first is None)


def refused_contextless_runs(graph: GraphDraft, runs: Sequence[ApiCall]) -> Iterator[Fault]:
    """Runs that are given no context, of a graph with a step that reads an attribute of it."""
    run = next((each for each in runs if each.method in RUNNING and _gives_no_context(graph.interp, each)), None)
    used = next(_uses(graph, RUNTIME), None) if run is not None else None
    if run is not None and used is not None:
        name, part = used
        text = f'a run without a context, of which step "{name}" reads "{part.name}"'
        why = "there is none by default: pass `context=...`; the run fails"
        yield Fault(FaultKind.REFUSED, text, run.span, part.span, why, may_be=not _begins(graph, name))


def _uses(graph: GraphDraft, wrapper: Wrapper) -> Iterator[tuple[str, Part]]:
    """The steps that certainly use something of what each run hands them, each with the first part."""
    for name, (action, _, sure) in graph.added.items():
        function = function_of(action) if sure else None
        given = contexts_taken(graph.interp, [function], wrapper) if function is not None else ()
        part = next((part for each in given for part in each.parts if part.certainty is Certainty.CERTAIN), None)
        if part is not None:
            yield name, part


def refused_answers(graph: GraphDraft, runs: Sequence[ApiCall]) -> Iterator[Fault]:
    """One plain answer for steps that pause at the same time: each of them has to be answered by its id."""
    pausing = {name: call for name, read in graph.read.items() if (call := _pause(read)) is not None}
    answered = next((run for run in runs if run.method in RUNNING and _answers_plainly(run)), None)
    if answered is None or len(pausing) < FEWEST:
        return
    if not is_by_itself(graph.interp, answered, has_thread(answered.get("config", 1))):
        return
    fixed = (edge for edge in graph.draft.edges.values() if edge.kind is not EdgeKind.CONDITIONAL)
    into = grouped(fixed, attrgetter("target"))
    starting = [{edge.source for edge in into.get(name, ())} for name in pausing]
    if set.intersection(*starting):
        names = " and ".join(f'"{name}"' for name in pausing)
        why = f"{names} pause at once; answer them with a dict by the ids of their interrupts"
        first = next(iter(pausing.values()))
        text = "one plain `Command(resume=...)` for several pauses"
        yield Fault(FaultKind.REFUSED, text, answered.span, first.span, why)


FEWEST = 2


def _pause(read: ReadStep) -> LibraryCall | None:
    """Where a step certainly pauses."""
    calls = read.summary.calls if read.summary is not None else ()
    return next((call for call in calls if call.certain and is_pause(call, PAUSES)), None)


def _answers_plainly(run: ApiCall) -> bool:
    given = run.get("input", 0)
    if not isinstance(given, Object) or given.path != COMMAND:
        return False
    answer = given.arguments.get("resume")
    plain = isinstance(answer, Const | Text | Listed) and answer != NONE
    return plain or (answer is not None and answer != NONE and _knows_the_first_only(run.location.module.body))


def _knows_the_first_only(body: Sequence[StmtT]) -> bool:
    """Whether the code of a module looks at the first of the questions that wait, and at the id of none."""
    nodes = list(nodes_in(body))
    names = {node.name for node in nodes if isinstance(node, Attribute)}
    texts = {node.value for node in nodes if isinstance(node, Constant)}
    waiting = {node.name for node in nodes if isinstance(node, NamedExpr) and _asks_what_waits(node.value)}
    set_ = (node.targets for node in nodes if isinstance(node, Assign) and _asks_what_waits(node.value))
    waiting |= {target.id for targets in set_ for target in targets if isinstance(target, Name)}
    firsts = [node.value for node in nodes if isinstance(node, Subscript) and _is_first(node)]
    first = any(_asks_what_waits(each) or (isinstance(each, Name) and each.id in waiting) for each in firsts)
    return first and names.isdisjoint(IDS) and texts.isdisjoint(IDS)


def _asks_what_waits(value: ExprT) -> bool:
    """Whether an expression gives the questions of a run that waits, and not only the first of them."""
    nodes = list(nodes_in((value,)))
    named = any(
        (isinstance(each, Constant) and each.value == WAITING)
        or (isinstance(each, Attribute) and each.name == "interrupts")
        for each in nodes
    )
    return named and not any(map(_is_first, nodes))


def _is_first(node: Node) -> bool:
    match node:
        case Subscript(index=Constant(value=0)):
            return True
        case _:
            return False


IDS = frozenset({"id", "interrupt_id", "ns", "resumable"})
"""How code asks which question it is that waits."""
WAITING = "__interrupt__"
"""The key of a run's result under which the questions are that wait."""


def refused_storeless_graph(graph: GraphDraft, runs: Sequence[ApiCall]) -> Iterator[Fault]:
    """Runs of a graph that is compiled without a store, of which a step uses one."""
    storeless = (each for each in runs if each.method in RUNNING and _has_no_store(each))
    run = next((each for each in storeless if is_by_itself(graph.interp, each)), None)
    used = next(_uses(graph, STORED), None) if run is not None else None
    if run is not None and used is not None:
        name, part = used
        text = f'a run of a graph without a store, which step "{name}" uses'
        why = "there is none by default: compile it with `store=...`; the run fails"
        yield Fault(FaultKind.REFUSED, text, run.span, part.span, why, may_be=not _begins(graph, name))


def _has_no_store(run: ApiCall) -> bool:
    graph = run.subject
    if not isinstance(graph, Object) or graph.path != COMPILED or graph.arguments.open:
        return False
    return graph.arguments.get("store") in (None, NONE) and not {"store", "config"} & graph.content.keys()


STORED = Wrapper(frozenset({"Runtime"}), "langgraph.Runtime", "store")


def _gives_no_context(interp: Interpreter, run: ApiCall) -> bool:
    return not run.arguments.open and run.get("context") in (None, NONE) and is_by_itself(interp, run)


def _is_function(action: Value) -> bool:
    return isinstance(action, Function | Bound) and is_coroutine(action)


def _begins(graph: GraphDraft, name: str) -> bool:
    """Whether every run begins with a step."""
    edge = graph.draft.edges.get((START, name))
    return edge is not None and edge.kind is not EdgeKind.CONDITIONAL


def refused_questions(interp: Interpreter, handles: Iterable[Object], calls: Iterable[ApiCall]) -> Iterator[Fault]:
    """Questions for the state of a graph that keeps none, and runs of one that are to go on with an answer."""
    made = [handle for handle in handles if handle.path == COMPILED]
    for call in calls:
        graph = call.subject
        if not any(graph is handle for handle in made) or not isinstance(graph, Object) or not _keeps_nothing(graph):
            continue
        what = _asked(call)
        if what is not None and is_by_itself(interp, call):
            why = "it keeps no state between runs; compile it with one"
            text = f"{what} of a graph that was compiled without a checkpointer"
            yield Fault(FaultKind.REFUSED, text, call.span, graph.site.span, why)


def _asked(call: ApiCall) -> str | None:
    """What a call counts on, in words."""
    if call.method in ASKING:
        return f"`{call.method}`"
    given = call.get("input", 0) if call.method in RUNNING else None
    if given == NONE:
        return "a run of `None`, which goes on with what is kept,"
    resumed = isinstance(given, Object) and given.path == COMMAND and given.arguments.get("resume") not in (None, NONE)
    return "`Command(resume=...)`" if resumed else None


def _keeps_nothing(graph: Object) -> bool:
    """Whether a graph is certainly compiled with nothing that keeps its state, and given nothing later on."""
    unset = not graph.arguments.open and graph.arguments.get(KEEPER, 0) in NOTHING
    return unset and KEEPER not in graph.content and "config" not in graph.content


OWN = frozenset({"*", "__start__", "__end__", "__input__", "__copy__"})
"""What stands for a step where a run names one, and is none."""
STEPS_OF_RUN = ("interrupt_before", "interrupt_after")
"""Arguments of a run that name steps."""


def strangers(workflow: Workflow, runs: Sequence[ApiCall]) -> Iterator[UnresolvedName]:
    """Steps that runs, and updates of the state, name and that the graph does not have."""
    if any(one.aspect is Aspect.STEPS for one in workflow.unresolved):
        return
    known = {step.id for step in workflow.steps} | OWN
    for run in runs:
        sure = Certainty.CERTAIN if run.certain else Certainty.POSSIBLE
        roles = ("as_node",) if run.method in UPDATING else STEPS_OF_RUN if run.method in RUNNING else ()
        for role in roles:
            given = run.get(role, 2) if role == "as_node" else run.get(role)
            items = given.content if isinstance(given, Listed) else [given] if given is not None else []
            for name in (text_of(item) for item in items):
                if name is not None and name not in known:
                    yield UnresolvedName(name, role, run.span, certainty=sure)


REFUSED_RUNS = (refused_plain_runs, refused_contextless_runs, refused_storeless_graph, refused_answers)
"""What each says of the runs of a graph."""
