"""What Haystack asks of the arguments of its parts (haystack-ai 3.4)."""

from __future__ import annotations

from wflint.assembly.demands import AtLeast, Demands
from wflint.frontends.haystack.table import AGENT

DEMANDS: Demands = {AGENT: (AtLeast(name="tool_concurrency_limit"),)}
