"""What a plan can say about an edge: a text to write down once, or what to watch and how to step in."""

from __future__ import annotations

from enum import StrEnum

from msgspec import Struct

JsonSchema = dict[str, object]
"""A JSON Schema: the one record here that is a mapping, because that is what it is on the wire."""


class Place(StrEnum):
    """Where a static plan is written down."""

    PROMPT = "prompt"
    """In a prompt, which a model reads on every run."""
    CODE = "code"
    """In the code of a step."""
    NOWHERE = "nowhere"
    """There is nothing to write down."""


class Site(StrEnum):
    """Where a condition can be checked; each is a place that there is and that runs on this edge."""

    ANSWER = "answer"
    """In the code of the step that asks the model, before it hands the answer on."""
    GUARD = "guard"
    """In what the framework offers around an agent that it runs itself."""
    CALLER = "caller"
    """In the code that runs one step after the other."""
    READER = "reader"
    """At the head of the downstream step's code."""
    ROUTER = "router"
    """In the code that decides who goes next."""
    PICK = "pick"
    """Where it becomes known whom a model has picked, before that one runs."""
    ROUNDS = "rounds"
    """In what decides about another round of a loop."""
    BETWEEN = "between"
    """Between two steps neither of which is code of the project."""


class Action(StrEnum):
    """A way to step in when what arrives does not fit."""

    RERUN = "rerun"
    """Run the step that wrote it again, telling it what was wrong."""
    ADAPT = "adapt"
    """Let the downstream step go on with what there is."""
    ASK = "ask"
    """Stop and ask a person."""


class Instruction(Struct, frozen=True):
    """A static plan: a sentence or two for the prompt or the code of `step`.

    Both are empty where there is nothing to write down; `why` says then why that is so, otherwise what it prevents.
    """

    place: Place
    text: str
    why: str
    step: str = ""


class Intervention(Struct, frozen=True):
    """One way to step in, at most `times` times a run, the next one after that; `site` is where it is done."""

    action: Action
    times: int
    site: Site


class Watch(Struct, frozen=True):
    """A dynamic plan: what to check at a place on the edge, and what to do when it does not hold.

    `condition` says in words what `schema` says to programs, neither of what types or the framework see to already;
    `question` is for a model judge, None where the schema is enough. `writer` is the step whose output is checked.
    `interventions` are in the order to try; `budget` bounds them all together, per run. `first` says what has to be
    mended in the source, because no watching brings it about; empty where there is nothing.
    """

    first: str
    condition: str
    schema: JsonSchema
    question: str | None
    site: Site
    writer: str
    interventions: tuple[Intervention, ...]

    @property
    def budget(self) -> int:
        return sum(item.times for item in self.interventions)
