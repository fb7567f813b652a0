"""The frameworks that wflint reads: one literal tuple."""

from __future__ import annotations

from wflint.assembly.frontend import FrontEnd
from wflint.frontends.agent_framework import AgentFramework
from wflint.frontends.autogen import AutoGen
from wflint.frontends.crewai import CrewAI
from wflint.frontends.google_adk import GoogleAdk
from wflint.frontends.haystack import Haystack
from wflint.frontends.langgraph import LangGraph
from wflint.frontends.llamaindex import LlamaIndex
from wflint.frontends.openai_agents import OpenAIAgents
from wflint.frontends.pydantic_graph import PydanticGraph

FRONT_ENDS: tuple[FrontEnd, ...] = (
    LangGraph(),
    CrewAI(),
    AutoGen(),
    GoogleAdk(),
    AgentFramework(),
    OpenAIAgents(),
    LlamaIndex(),
    PydanticGraph(),
    Haystack(),
)
