"""What is seen of a step's code, terse.

A field that is asked for shows as `x`, `x?` where the code copes without it, `x~` where it is asked for on some runs
only. A field that is written shows as `x`, `x~` where only some runs write it, `x<y` where it is computed from `y`.
"""

from __future__ import annotations

from tests.evaluate.programs import ran
from wflint.assembly.contracts.seen import Writes, needs_of, needs_open
from wflint.assembly.reading import Reading, read
from wflint.evaluate.interpreter import Interpreter
from wflint.evaluate.values import Place
from wflint.model.contract import Certainty, Need, Offer

PRELUDE = """
from dataclasses import dataclass, field, replace
from typing import Annotated, Literal, TypedDict
from pydantic import BaseModel
from elsewhere import model, tool

class Plan(BaseModel):
    tasks: list[str]
    title: str = ""

class State(TypedDict, total=False):
    topic: str
    notes: list[str]
    draft: str
    plan: Plan
    kind: Literal["a", "b"]

class Model(BaseModel):
    topic: str
    draft: str = ""

    def shout(self):
        return self.topic.upper()

@dataclass
class Data:
    topic: str
    draft: str = ""

"""


def seen(source: str) -> tuple[Interpreter, Reading]:
    """What is seen of `step`."""
    program = ran(PRELUDE + source)
    step, state = program.value("step"), program.value("State")
    handed_over = Place(program.module(), (0, 0))
    reading = read(program.interpreter, step, state, handed_over)
    assert reading is not None
    return program.interpreter, reading


def needs(source: str) -> str:
    """The fields asked for, in order of use; `...` where there may be more."""
    interp, reading = seen(source)
    shown = [_need(need) for need in needs_of(reading, interp)]
    return " ".join([*shown, "..."] if needs_open(reading) else shown)


def _need(need: Need) -> str:
    parts = "".join(f".{part}" for part in need.attributes)
    return f"{need.name}{'' if need.required else '?'}{'' if need.certainty is Certainty.CERTAIN else '~'}{parts}"


def writes(source: str) -> Writes:
    """The returned updates, gathered."""
    _, reading = seen(source)
    gathered = Writes(reading.root, reading.place)
    for site in reading.returns:
        gathered.add(site.value, site.place, site.certain)
    return gathered


def offers(source: str) -> str:
    """The fields written; `...` where there may be more, `*` where the whole input goes on."""
    gathered = writes(source)
    shown = [_offer(offer) for offer in gathered.offers()]
    shown += ["*"] * gathered.forwards + ["..."] * gathered.open
    return " ".join(shown + [f"({bad.shape})" for bad in gathered.bad])


def _offer(offer: Offer) -> str:
    derived = "".join(f"<{name}" for name in offer.derived_from)
    return f"{offer.name}{'' if offer.certainty is Certainty.CERTAIN else '~'}{derived}"
