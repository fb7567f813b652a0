"""Writes the graphs of fixtures as wflint has them now, to be read and corrected by hand before they are kept.

`python -m tests.frontends.refresh NAME...` takes names of fixtures (`langgraph/bakery_sequence.py`), by default all.
"""

from __future__ import annotations

import sys

from tests.frontends.fixtures import fixtures, graph_of, rendered

if __name__ == "__main__":
    wanted = set(sys.argv[1:])
    for fixture in fixtures():
        if not wanted or fixture.name in wanted:
            fixture.graph.write_text(rendered(graph_of(fixture)) + "\n", encoding="utf-8")
