"""WF001: a template with a placeholder that gets no value."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from wflint.analyses.facts import Facts
from wflint.analyses.wording import listed
from wflint.model.finding import Level, Observation, Related
from wflint.model.prompt import TemplateGap
from wflint.model.workflow import Step, Workflow

_CODE: Final = (".py", ".ipynb")


def check(workflow: Workflow, facts: Facts) -> Iterator[Observation]:
    """Every filling in a step that is reached."""
    for step in workflow.steps:
        if step.id in facts.reachability.reached:
            yield from (_observation(step, gap) for gap in step.template_gaps)


def _observation(step: Step, gap: TemplateGap) -> Observation:
    place = (Related(gap.template, "the template is made here"),) if gap.template not in (None, gap.span) else ()
    return Observation(
        message=f'step "{step.id}" {_what(gap)}',
        span=gap.span,
        key=(step.id, *(_shown(name) for name in gap.placeholders)),
        related=place,
        level=None if gap.fails else Level.WARNING,
        step=step.id,
    )


def _what(gap: TemplateGap) -> str:
    if gap.reason:
        return f"fills a template that cannot be read ({gap.reason}): it raises; write literal braces as {{{{ and }}}}"
    names = listed(_shown(name) for name in gap.placeholders)
    if gap.owner:
        return f"asks for {names}, which no {gap.owner} has: the model gets a text with a gap; name a part that it has"
    if gap.whole:
        return f'shows {names}, but "{gap.whole}" is a text: the model gets single letters of it; show "{gap.whole}"'
    if gap.plain:
        mend = "make the text an f-string" if gap.span.path.endswith(_CODE) else "fill it where the file is read"
        return f"tells its model {names} in braces, which nothing fills in; {mend}"
    if gap.misread and len(gap.misread) == len(gap.placeholders):
        return (
            f"fills a template in which literal braces are read as placeholder{_s(gap)} {names}: it raises; "
            "write literal braces as {{ and }}"
        )
    ends = "it raises" if gap.fails else "the model gets a text with a gap"
    return (
        f"fills a template and gives no value for {names}: {ends}; pass {'them' if _s(gap) else 'it'}, or take the "
        f"placeholder{_s(gap)} out"
    )


def _s(gap: TemplateGap) -> str:
    return "s" if len(gap.placeholders) > 1 else ""


def _shown(name: str) -> str:
    """A placeholder on one line, cut short."""
    plain = " ".join(name.split()).strip('"')
    return plain if len(plain) <= 40 else f"{plain[:39]}…"  # noqa: PLR2004 - as much as fits in a message
