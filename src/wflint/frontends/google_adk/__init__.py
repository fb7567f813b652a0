"""Google ADK: trees of agents, and the graphs of `Workflow(edges=...)`."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property

from wflint.assembly.draft import Draft
from wflint.assembly.placing import Placer
from wflint.evaluate.interpreter import Interpreter
from wflint.evaluate.library import Table
from wflint.evaluate.values import Object, Place
from wflint.frontends.google_adk.graphs import graphs
from wflint.frontends.google_adk.parts import called, children, is_made, is_tree, kind_of, name_of
from wflint.frontends.google_adk.table import table
from wflint.frontends.google_adk.trees import Tree
from wflint.model.workflow import Workflow


class GoogleAdk:
    """The front end of Google's Agent Development Kit."""

    name = "google-adk"
    modules = ("google.adk",)

    @cached_property
    def table(self) -> Table:
        return table()

    def assemble(self, interpreter: Interpreter) -> Iterator[Workflow]:
        """The graphs, then every tree whose root is nobody's child."""
        placer = Placer()
        yield from graphs(interpreter, placer, self.name)
        for built in _roots(interpreter):
            candidates = [self._grown(interpreter, placer, root) for root in built]
            best = max(candidates, key=lambda workflow: len(workflow.steps))
            if best.steps:
                yield best

    def _grown(self, interp: Interpreter, placer: Placer, root: Object) -> Workflow:
        assert root.place is not None
        draft = Draft(root.name or name_of(root) or root.maker or "agents", self.name, root.place.span)
        Tree(interp, placer, draft).grow(root)
        return draft.finish(None, None, None, ())


MOST_INSTANCES = 6


def _roots(interp: Interpreter) -> list[list[Object]]:
    """The roots, those together that one place constructs; of these, what real calls made goes before guesses."""
    agents = [made for made in interp.objects if kind_of(made) is not None and is_made(made)]
    held = [child for agent in agents for child, _ in (*children(agent), *called(agent))]
    known = set(map(id, held))
    places = {child.place for child in held}
    sites: dict[Place | None, list[Object]] = {}
    for agent in agents:
        child = id(agent) in known or (agent.synthetic and agent.place in places)
        if not child and is_tree(agent):
            sites.setdefault(agent.place, []).append(agent)
    return [_likely(built)[:MOST_INSTANCES] for built in sites.values()]


def _likely(built: list[Object]) -> list[Object]:
    return [agent for agent in built if not agent.synthetic] or built
