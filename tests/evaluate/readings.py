"""What is seen of a step's code, terse.

A field that is asked for shows as `x`, `x?` where the code copes without it, `x~` where it is asked for on some runs
only. A field that is written shows as `x`, `x~` where only some runs write it, `x<y` where it is computed from `y`.
"""

from __future__ import annotations

from tests.evaluate.programs import ran
from wflint.assembly.contracts.effects import WriteSet, needs_open, read_set
from wflint.assembly.function_summary import FunctionSummary, summarize
from wflint.evaluate.interpreter import Interpreter
from wflint.evaluate.values import Location
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


def seen(source: str) -> tuple[Interpreter, FunctionSummary]:
    """What is seen of `step`."""
    program = ran(PRELUDE + source)
    step, state = program.value("step"), program.value("State")
    handed_over = Location(program.module(), (0, 0))
    summary = summarize(program.interpreter, step, state, handed_over)
    assert summary is not None
    return program.interpreter, summary


def needs(source: str) -> str:
    """The fields asked for, in order of use; `...` where there may be more."""
    interp, summary = seen(source)
    shown = [_need(need) for need in read_set(summary, interp)]
    return " ".join([*shown, "..."] if needs_open(summary) else shown)


def _need(need: Need) -> str:
    parts = "".join(f".{part}" for part in need.attributes)
    return f"{need.name}{'' if need.required else '?'}{'' if need.certainty is Certainty.CERTAIN else '~'}{parts}"


def writes(source: str) -> WriteSet:
    """The returned updates, gathered."""
    interp, summary = seen(source)
    gathered = WriteSet(interp, summary.root, summary.location)
    for site in summary.returns:
        gathered.add(site.value, site.location, site.certain)
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
