"""A front end: Relay, whose steps pass on a shared state, each to the one that it is put `after`."""

from __future__ import annotations

from collections.abc import Iterator

from wflint.assembly.census.constructors import calls
from wflint.assembly.chains.runs import Running
from wflint.assembly.coded_step import coded, unread
from wflint.assembly.contracts.effects import WriteSet
from wflint.assembly.draft import Draft
from wflint.assembly.frontend import FrontEnd, construct, fluent, unmodelled
from wflint.assembly.function_summary import summarize
from wflint.assembly.groups import Group, assembled, itself, made_as
from wflint.assembly.unmodelled import open_unmodelled
from wflint.evaluate.events import ApiCall
from wflint.evaluate.interpreter import Interpreter
from wflint.evaluate.library import CallModel, LibraryModel
from wflint.evaluate.values import Object, Value, text_of
from wflint.model.workflow import START, Aspect, Edge, EdgeKind, Step, StepKind, Workflow

RELAY_CLASS = "relay.Relay"
STEP = f"{RELAY_CLASS}.step"


def table() -> LibraryModel:
    """What the names of Relay mean."""
    rows: dict[str, CallModel] = {
        RELAY_CLASS: construct,
        STEP: fluent,
        f"{RELAY_CLASS}.run": Running("result"),
        f"{RELAY_CLASS}.*": unmodelled,
    }
    return LibraryModel(frozenset({"relay"}), rows, constructors=frozenset({RELAY_CLASS}))


def workflows(interp: Interpreter, framework: str) -> Iterator[Workflow]:
    """Every relay that has steps."""
    sites = made_as(interp, (RELAY_CLASS,))
    return assembled(interp, sites, itself, lambda made: _draft(interp, made, framework), _finished)


def _finished(group: Group[Object, Draft]) -> Workflow | None:
    draft = group.best(lambda each: len(each.steps))
    return draft.finish(None, None, None, ()) if draft.steps or draft.unresolved else None


def _draft(interp: Interpreter, made: Object, framework: str) -> Draft:
    """`relay.step("draft", draft, after="find")`, call by call."""
    draft = Draft.of(made, framework, framework)
    own = [api_call for api_call in interp.api_calls if api_call.subject is made]
    for api_call in own:
        if api_call.path == STEP:
            _add(interp, draft, api_call)
    open_unmodelled(draft, own, interp.library_model)
    return draft


def _add(interp: Interpreter, draft: Draft, api_call: ApiCall) -> None:
    given, span = api_call.arguments, api_call.location.span
    name, code, after = text_of(given.get("name", 0)), given.get("code", 1), given.get("after")
    if name is None or code is None:
        draft.open("a step could not be resolved", span, Aspect.STEPS)
        return
    draft.steps[name] = _step(interp, name, code, api_call)
    source = START if after is None else text_of(after)
    if source is None:
        draft.open("what comes before a step could not be resolved", span, Aspect.EDGES, name)
        return
    draft.add_edge(Edge(source, name, EdgeKind.DIRECT, span))


def _step(interp: Interpreter, name: str, code: Value, api_call: ApiCall) -> Step:
    """A step that needs what its code reads of the state, and offers what it returns."""
    step = Step(name, StepKind.FUNCTION, api_call.location.span)
    summary = summarize(interp, code, None, api_call.location)
    if summary is None:
        return unread(step)
    writes = WriteSet(interp, summary.root, summary.location)
    for site in summary.returns:
        writes.add(site.value, site.location, site.certain)
    found = coded(step, summary, interp)
    return Step(
        name,
        found.kind,
        found.span,
        definition=found.definition,
        offers=writes.offers(),
        needs=found.needs,
        offers_open=writes.open or found.offers_open,
        needs_open=found.needs_open,
    )


RELAY = FrontEnd("relay", table, modules=("relay",), constructors=calls("relay", "Relay"), workflows=workflows)
