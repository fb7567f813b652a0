"""The OpenAI Agents SDK: agents that hand over to each other, or use each other as tools."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property

from wflint.evaluate.interpreter import Interpreter
from wflint.evaluate.library import Table
from wflint.frontends.openai_agents.groups import workflows
from wflint.frontends.openai_agents.table import table
from wflint.model.workflow import Workflow


class OpenAIAgents:
    """The front end of the OpenAI Agents SDK."""

    name = "openai-agents"
    modules = ("agents",)

    @cached_property
    def table(self) -> Table:
        return table()

    def assemble(self, interpreter: Interpreter) -> Iterator[Workflow]:
        """Every group of agents that hang together."""
        return workflows(interpreter, self.name)
