"""`wflint completion`: what a shell needs to complete wflint's words."""

from __future__ import annotations

import click
from click.shell_completion import get_completion_class

from wflint import rulebook
from wflint.cli import output
from wflint.cli.choices import OneOf
from wflint.cli.pages import pages_here
from wflint.errors import ExitCode, WflintError

SHELLS = ("bash", "zsh", "fish")


@click.command()
@click.argument("shell", type=OneOf(SHELLS))
@click.pass_context
def completion(context: click.Context, *, shell: str) -> int:
    """Print the script that completes commands, options and rules in SHELL.

    For bash: wflint completion bash > ~/.local/share/bash-completion/completions/wflint
    """
    kind = get_completion_class(shell)
    assert kind is not None
    output.emit(kind(context.find_root().command, {}, "wflint", "_WFLINT_COMPLETE").source() + "\n", None)
    return ExitCode.CLEAN


def rules(_context: click.Context, _parameter: click.Parameter, incomplete: str) -> list[str]:
    """Codes and names of rules that go on from what is typed; after a comma, a further one."""
    before, comma, begun = incomplete.rpartition(",")
    try:
        book = pages_here()
    except WflintError:  # a configuration that is wrong is told by the command itself
        book = rulebook.load()
    known = [word for page in book.pages for word in (page.code, page.name)]
    return [before + comma + word for word in known if word.startswith(begun)]
