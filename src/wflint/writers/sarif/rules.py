"""Rule pages as SARIF rules."""

from __future__ import annotations

import sarif_om as om

from wflint.model.finding import Level
from wflint.rulebook import RulePage
from wflint.writers.links import rule_page

LONGEST_DESCRIPTION = 1024
"""Characters of `fullDescription` that GitHub keeps."""

FAMILIES = {
    "WF0": "prompts",
    "WF1": "contracts",
    "WF2": "duplication",
    "WF3": "structure",
    "WF4": "routing",
    "WF5": "state",
    "WF6": "resilience",
    "WF7": "loops",
    "WF8": "cost",
    "WF9": "oversight",
}
"""A tag for each hundred of codes."""


def descriptor(page: RulePage) -> om.ReportingDescriptor:
    """The rule with its page as help."""
    return om.ReportingDescriptor(
        id=page.code,
        name=pascal(page.name),
        short_description=om.MultiformatMessageString(text=page.summary),
        full_description=om.MultiformatMessageString(text=_first_paragraph(page)),
        help=om.MultiformatMessageString(text=page.body, markdown=page.body),
        help_uri=rule_page(page.code, page.name),
        default_configuration=om.ReportingConfiguration(level=page.level.value),
        properties={
            "tags": ["agents", "workflow", FAMILIES.get(page.code[:3], "plugin")],
            "precision": page.confidence.value,
            "problem.severity": _severity(page.level),
        },
    )


def pascal(name: str) -> str:
    """The name as one identifier, which is what SARIF's viewers expect: `ReadNeverWritten`."""
    return "".join(word.capitalize() for word in name.split("-"))


def _first_paragraph(page: RulePage) -> str:
    """The first words of the page below its first heading; the summary where there are none."""
    paragraphs = (part.strip() for part in page.body.split("\n\n"))
    text = next((" ".join(part.split()) for part in paragraphs if part and not part.startswith("#")), page.summary)
    return text if len(text) <= LONGEST_DESCRIPTION else text[: LONGEST_DESCRIPTION - 1] + "…"


def _severity(level: Level) -> str:
    match level:
        case Level.ERROR:
            return "error"
        case Level.WARNING:
            return "warning"
        case Level.NOTE:
            return "recommendation"
