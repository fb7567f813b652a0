"""The OpenAI Agents SDK: agents that hand over to each other, or use each other as tools."""

from __future__ import annotations

from wflint.assembly.frontend import FrontEnd
from wflint.evaluate.interpreter import Interpreter
from wflint.evaluate.values import Object
from wflint.frontends.openai_agents.demands import DEMANDS, RESULTS
from wflint.frontends.openai_agents.groups import workflows
from wflint.frontends.openai_agents.links import is_agent
from wflint.frontends.openai_agents.parameters import PARAMETERS
from wflint.frontends.openai_agents.refusals import refused_agents
from wflint.frontends.openai_agents.releases import CHANGED, PACKAGE
from wflint.frontends.openai_agents.steps import called, step_of
from wflint.frontends.openai_agents.table import CONSTRUCTORS, table
from wflint.model.workflow import Step


def _agents(interp: Interpreter, made: Object) -> tuple[Step, ...]:
    """An agent that the runner runs."""
    names = called(made) if is_agent(made) else ()
    return tuple(step_of(interp, name, made) for name in names)


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
