"""The frameworks that wflint reads: one literal tuple."""

from __future__ import annotations

from wflint.assembly.frontend import FrontEnd
from wflint.frontends.google_adk import GoogleAdk
from wflint.frontends.langgraph import LangGraph
from wflint.frontends.llamaindex import LlamaIndex
from wflint.frontends.openai_agents import OpenAIAgents

FRONT_ENDS: tuple[FrontEnd, ...] = (LangGraph(), GoogleAdk(), OpenAIAgents(), LlamaIndex())
