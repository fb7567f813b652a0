"""The strongly connected parts of a graph: nodes that all lead to each other."""

from __future__ import annotations

from collections.abc import Iterable


def strong_parts(names: Iterable[str], edges: Iterable[tuple[str, str]]) -> tuple[tuple[str, ...], ...]:
    """The parts, those without a predecessor last; edges of other names count for nothing."""
    import rustworkx

    graph: rustworkx.PyDiGraph[str, None] = rustworkx.PyDiGraph()
    index = {name: graph.add_node(name) for name in names}
    graph.add_edges_from_no_data(
        [(index[source], index[target]) for source, target in edges if source in index and target in index]
    )
    return tuple(tuple(graph[node] for node in part) for part in rustworkx.strongly_connected_components(graph))
