"""`wflint plan --write` and `--diff`: the sentences of static plans, put into the prompts that they are for."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Iterator
from pathlib import Path, PurePath

from msgspec import Struct, field

from wflint.analyses.plan.response import Instruction, Place
from wflint.errors import UsageError
from wflint.model.prompt import PromptText, TextRole
from wflint.model.workflow import Step, Workflow
from wflint.source.prompt_edit import PromptEdit, add_at_end, add_sentence
from wflint.source.read_files import PROSE
from wflint.survey import Survey
from wflint.writers.plan import PlanSheet

_TELLING = 24
"""So many characters of a prompt's longest line are looked for in a file before it is parsed."""


class _Wanted(Struct, frozen=True):
    """A sentence for the prompt of a step."""

    workflow: Workflow
    step: Step
    sentence: str


class Edits(Struct):
    """The files as they will be, by path below `root`; `done` and `left` say what was put in and what was not."""

    root: Path
    files: tuple[str, ...]
    before: dict[str, str] = field(default_factory=dict)
    after: dict[str, str] = field(default_factory=dict)
    done: list[str] = field(default_factory=list)
    left: list[str] = field(default_factory=list)

    def text(self, path: str) -> str:
        """A file as it is by now; empty where it cannot be read."""
        if path not in self.after:
            try:
                found = (self.root / path).read_bytes().decode("utf-8")
            except (OSError, UnicodeDecodeError):
                found = ""
            self.before[path] = self.after[path] = found
        return self.after[path]

    def diff(self) -> str:
        """What changes, as a unified diff."""
        return "".join(
            line
            for path in sorted(self._changed())
            for line in difflib.unified_diff(
                self.before[path].splitlines(keepends=True),
                self.after[path].splitlines(keepends=True),
                f"a/{path}",
                f"b/{path}",
            )
        )

    def write(self) -> None:
        """Write what has changed."""
        for path in self._changed():
            try:
                (self.root / path).write_bytes(self.after[path].encode("utf-8"))
            except OSError as error:
                raise UsageError(f"{path}: cannot be written: {error.strerror}") from error

    def _changed(self) -> Iterator[str]:
        return (path for path, text in self.after.items() if text != self.before[path])


def edits_of(sheet: PlanSheet, surveyed: Survey) -> Edits:
    """Every sentence for a prompt that is found, once and for one step only, in a Python file or one of its own."""
    edits = Edits(surveyed.request.root, surveyed.recovered.files)
    for wanted in dict.fromkeys(_wanted(sheet)):
        _edit(wanted, edits, surveyed.program.workflows)
    return edits


def _wanted(sheet: PlanSheet) -> Iterator[_Wanted]:
    for planned in sheet.workflows:
        for plan in planned.plans:
            response = plan.response
            if isinstance(response, Instruction) and response.place is Place.PROMPT:
                step = planned.workflow.step(response.step)
                if step is not None:
                    yield _Wanted(planned.workflow, step, response.text)


def _edit(wanted: _Wanted, edits: Edits, workflows: Iterable[Workflow]) -> None:
    texts = _instructions(wanted.step)  # the first is what the model always works by, others are often questions
    if any(wanted.sentence in text.text for text in texts):
        return
    name = f"`{wanted.step.id}` of `{wanted.workflow.id}`"
    first = texts[0]
    others = _sharing(first, wanted.step, workflows)
    path = "" if others else _put(first, wanted.sentence, edits)
    if path:
        edits.done.append(f"{path}: added to the prompt of {name}: {wanted.sentence}")
    elif others:
        edits.left.append(f"the prompt of {name} is also the prompt of `{others[0]}`: add by hand")
    else:
        nowhere = "is neither one string of a Python file nor a file of its own"
        edits.left.append(f"the prompt of {name} {nowhere}: add by hand: {wanted.sentence}")


def _instructions(step: Step) -> tuple[PromptText, ...]:
    texts = step.prompt.texts if step.prompt is not None else ()
    return tuple(text for text in texts if text.role is TextRole.INSTRUCTION)


def _sharing(text: PromptText, step: Step, workflows: Iterable[Workflow]) -> tuple[str, ...]:
    """Other steps that are told the same."""
    others = (other for workflow in workflows for other in workflow.steps if other.id != step.id)
    return tuple(other.id for other in others if any(told.text == text.text for told in _instructions(other)))


def _put(text: PromptText, sentence: str, edits: Edits) -> str:
    """Put a sentence into the one file that holds a text; its path, empty where there is none or several."""
    edit = PromptEdit(text.text, sentence)
    own = add_sentence(edits.text(text.span.path), edit) if text.span.path.endswith(".py") else None
    if own is None and PurePath(text.span.path).suffix in PROSE:
        own = add_at_end(edits.text(text.span.path), edit)
    if own is not None:
        edits.after[text.span.path] = own
        return text.span.path
    clue = _clue(text.text)
    holding = [path for path in edits.files if path.endswith(".py") and clue and clue in edits.text(path)]
    changed = {path: new for path in holding if (new := add_sentence(edits.text(path), edit)) is not None}
    if len(changed) != 1:
        return ""
    edits.after.update(changed)
    return next(iter(changed))


def _clue(text: str) -> str:
    """What a file that holds the text must hold: the beginning of its longest line."""
    parts = (part.strip() for line in text.splitlines() for part in line.split("\u2026"))
    return max(parts, key=len, default="")[:_TELLING].split("{")[0].split("'")[0].split('"')[0]
