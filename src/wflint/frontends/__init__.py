"""The frameworks that wflint reads, and the documents that describe workflows without any code: literal tuples."""

from __future__ import annotations

from wflint.assembly.frontend import DocumentKind, FrontEnd
from wflint.frontends.agent_framework import AgentFramework
from wflint.frontends.autogen import AutoGen
from wflint.frontends.crewai import CrewAI
from wflint.frontends.crewai.written import CREWS
from wflint.frontends.google_adk import GoogleAdk
from wflint.frontends.google_adk.written import ROOTS
from wflint.frontends.haystack import Haystack
from wflint.frontends.haystack.written import PIPELINES
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

DOCUMENTS: tuple[DocumentKind, ...] = (ROOTS, PIPELINES, CREWS)
