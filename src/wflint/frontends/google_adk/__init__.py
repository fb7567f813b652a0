"""Google ADK: trees of agents, and the graphs of `Workflow(edges=...)`."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property

from wflint.assembly.argument_locator import ArgumentLocator
from wflint.assembly.chains.unused import unused
from wflint.assembly.draft import Draft
from wflint.assembly.groups import counted, variants
from wflint.evaluate.interpreter import Interpreter
from wflint.evaluate.library import LibraryModel
from wflint.evaluate.restoring import folding
from wflint.evaluate.values import Location, Object
from wflint.frontends.google_adk.agents import agent_step
from wflint.frontends.google_adk.graphs import graphs
from wflint.frontends.google_adk.parts import called, children, is_made, is_tree, kind_of, name_of
from wflint.frontends.google_adk.runs import invocations_of
from wflint.frontends.google_adk.session import state_of
from wflint.frontends.google_adk.table import CONSTRUCTORS, table
from wflint.frontends.google_adk.trees import Tree
from wflint.model.workflow import Step, Unused, Workflow


class GoogleAdk:
    """The front end of Google's Agent Development Kit."""

    name = "google-adk"
    modules = ("google.adk",)
    constructors = CONSTRUCTORS
    asked_alone = ()
    brings_others = False
    lists_alone = False

    @cached_property
    def table(self) -> LibraryModel:
        return table()

    def assemble(self, interpreter: Interpreter) -> Iterator[Workflow]:
        """The graphs, then every tree whose root is nobody's child."""
        locator = ArgumentLocator()
        yield from graphs(interpreter, locator, self.name)
        for built in _roots(interpreter):
            with folding(interpreter, _place(built[0])):
                drafts = [(root, self._grown(interpreter, locator, root)) for root in counted(built, _itself)]
                groups = variants(drafts, _root, lambda item: item[1].shape)
                for number, group in enumerate(groups):
                    best = max((draft for _, draft in group), key=lambda draft: len(draft.steps))
                    best.variant = number
                    if best.steps:
                        state = state_of(best.steps.values(), best.span)
                        runs = invocations_of(interpreter, built if len(groups) == 1 else [root for root, _ in group])
                        yield best.finish(state, None, None, runs)

    def agents(self, interpreter: Interpreter, made: Object) -> tuple[Step, ...]:
        """An agent that a runner runs."""
        name = name_of(made) if kind_of(made) is not None and is_made(made) else None
        if name is None or made.location is None:
            return ()
        return (agent_step(interpreter, ArgumentLocator(), made, name, made.location),)

    def _grown(self, interp: Interpreter, locator: ArgumentLocator, root: Object) -> Draft:
        assert root.location is not None
        draft = Draft(root.name or name_of(root) or root.created_in or "agents", self.name, root.location.span)
        Tree(interp, locator, draft).grow(root)
        draft.unused += _forgotten(interp, draft, root)
        return draft


ROOTS = ("root_agent", "root", "app")
"""What the framework's own tools look for in a module."""


def _roots(interp: Interpreter) -> list[list[Object]]:
    """The roots, those together that one place constructs; of these, what real calls made goes before guesses."""
    agents = [made for made in interp.objects if kind_of(made) is not None and is_made(made)]
    held = [child for agent in agents for child, _ in (*children(agent), *called(agent))]
    known = set(map(id, held))
    locations = {child.location for child in held}
    sites: dict[Location | None, list[Object]] = {}
    for agent in agents:
        child = id(agent) in known or (agent.speculative and agent.location in locations)
        if not child and is_tree(agent):
            sites.setdefault(agent.location, []).append(agent)
    return list(sites.values())


def _place(root: Object) -> Location:
    assert root.location is not None
    return root.location


def _itself(root: Object) -> Object:
    return root


def _root(item: tuple[Object, Draft]) -> Object:
    return item[0]


def _forgotten(interp: Interpreter, draft: Draft, root: Object) -> Iterator[Unused]:
    """Agents of the same file that are in no tree and that nobody looks at."""
    module = root.location.module if root.location is not None else None
    if module is None or draft.unresolved:
        return
    agents = [made for made in interp.objects if kind_of(made) is not None and made.location is not None]
    own = [made for made in agents if made.location is not None and made.location.module is module]
    busy = {id(child) for agent in agents for child, _ in (*children(agent), *called(agent))}
    busy |= {id(api_call.subject) for api_call in interp.api_calls} | {id(agent) for agent in own if is_tree(agent)}
    for agent in unused(interp, module, (agent for agent in own if id(agent) not in busy)):
        name = name_of(agent)
        if name is not None and name not in draft.steps and agent.name not in ROOTS and agent.location is not None:
            yield Unused(name, "agent", agent.location.span, "no other agent contains or calls it")
