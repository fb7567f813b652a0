"""Crews that are written down as data: `crew.jsonc` with its `agents/*.jsonc`."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import PurePosixPath

from msgspec import Struct, field
from msgspec.structs import replace

from wflint.assembly.chains.runs import Running
from wflint.assembly.frontend import DocumentKind
from wflint.assembly.sequences import elements, is_unset
from wflint.assembly.written import each_entry, listed_like, note_missing
from wflint.evaluate.dependencies import depends_on
from wflint.evaluate.interpreter import Interpreter
from wflint.evaluate.library import CallSite
from wflint.evaluate.python.documents import beside, document, document_at, named
from wflint.evaluate.python.paths import inside
from wflint.evaluate.values import (
    OTHER_KEYS,
    Arguments,
    Const,
    ExternalName,
    Location,
    Mapping,
    Object,
    Sequence,
    Unknown,
    Value,
    text_of,
)
from wflint.frontends.crewai.project import METHOD, WRITTEN
from wflint.source.import_prefilter import Marks

CREW = "crewai.Crew"
TASK = "crewai.Task"
CONDITIONAL = "crewai.ConditionalTask"
AGENT = "crewai.Agent"
ENDINGS = (".jsonc", ".json")
CONDITIONAL_TYPES = frozenset({"conditional", "conditional_task", "ConditionalTask", CONDITIONAL})
REFERENCE = "python"
"""The only key of a mapping that stands for something of the project's code."""
OWN = frozenset({"agents", "tasks", "inputs", "type", "manager_agent", "settings"})
"""Entries that are no plain attributes."""


def load(interp: Interpreter, found: Mapping) -> None:
    """The crew that the framework's command line runs."""
    if isinstance(found.content.get("agents"), Sequence) and isinstance(found.content.get("tasks"), Sequence):
        _crew(interp, found, None)


CREWS = DocumentKind(Marks(names=("crew.jsonc", "crew.json"), words=(b'"agents"', b'"tasks"')), load)


def loaded(call: CallSite) -> Value:
    """`load_crew(path)`: the crew and its default inputs."""
    crew, inputs = _loaded(call)
    return call.interpreter.list_of([crew, inputs], "tuple")


def kicked_off(call: CallSite) -> Value:
    """`load_crew_and_kickoff(path, inputs)`: the defaults hold where nothing else is given."""
    crew, defaults = _loaded(call)
    inputs, given = call.interpreter.dict_of(call.location), call.get("input_overrides", 1)
    for part in (defaults, given):
        if isinstance(part, Mapping):
            inputs.content.update(part.content)
        elif not is_unset(part):
            inputs.content[OTHER_KEYS] = Unknown("an input", call.location)
    arguments = Arguments((), (("inputs", inputs),))
    return RUN(replace(call, path=f"{CREW}.kickoff", receiver=crew, arguments=arguments))


RUN = Running("result", texts=("raw",))


def _loaded(call: CallSite) -> tuple[Value, Value]:
    """The crew that a path leads to, which may be any where the source does not show it, and its inputs."""
    interp, location = call.interpreter, call.location
    found = document_at(interp, call.get("source", 0) or call.get("crew_path", 0), location.module)
    if isinstance(found, Mapping) and found.location is not None:
        folder = call.get("agents_dir", 1) if call.path.endswith("load_crew") else None
        inputs = found.content.get("inputs", interp.dict_of(found.location))
        return _crew(interp, found, folder), inputs
    unknown = Unknown("the inputs of a crew that is not in the source", location, depends_on(*call.arguments))
    return interp.call(ExternalName(CREW), Arguments(open=True), location), unknown


def _crew(interp: Interpreter, found: Mapping, folder: Value | None) -> Value:
    assert found.location is not None
    return Description(interp, found, found.location, folder).crew()


