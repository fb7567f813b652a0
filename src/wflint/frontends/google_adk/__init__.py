"""Google ADK: trees of agents, and the graphs of `Workflow(edges=...)`."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec.structs import replace

from wflint.assembly.agents import part
from wflint.assembly.argument_locator import ArgumentLocator
from wflint.assembly.chains.unused import unused
from wflint.assembly.draft import Draft
from wflint.assembly.frontend import FrontEnd
from wflint.assembly.groups import Group, assembled, by_site, itself
from wflint.assembly.releases import limit_at
from wflint.evaluate.interpreter import Interpreter
from wflint.evaluate.values import Object, alternatives
from wflint.frontends.google_adk.agents import INSTRUCTIONS, agent_step, runs_of_tools
from wflint.frontends.google_adk.demands import DEMANDS, INHERITED, RESULTS
from wflint.frontends.google_adk.graphs import graphs
from wflint.frontends.google_adk.instructions import placeholders
from wflint.frontends.google_adk.parameters import PARAMETERS
from wflint.frontends.google_adk.parts import called, children, is_made, is_tree, kind_of, name_of, tools
from wflint.frontends.google_adk.refusals import refused_agents
from wflint.frontends.google_adk.releases import CHANGED, LIMITS, PACKAGE
from wflint.frontends.google_adk.runs import invocations_of
from wflint.frontends.google_adk.session import keys_of_no_run, state_of
from wflint.frontends.google_adk.table import CONSTRUCTORS, AgentKind, table
from wflint.frontends.google_adk.trees import DEEPEST, Tree
from wflint.frontends.google_adk.written import ROOTS as DOCUMENTS
from wflint.model.workflow import Step, Unused, Workflow


def _workflows(interp: Interpreter, framework: str) -> Iterator[Workflow]:
    """The graphs, then every tree whose root is nobody's child."""
    locator = ArgumentLocator.of(interp)
    yield from graphs(interp, locator, framework)
    yield from assembled(
        interp,
        by_site(_roots(interp)),
        itself,
        lambda root: _grown(interp, locator, root, framework),
        lambda group: _finished(interp, group),
    )


def _agents(interp: Interpreter, made: Object) -> tuple[Step, ...]:
    """An agent that a runner runs; one that only runs others is none where nobody knows which."""
    name = name_of(made) if kind_of(made) is not None and is_made(made) else None
    works = name is not None and _works(made, DEEPEST)
    return (
        (agent_step(interp, ArgumentLocator.of(interp), made, name, made.site),) if name is not None and works else ()
    )


def _works(agent: Object, depth: int) -> bool:
    """Whether an agent does something itself, or one does that it runs, however deep."""
    if kind_of(agent) not in DISSOLVED:
        return True
    return depth > 0 and any(_works(child, depth - 1) for child, _ in children(agent))


def _grown(interp: Interpreter, locator: ArgumentLocator, root: Object, framework: str) -> Draft:
    draft = Draft(root.name or name_of(root) or root.created_in or "agents", framework, root.site.span)
    Tree(interp, locator, draft).grow(root)
    draft.unused += _forgotten(interp, draft, root)
    return draft


DISSOLVED = (AgentKind.SEQUENTIAL, AgentKind.PARALLEL, AgentKind.LOOP)
"""Agents that run others and do nothing themselves."""
ROOTS = ("root_agent", "root", "app")
"""What the framework's own tools look for in a module."""


def _roots(interp: Interpreter) -> Iterator[Object]:
    """The agents that nobody holds; one that a speculative call makes has a seen one of its site to speak for it."""
    agents = [made for made in interp.objects if kind_of(made) is not None and is_made(made)]
    run = {id(agent): [each.node for each in runs_of_tools(interp, agent)] for agent in agents}
    held = [child for agent in agents for child, _ in (*children(agent), *called(agent))]
    held += [node for nodes in run.values() for node in nodes if isinstance(node, Object)]
    known = set(map(id, held))
    locations = {child.location for child in held}
    exported = _exported(interp)
    for agent in agents:
        child = id(agent) in known or (agent.speculative and agent.location in locations)
        if not child and (is_tree(agent) or run[id(agent)] or (id(agent) in exported and _has_work(agent))):
            yield agent


def _exported(interp: Interpreter) -> frozenset[int]:
    """The agents that the framework's own tools run (ids), whatever they are called where they are made."""
    values = (module.scope.content.get(ROOTS[0]) for module in interp.linker.modules.values())
    held = (option for value in values if value is not None for option in alternatives(value))
    return frozenset(id(option) for option in held if isinstance(option, Object))


def _has_work(agent: Object) -> bool:
    """Whether an agent on its own has tools to work with, or state to read."""
    reads = (part(agent, name) for name in INSTRUCTIONS)
    asked = (need for text in reads if text is not None for need in placeholders(text, agent.site.span))
    return any(True for _ in tools(agent)) or any(need.required for need in asked)


def _finished(interp: Interpreter, group: Group[Object, Draft]) -> Workflow | None:
    draft = group.best(lambda each: len(each.steps))
    if not draft.steps:
        return None
    draft.faults += keys_of_no_run(draft.steps.values())
    calls = invocations_of(interp, group.whole)
    flow = draft.finish(state_of(draft.steps.values(), draft.span), None, None, calls)
    return replace(flow, limit=limit_at(interp, flow.span, LIMITS))


def _forgotten(interp: Interpreter, draft: Draft, root: Object) -> Iterator[Unused]:
    """Agents of the same file that are in no tree and that nobody looks at."""
    module = root.site.module
    if draft.unresolved:
        return
    agents = [made for made in interp.objects if kind_of(made) is not None]
    own = [made for made in agents if made.site.module is module]
    busy = {id(child) for agent in agents for child, _ in (*children(agent), *called(agent))}
    busy |= {id(api_call.subject) for api_call in interp.api_calls} | {id(agent) for agent in own if is_tree(agent)}
    for agent in unused(interp, module, (agent for agent in own if id(agent) not in busy), ROOTS):
        name = name_of(agent)
        if name is not None and name not in draft.steps:
            yield Unused(name, "agent", agent.site.span, "no other agent contains or calls it")


GOOGLE_ADK = FrontEnd(
    "google-adk",
    modules=("google.adk",),
    constructors=CONSTRUCTORS,
    package=PACKAGE,
    changed=CHANGED,
    demands=DEMANDS,
    results=RESULTS,
    inherited=INHERITED,
    refused=refused_agents,
    parameters=PARAMETERS,
    library=table,
    workflows=_workflows,
    agents=_agents,
    lists_alone=True,
    documents=(DOCUMENTS,),
)
