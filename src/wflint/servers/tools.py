"""What an assistant may ask: each method is a tool, its docstring and annotations are what the assistant is told."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Annotated, Literal

from pydantic import Field

from wflint import plugins
from wflint.audit import Audit, audit
from wflint.model.finding import Finding, Level
from wflint.model.lookup import workflows_named
from wflint.servers.root import ServedFolder
from wflint.survey import Survey, survey
from wflint.writers import explain, graph_json, graph_text, mermaid, plan_markdown, text
from wflint.writers.escape import printable
from wflint.writers.plan import sheet_of
from wflint.writers.ranking import listed
from wflint.writers.summary import count, summary
from wflint.writers.text import place

MOST = 100
"""Findings that one answer holds, unless more are asked for."""

Paths = Annotated[
    list[str], Field(description="Files and folders, relative to the root of the server; empty: all of it.")
]
Named = Annotated[str, Field(description="Id or name of a workflow, as the graph tool gives them; empty: all of them.")]


class Tools:
    """The tools of one server."""

    def __init__(self, root: ServedFolder) -> None:
        self._root = root

    async def audit(
        self,
        paths: Paths = [],  # noqa: B006 (it is the schema's default, and nobody changes it)
        least: Annotated[Level, Field(description="The lowest level to report.")] = Level.NOTE,
        most: Annotated[int, Field(ge=1, le=10_000, description="So many findings at most.")] = MOST,
    ) -> str:
        """Find what is wrong with the agent workflows in the repository: one finding a line, the worst first.

        Each line has place, code, rule, level and message. Nothing that is audited is run.
        """
        found = audit(self._root.request(paths))
        findings = [finding for finding in listed(found.findings) if finding.level.rank >= least.rank]
        more = len(findings) - most
        parts = [_notices(found.survey), text.concise(findings[:most], found.survey.recovered.texts, str)]
        parts.append(f"... and {count(more, 'more finding')}\n" if more > 0 else "")
        return "".join((*parts, summary(found.findings, found.survey.program, found.rules)))

    async def graph(
        self,
        paths: Paths = [],  # noqa: B006 (as above)
        shape: Annotated[Literal["text", "json", "mermaid"], Field(description="How it is written.")] = "text",
    ) -> str:
        """Show the workflows: steps with what they need and offer, edges with their labels, what is not known."""
        found = survey(self._root.request(paths))
        match shape:
            case "json":
                return graph_json.write(found.program, found.labels, found.recovered.texts)
            case "mermaid":
                return mermaid.write(found.program, found.labels)
            case "text":
                shown = graph_text.write(found.program, found.labels, found.recovered.texts)
                return _notices(found) + (shown or "There is no workflow.\n")

    async def explain_workflow(
        self,
        workflow: Named = "",
        paths: Paths = [],  # noqa: B006 (as above)
    ) -> str:
        """Say in words what a workflow does: its steps in order with their contracts, loops, joins, what to look at."""
        found = survey(self._root.request(paths))
        chosen = workflows_named(found.program.workflows, _given(workflow))
        texts = found.recovered.texts
        parts = (explain.write(one, found.facts.of(one).loops, found.labels(one), texts) for one in chosen)
        return "\n".join(parts) or "There is no workflow to explain.\n"

    async def explain_finding(
        self,
        rule: Annotated[str, Field(description="Code or name of a rule, such as WF301 or unreachable-step.")],
        path: Annotated[str, Field(description="Show the findings of the rule here, too, with their code.")] = "",
    ) -> str:
        """Explain a finding: what its rule looks for, why it matters, how to fix it, when it stays silent."""
        request = self._root.request([path] if path else ())
        page = plugins.rules(request.effective.plugins, request.written_in).pages.asked_for(rule)
        return f"{page.text}\n{_shown(audit(request), page.code)}" if path else page.text

    async def plan(
        self,
        workflow: Named = "",
        edge: Annotated[str, Field(description="SOURCE->TARGET, two steps; empty: every edge.")] = "",
        paths: Paths = [],  # noqa: B006 (as above)
    ) -> str:
        """Say what to do about an edge: the text to write down once, or what to watch and how to step in."""
        found = survey(self._root.request(paths))
        sheet = sheet_of(found.program.workflows, found.facts, _given(workflow), _given(edge))
        return plan_markdown.write(sheet)


def _given(name: str) -> tuple[str, ...]:
    return (name,) if name else ()


def _notices(found: Survey) -> str:
    texts = found.recovered.texts
    return "".join(
        f"{place(notice.span, texts, str)}: notice: {printable(notice.message)}\n" for notice in found.program.notices
    )


def _shown(found: Audit, code: str) -> str:
    """The findings of a rule with their code and reasons; those about labels of edges, too."""
    own: Iterable[Finding] = [finding for finding in found.findings if finding.code == code]
    return text.full(own, found.survey.recovered.texts, str) or f"There is no finding of {code} here.\n"
