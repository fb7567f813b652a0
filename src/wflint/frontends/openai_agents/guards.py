"""Input guardrails of agents that no run begins with: the SDK (0.24) makes them for the first agent of a run only."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from wflint.assembly.sequences import elements
from wflint.evaluate.events import ApiCall
from wflint.evaluate.modules import Module
from wflint.evaluate.values import ExternalName, Object, Value
from wflint.frontends.openai_agents.links import Link
from wflint.frontends.openai_agents.steps import names_of
from wflint.frontends.openai_agents.table import RUNNING
from wflint.model.contract import Certainty
from wflint.model.loss import Loss, LossKind
from wflint.model.workflow import EdgeKind
from wflint.source import code
from wflint.source.walking import nodes_in

CARRIED_ON = "last_agent"
"""The agent that a run ended with, which the next one may begin with."""


def idle_guards(agents: Sequence[Object], links: Sequence[Link], runs: Sequence[ApiCall]) -> Iterator[Loss]:
    """Those of agents that are only handed over to, where every run in their modules is known."""
    first = [run.subject for run in runs if isinstance(run.subject, Object)]
    modules = {agent.site.module for agent in agents} | {run.location.module for run in runs}
    if not first or not all(_all_known(module, runs) for module in modules):
        return
    for agent in agents:
        ways = [link for link in links if link.target is agent]
        handed = ways and all(link.kind is EdgeKind.HANDOFF and link.source is not agent for link in ways)
        missing = [guard for guard in _guards(agent) if not all(guard in _guards(other) for other in first)]
        if handed and missing and not any(agent is other for other in first):
            for name in names_of(agent):
                yield Loss(
                    LossKind.GUARD,
                    f'the input guardrail of agent "{name}"',
                    agent.site.span,
                    "never runs: only the agent that a run begins with has its input guarded, and this one is handed "
                    "over to",
                    "give the guardrail to the first agent, or check in the code of a tool",
                    runs[0].location.span,
                    name,
                )


def passed_over(agents: Sequence[Object], links: Sequence[Link], runs: Sequence[ApiCall]) -> Iterator[Loss]:
    """Output guardrails of agents that hand over to others without them: only who answers has its answer guarded."""
    if any(run.get("run_config") is not None for run in runs):
        return  # it may have guardrails for all
    for agent in agents:
        own = _guards(agent, "output_guardrails")
        handed = [link for link in links if link.source is agent and link.kind is EdgeKind.HANDOFF and link.certain]
        bare = [link.target for link in handed if not _guards(link.target, "output_guardrails")]
        names = [name for target in bare for name in names_of(target)]
        if own and bare and len(bare) == len(handed) == len(names):
            told = " and ".join(f'"{target}"' for target in names)
            for name in names_of(agent):
                yield Loss(
                    LossKind.GUARD,
                    f'the output guardrail of agent "{name}"',
                    agent.site.span,
                    f"is not asked about the answers of {told}, which it hands over to: only the "
                    "agent that answers has its output guarded",
                    "give them the guardrail, too, or put it into the run's configuration",
                    handed[0].location.span,
                    name,
                    Certainty.POSSIBLE,
                )


def _guards(agent: Object, name: str = "input_guardrails") -> list[Value]:
    return [entry.value for entry in elements(agent.content.get(name)) if entry.certain]


def _all_known(module: Module, runs: Sequence[ApiCall]) -> bool:
    """Whether a module runs nothing else than what was seen to run, and never goes on where a run ended."""
    known = {run.location.at for run in runs if run.location.module is module}
    for node in nodes_in(module.body):
        match node:
            case code.Attribute(name=name) if name == CARRIED_ON:
                return False
            case code.Call(func=code.Attribute(name=name, value=runner), at=at) if name in RUNNING and at not in known:
                if not _is_foreign(module, runner):
                    return False
            case _:
                pass
    return True


def _is_foreign(module: Module, runner: code.ExprT) -> bool:
    """Whether something is another library's (`asyncio.run`)."""
    held = module.scope.content.get(runner.id) if isinstance(runner, code.Name) else None
    return isinstance(held, ExternalName) and not held.path.startswith("agents")
