"""The frameworks that wflint reads: a literal tuple."""

from __future__ import annotations

from wflint.assembly.frontend import FrontEnd
from wflint.frontends.agent_framework import AGENT_FRAMEWORK
from wflint.frontends.autogen import AUTOGEN
from wflint.frontends.crewai import CREWAI
from wflint.frontends.google_adk import GOOGLE_ADK
from wflint.frontends.haystack import HAYSTACK
from wflint.frontends.langgraph import LANGGRAPH
from wflint.frontends.llamaindex import LLAMAINDEX
from wflint.frontends.openai_agents import OPENAI_AGENTS
from wflint.frontends.pydantic_graph import PYDANTIC_GRAPH

FRONT_ENDS: tuple[FrontEnd, ...] = (
    LANGGRAPH,
    CREWAI,
    AUTOGEN,
    GOOGLE_ADK,
    AGENT_FRAMEWORK,
    OPENAI_AGENTS,
    LLAMAINDEX,
    PYDANTIC_GRAPH,
    HAYSTACK,
)
