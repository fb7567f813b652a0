"""The OpenAI Agents SDK: agents that hand over to each other, or use each other as tools."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property

from wflint.evaluate.interpreter import Interpreter
from wflint.evaluate.library import LibraryModel
from wflint.evaluate.values import Object
from wflint.frontends.openai_agents.groups import workflows
from wflint.frontends.openai_agents.links import is_agent
from wflint.frontends.openai_agents.steps import names_of, step_of
from wflint.frontends.openai_agents.table import CONSTRUCTORS, table
from wflint.model.workflow import Step, Workflow


class OpenAIAgents:
    """The front end of the OpenAI Agents SDK."""

    name = "openai-agents"
    modules = ("agents",)
    constructors = CONSTRUCTORS
    asked_alone = ()
    brings_others = True
    lists_alone = True

    @cached_property
    def table(self) -> LibraryModel:
        return table()

    def assemble(self, interpreter: Interpreter) -> Iterator[Workflow]:
        """Every group of agents that hang together."""
        return workflows(interpreter, self.name)

    def agents(self, interpreter: Interpreter, made: Object) -> tuple[Step, ...]:
        """An agent that the runner runs."""
        names = names_of(made) if is_agent(made) else ()
        return tuple(step_of(interpreter, name, made) for name in names)
