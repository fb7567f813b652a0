"""The OpenAI Agents SDK: agents that hand over to each other, or use each other as tools."""

from __future__ import annotations

from wflint.assembly.frontend import FrontEnd
from wflint.assembly.recording import once
from wflint.evaluate.interpreter import Interpreter
from wflint.evaluate.values import Location, Object
from wflint.frontends.openai_agents.demands import DEMANDS, RESULTS
from wflint.frontends.openai_agents.groups import workflows
from wflint.frontends.openai_agents.links import is_agent
from wflint.frontends.openai_agents.parameters import PARAMETERS
from wflint.frontends.openai_agents.refusals import refused_agents
from wflint.frontends.openai_agents.releases import CHANGED, PACKAGE
from wflint.frontends.openai_agents.steps import called, names_of, step_of
from wflint.frontends.openai_agents.table import CONSTRUCTORS, table
from wflint.model.workflow import Step


def _agents(interp: Interpreter, made: Object) -> tuple[Step, ...]:
    """An agent that the runner runs; one whose name is worked out is called as the same code calls another."""
    if not is_agent(made):
        return ()
    named = once(interp, (_names_by_place, len(interp.objects)), lambda: _names_by_place(interp))
    names = names_of(made) or named.get(made.site, ()) or called(made)
    return tuple(step_of(interp, name, made) for name in names)


def _names_by_place(interp: Interpreter) -> dict[Location, tuple[str, ...]]:
    """The names that are known of agents, the first at each place where some are made."""
    agents = (made for made in reversed(interp.objects) if is_agent(made))
    return {agent.site: names for agent in agents if (names := names_of(agent))}


OPENAI_AGENTS = FrontEnd(
    "openai-agents",
    modules=("agents",),
    constructors=CONSTRUCTORS,
    package=PACKAGE,
    changed=CHANGED,
    demands=DEMANDS,
    results=RESULTS,
    refused=refused_agents,
    parameters=PARAMETERS,
    library=table,
    workflows=workflows,
    agents=_agents,
    brings_others=True,
    lists_alone=True,
)
