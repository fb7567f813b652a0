"""Where the code of a project and its configuration disagree on names."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from wflint.assembly.argument_locator import ArgumentLocator
from wflint.assembly.sequences import elements, is_unset, known_text
from wflint.evaluate.class_values import Class
from wflint.evaluate.interpreter import Interpreter
from wflint.evaluate.values import Function, Location, Mapping, Object, text_of
from wflint.frontends.crewai.parts import configuration, given, is_open
from wflint.frontends.crewai.project import METHOD, PROJECT, WRITTEN, methods
from wflint.frontends.crewai.releases import TOLD
from wflint.frontends.crewai.table import AGENT, TASKS
from wflint.model.workflow import Fault, FaultKind, UnresolvedName, Unused
from wflint.source import code
from wflint.source.walking import nodes_in

RESULT = "expected_output"
REQUIRED_OF_TASK = ("description", RESULT)
REQUIRED_OF_AGENT = ("role", "goal", "backstory")
MADE_OF_TEXTS = frozenset({AGENT, *TASKS})
"""What is refused without its texts; what other code makes has been given them there."""
FETCHED = "from_repository"
"""An agent that is looked up elsewhere needs no texts of its own."""


def missing_entry(source: ArgumentLocator, made: Object) -> Fault | None:
    """A task or agent whose code takes an entry of the configuration that is not there."""
    call, project = source.call(made.location), made.content.get(PROJECT)
    if call is None or not isinstance(project, Class):
        return None
    written = next((keyword.value for keyword in call.keywords if keyword.name == "config"), None)
    taken = _entry(written) if written is not None else None
    document = project.find(taken[0]) if taken is not None else None
    if taken is None or written is None or not isinstance(document, Mapping) or not document.closed:
        return None
    if taken[1] in document.content or document.location is None:
        return None
    names = ", ".join(str(name) for name, _ in document.known())
    detail = f"{document.location.module.path} has no such entry (only {names})"
    return Fault(FaultKind.MISSING_PART, taken[1], Location(made.site.module, written.at).span, None, detail)


def _entry(expression: code.ExprT) -> tuple[str, str] | None:
    """`self.tasks_config["find"]` as the document's attribute and the entry's name."""
    match expression:
        case code.Subscript(value=code.Attribute(name=document), index=code.Constant(value=str(entry))):
            return document, entry
        case _:
            return None


def missing_agent(task: Object, name: str) -> Fault | None:
    """A task whose configuration gives it to an agent that no method of the project makes, or no document lists."""
    settings, known = configuration(task), _names(task, "agent")
    if settings is None or known is None or "agent" not in settings.locations:
        return None
    agent = text_of(settings.content["agent"])
    if agent is None or agent in known:
        return None
    lacking = "its crew lists no such agent" if WRITTEN in task.content else "no method creates it"
    detail = f'task "{name}" is assigned to this agent, but {lacking}'
    return Fault(FaultKind.MISSING_PART, agent, settings.locations["agent"].span, None, detail)


def missing_context(task: Object, name: str) -> Iterator[UnresolvedName]:
    """The tasks that a configuration names as context although there are none of that name."""
    settings, known = configuration(task), _names(task, "task")
    if settings is None or known is None or "context" not in settings.locations:
        return
    for entry in elements(settings.content["context"]):
        other = text_of(entry.value)
        if other is not None and other not in known:
            yield UnresolvedName(other, "context task", settings.locations["context"].span, target=name)


def _names(task: Object, mark: str) -> set[str] | None:
    """What a task can call another task or an agent: the methods of its project, or the names in its document."""
    project, written = task.content.get(PROJECT), task.content.get(WRITTEN)
    if isinstance(written, Mapping):
        return {name for entry in elements(written.content[mark]) if (name := text_of(entry.value)) is not None}
    return {method.name for method in methods(project, mark)} if isinstance(project, Class) else None


def lacking_text(interp: Interpreter, task: Object, agent: Object | None, name: str) -> Iterator[Fault]:
    """Texts that tasks and agents cannot be made without, in code or in a document."""
    for made, required in ((task, REQUIRED_OF_TASK), (agent, REQUIRED_OF_AGENT)):
        known = made is not None and made.cls is None and made.path in MADE_OF_TEXTS and not is_open(made)
        if made is None or not known or made.location is None:
            continue
        settings = configuration(made)
        given = set(settings.content) if settings is not None else set()
        given |= {keyword for keyword, value in made.arguments.keywords if not is_unset(value)}
        if FETCHED in given or (settings is not None and not settings.closed):
            continue
        location = settings.location if settings is not None and settings.location is not None else made.location
        for text in required:
            if text not in given:
                whose = f'task "{name}"' if made is task else f'the agent of task "{name}"'
                fault = Fault(FaultKind.MISSING_PART, text, location.span, detail=f"{whose} is described without it")
                yield from TOLD.fault(interp, fault) if text == RESULT else (fault,)


def unused_agents(interp: Interpreter, project: Class) -> Iterator[Unused]:
    """The agents that a document configures and that no code takes, where all that code takes is named."""
    document = project.find("agents_config")
    if not isinstance(document, Mapping) or not document.closed or document.location is None:
        return
    sharing = [cls for cls in interp.classes if cls.find("agents_config") is document or _same(cls, document)]
    taken: set[str] = set()
    for cls in sharing:
        names = _taken(cls)
        if names is None:
            return
        taken |= names
    for name, _ in document.known():
        if isinstance(name, str) and name not in taken and isinstance(document.content[name], Mapping):
            yield Unused(name, "agent", document.locations[name].span, f"no method of {project.name} creates it")


def agent_name(agent: Object) -> str:
    """By what people know an agent: the method that makes it, its name, or its role."""
    return text_of(agent.content.get(METHOD)) or agent.name or known_text(given(agent, "role")) or "an agent"


def _same(cls: Class, document: Mapping) -> bool:
    """Whether a class has the same document."""
    other = cls.find("agents_config")
    ours = document.location.module.path if document.location is not None else None
    return isinstance(other, Mapping) and other.location is not None and other.location.module.path == ours


def _taken(cls: Class) -> set[str] | None:
    """The entries of the agents' document that the code of a class takes by name; None where it takes others too."""
    bodies = [value.node for each in cls.lineage() for value in each.content.values() if isinstance(value, Function)]
    nodes = list(nodes_in(bodies))
    uses = sum(isinstance(node, code.Attribute) and node.name == "agents_config" for node in nodes)
    entries_of = [found for node in nodes if isinstance(node, code.Subscript) and (found := _entry(node)) is not None]
    names = [entry for owner, entry in entries_of if owner == "agents_config"]
    return set(names) if names and uses == len(names) else None


def disagreements(
    interp: Interpreter, source: ArgumentLocator, tasks: Sequence[tuple[str, Object, Object | None]]
) -> Iterator[Fault]:
    """What is missing for some tasks, each with its name and its agent."""
    for name, task, agent in tasks:
        made = [task, agent] if agent is not None else [task]
        found = [missing_agent(task, name), *(missing_entry(source, each) for each in made)]
        yield from lacking_text(interp, task, agent, name)
        yield from (fault for fault in found if fault is not None)
