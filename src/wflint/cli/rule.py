"""`wflint rule`: explains a rule, or lists them."""

from __future__ import annotations

import json

import click
from msgspec.structs import asdict

from wflint.cli.choices import OneOf
from wflint.cli.completion import rules
from wflint.cli.output import emit
from wflint.cli.pages import pages_here
from wflint.errors import ExitCode, UsageError


@click.command()
@click.argument("rule_name", metavar="[CODE|NAME]", required=False, shell_complete=rules)
@click.option("--all", "everything", is_flag=True, help="List all rules.")
@click.option("--output-format", type=OneOf(["text", "json"]), default="text", help="How to print.")
def rule(*, rule_name: str | None, everything: bool, output_format: str) -> int:
    """Explain a rule: what it finds, why it matters, how to fix it, when it stays silent.

    Rules of the packages that the configuration names (`plugins`) are among them.
    """
    if everything == (rule_name is not None):
        raise UsageError("name one rule, or give --all")
    pages = pages_here()
    wanted = pages.pages if rule_name is None else (pages.asked_for(rule_name),)
    if output_format == "json":
        values = [asdict(page) for page in wanted]
        emit(json.dumps(values if everything else values[0], indent=2, ensure_ascii=False) + "\n", None)
    elif everything:
        emit("".join(f"{page.code}  {page.level:<7}  {page.name}: {page.summary}\n" for page in wanted), None)
    else:
        emit(wanted[0].text, None)
    return ExitCode.CLEAN
