"""AutoGen: teams that take turns, are managed, hand over, or follow a graph, and runtimes with agents of their own."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec.structs import replace

from wflint.assembly.agents import model_in
from wflint.assembly.chains.code_loops import begins_afresh, is_looped
from wflint.assembly.draft import Draft
from wflint.assembly.frontend import FrontEnd
from wflint.assembly.groups import by_subject, counted, itself, made_as, variants
from wflint.assembly.runs_at_once import refused_pairs
from wflint.assembly.sequences import is_known
from wflint.evaluate.events import ApiCall
from wflint.evaluate.interpreter import Interpreter
from wflint.evaluate.restoring import folding
from wflint.evaluate.values import Object, Value
from wflint.frontends.autogen.core.runtimes import core_workflows
from wflint.frontends.autogen.demands import DEMANDS, INHERITED, RESULTS
from wflint.frontends.autogen.flows import fold_flow
from wflint.frontends.autogen.group_chats import check_selection, fold_managed, fold_round_robin, fold_swarm
from wflint.frontends.autogen.listening import parsings_of, told_by
from wflint.frontends.autogen.named_sources import never_called, unknown_speakers
from wflint.frontends.autogen.parameters import PARAMETERS
from wflint.frontends.autogen.participants import inner_team, name_of, step_of
from wflint.frontends.autogen.refusals import refused_assistants, refused_team
from wflint.frontends.autogen.releases import CHANGED, PACKAGE
from wflint.frontends.autogen.stopping import idle_limits, shared_limits, stopping_of
from wflint.frontends.autogen.table import AGENTS, CONSTRUCTORS, FLOW, ROUND_ROBIN, SWARM, TEAMS, table
from wflint.frontends.autogen.team_draft import TeamDraft, members_of
from wflint.frontends.autogen.tool_rounds import too_few_rounds
from wflint.model.limits import RunLimit
from wflint.model.workflow import START, Aspect, Exchange, Fault, Invocation, Step, Workflow


def _workflows(interp: Interpreter, framework: str) -> Iterator[Workflow]:
    """Every place that makes a team, and every runtime with agents of its own."""
    api_calls, sites = by_subject(interp), made_as(interp, TEAMS)
    teams = [team for alike in sites.values() for team in alike]
    inner = {id(nested) for team in teams for m in members_of(team) if (nested := inner_team(m.value)) is not None}
    for location, alike in sites.items():
        with folding(interp, location):
            chosen = counted([team for team in alike if members_of(team)] or alike, itself)
            groups = variants(chosen, itself, lambda team: tuple(member.name for member in members_of(team)))
            for number, group in enumerate(groups):
                whole = alike if len(groups) == 1 else group
                workflow = _assembled(interp, group, number, api_calls, framework)
                runs = [api_call for team in whole for api_call in api_calls.get(team, ())]
                held = any(id(team) in inner for team in whole)
                yield replace(workflow, externally_callable=not runs and not held)
    yield from core_workflows(interp, framework)


def _agents(interp: Interpreter, made: Object) -> tuple[Step, ...]:
    """An agent that is run without a team."""
    name = name_of(made) if made.path in AGENTS else None
    return (step_of(interp, name, made, made.site),) if name is not None else ()


def _assembled(
    interp: Interpreter, chosen: tuple[Object, ...], number: int, api_calls: dict[Value, list[ApiCall]], framework: str
) -> Workflow:
    """The workflow of teams that are one."""
    team = chosen[0]
    draft = Draft.of(team, framework, "team")
    draft.variant = number
    started: list[ApiCall] = []
    calls: list[Invocation] = []
    folded: set[object] = set()
    flows: list[TeamDraft] = []
    spoken: list[bool] = []
    limits: list[int | None] = []
    by_turns: list[bool] = []
    for made in chosen:
        runs = [api_call for api_call in api_calls.get(made, ()) if api_call.method.startswith("run")]
        graph = made.arguments.get("graph", 1)
        built = api_calls.get(graph.receiver, []) if isinstance(graph, Object) and graph.receiver is not None else []
        flow = TeamDraft(interp, made, draft, members_of(made), stopping_of(made, runs), built)
        flows.append(flow)
        started += runs
        calls += [Invocation(("task",), run.location.span, recursion_limit=flow.stopping.limit) for run in runs]
        shape = tuple(member.name for member in flow.members)
        spoken.append(flow.stopping.by_word)
        limits.append(flow.stopping.limit)
        by_turns.append(flow.stopping.by_turns)
        if shape not in folded:
            folded.add(shape)
            _fold(flow)
            draft.losses += (*idle_limits(made, runs), *shared_limits(made))
    draft.faults += refused_pairs(started, f'"{draft.name}"')
    first = next((name for name in draft.steps if name != START), None)
    workflow = draft.finish(None, None, None, tuple(dict.fromkeys(calls)), Exchange.MESSAGES)
    return replace(
        workflow,
        entries=(first,) if first is not None and team.path != FLOW else (),
        prompt=told_by(started),
        expectations=parsings_of(flows, workflow),
        ends_by_word=all(spoken),
        limit=_limit(
            limits,
            in_all=team.path == ROUND_ROBIN and _all_there_is(started),
            is_exact=len(set(limits)) == 1 and all(by_turns),
        ),
    )


def _all_there_is(runs: list[ApiCall]) -> bool:
    """Whether nobody goes on with a conversation: it is run once, or each run is one of a new team."""
    return (len(runs) == 1 and not is_looped(runs[0])) or (bool(runs) and all(map(begins_afresh, runs)))


def _limit(turns: list[int | None], *, in_all: bool, is_exact: bool) -> RunLimit | None:
    """The limit of teams that are one; None where one of them has none. `in_all` where one run is all there is."""
    known = [each for each in turns if each is not None]
    if not known or len(known) < len(turns):
        return None
    return RunLimit(max(known), "max_turns", given=True, in_all=in_all, is_exact=is_exact)


def _fold(flow: TeamDraft) -> None:
    given = flow.argument("participants", 0)
    if not is_known(given) or (given is None and flow.team.arguments.open):
        flow.draft.open("the participants are not known statically", flow.span, Aspect.STEPS)
    flow.draft.faults += refused_team(flow)
    connect = CONNECTING.get(flow.team.path or "")
    if connect is None and flow.members:
        flow.seat_manager(model_in(flow.argument("model_client", 1), "model", by_name=False))
    flow.seat()
    if connect is not None:
        connect(flow)
    else:
        fold_managed(flow)
        check_selection(flow)
    flow.draft.unresolved_names += unknown_speakers(flow)
    flow.draft.losses += never_called(flow)


CONNECTING = {FLOW: fold_flow, ROUND_ROBIN: fold_round_robin, SWARM: fold_swarm}
"""Who follows whom in teams without a manager."""


def _refused(interp: Interpreter) -> Iterator[Fault]:
    """What agents refuse, or never come to, be they members of a team or not."""
    yield from refused_assistants(interp)
    yield from too_few_rounds(interp)


AUTOGEN = FrontEnd(
    "autogen",
    modules=("autogen_agentchat", "autogen_ext", "autogen_core"),
    constructors=CONSTRUCTORS,
    package=PACKAGE,
    changed=CHANGED,
    demands=DEMANDS,
    results=RESULTS,
    inherited=INHERITED,
    refused=_refused,
    parameters=PARAMETERS,
    library=table,
    workflows=_workflows,
    agents=_agents,
)