class Description(Struct):
    """A document on its way to a crew; `folder` is where its agents are, if the code says so."""

    interp: Interpreter
    found: Mapping
    location: Location
    folder: Value | None
    agents: dict[str, Value] = field(default_factory=dict)

    def crew(self) -> Value:
        """The crew, with its agents and tasks."""
        listed = self.found.content.get("agents")
        self.agents = {name: self._agent(name, self._at("agents")) for name in _texts(listed)}
        settings = self._settings(self.found)
        given = {name: value for name, value in settings.content.items() if isinstance(name, str)}
        given["agents"] = self._listed([agent for agent in self.agents.values() if isinstance(agent, Object)], listed)
        given["tasks"] = self._listed(self._tasks(), self.found.content.get("tasks"))
        given |= self._manager()
        arguments = Arguments((), tuple(given.items()), open=not self.found.closed)
        made = self.interp.call(ExternalName(CREW), arguments, self.location)
        if isinstance(made, Object):
            made.name = text_of(given.get("name")) or PurePosixPath(self.location.module.path).stem
        return made

    def _at(self, name: str) -> Location:
        return self.found.locations.get(name, self.location)

    def _listed(self, items: list[Value], like: Value | None) -> Sequence:
        made = listed_like(self.interp, items, like)
        made.location = made.location or self.location
        return made

    # ------------------------------------------------------------------------------------------------ agents

    def _manager(self) -> dict[str, Value]:
        value = self.found.content.get("manager_agent")
        name, at = text_of(value), self._at("manager_agent")
        if is_unset(value) or value is None:
            return {}
        return {"manager_agent": self._code(value, at) if name is None else self._agent(name, at)}

    def _agent(self, name: str, at: Location) -> Value:
        """What the document of an agent describes."""
        if name in self.agents:
            return self.agents[name]
        places = tuple(self._folder_of(f"{name}{ending}") for ending in ENDINGS)
        written = next((value for path in places if (value := document(self.interp, path)) is not None), None)
        if isinstance(written, Mapping) and written.location is not None:
            config = self._settings(written)
            inner = written.content.get("settings")
            if isinstance(inner, Mapping):
                more = self._settings(inner)
                config.content.update(more.content)
                config.locations.update(more.locations)
            made = self._made(AGENT, written, config, {})
            if isinstance(made, Object):
                made.content[METHOD] = Const(name)
            return made
        if self.interp.linker.sources.document(places[1]) is None:
            note_missing(self.interp, places[0], f'{places[0]} is not there, so agent "{name}" is not known', at)
        return Unknown("an agent that is not in the source", at)

    def _folder_of(self, name: str) -> str:
        """Where a file of the agents' folder is."""
        if self.folder is None:
            return beside(self.location.module, f"agents/{name}")
        known = inside(self.folder)
        return str(known / name) if known is not None else ""

    # ------------------------------------------------------------------------------------------------- tasks

    def _tasks(self) -> list[Value]:
        written = [entry.value for entry in elements(self.found.content.get("tasks"))]
        tasks = [self._task(each) for each in written]
        names = [text_of(each.content.get("name")) if isinstance(each, Mapping) else None for each in written]
        for number, task in enumerate(tasks):
            if isinstance(task, Object):
                self._tell(task, number, names, tasks)
        return tasks

    def _task(self, written: Value) -> Value:
        if not isinstance(written, Mapping):
            return Unknown("a task that is not described", self.location)
        agent = text_of(written.content.get("agent"))
        given = {"agent": self.agents[agent]} if agent in self.agents else {}
        is_conditional = text_of(written.content.get("type")) in CONDITIONAL_TYPES
        path = CONDITIONAL if is_conditional else TASK
        return self._made(path, written, self._settings(written), given)

    def _tell(self, task: Object, number: int, names: list[str | None], tasks: list[Value]) -> None:
        """Note which names a task may use, and put tasks in place of those that its context uses."""
        known = self.interp.dict_of(self.location)
        known.content["agent"] = self._listed([Const(name) for name in self.agents], None)
        known.content["task"] = self._listed([Const(name) for name in names if name is not None], None)
        task.content[WRITTEN] = known
        config = task.content.get("config")
        context = config.content.get("context") if isinstance(config, Mapping) else None
        if isinstance(context, Sequence):
            found = [_called(text_of(item), number, names, tasks) or item for item in context.content]
            task.content["context"] = self._listed(found, context)

    def _made(self, path: str, written: Mapping, config: Mapping, given: dict[str, Value]) -> Value:
        """What a call with a configuration gives, of a class of the project's own if the document says so."""
        location = written.location or self.location
        kind = written.content.get("type")
        callee = self._code(kind, location) if isinstance(kind, Mapping) else ExternalName(path)
        return self.interp.call(callee, Arguments((), (("config", config), *given.items())), location)

    # ---------------------------------------------------------------------------------------------- settings

    def _settings(self, written: Mapping) -> Mapping:
        """The plain entries of a mapping, with what they refer to."""
        plain = replace(written, content={key: value for key, value in written.content.items() if key not in OWN})
        return each_entry(
            self.interp, plain, written.location or self.location, lambda _, value, at: self._value(value, at)
        )

    def _value(self, value: Value, at: Location) -> Value:
        match value:
            case Mapping(content={"python": _}):
                return self._code(value, at)
            case Mapping(content={"model": Const() as model}):
                return model
            case Sequence(content=items):
                return self._listed([self._value(item, at) for item in items], value)
            case _:
                return value

    def _code(self, reference: Value, at: Location) -> Value:
        """What `{"python": "module.attribute"}` stands for."""
        name = text_of(reference.content.get(REFERENCE)) if isinstance(reference, Mapping) else None
        return named(self.interp, name, at) if name is not None else Unknown("a reference that is not told", at)


def _texts(value: Value | None) -> Iterator[str]:
    for entry in elements(value):
        text = text_of(entry.value)
        if text is not None:
            yield text


def _called(name: str | None, number: int, names: list[str | None], tasks: list[Value]) -> Value | None:
    """The task of a name: the last one before this, else one that comes later."""
    same = [index for index, other in enumerate(names) if name is not None and other == name]
    before = [index for index in same if index < number]
    return tasks[before[-1]] if before else tasks[same[0]] if same else None
