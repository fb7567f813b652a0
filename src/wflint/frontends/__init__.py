"""The frameworks that wflint reads: one literal tuple."""

from __future__ import annotations

from wflint.assembly.frontend import FrontEnd
from wflint.frontends.langgraph import LangGraph

FRONT_ENDS: tuple[FrontEnd, ...] = (LangGraph(),)
