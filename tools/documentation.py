"""Pages of the documentation site that are not written in `docs/`: from the README, the rules, the command line.

A hook of mkdocs (`mkdocs build --strict`). What the pages of the site say stands in one place each: the README is the
front page, a rule's page is the file in `rules/`, and the commands are what `--help` prints.
"""

from __future__ import annotations

import re
from pathlib import Path, PurePosixPath

import click
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files

from wflint import rulebook
from wflint.cli import COMMANDS, wflint

ROOT = Path(__file__).parents[1]
LINK = re.compile(r"(?<=\]\()(?!https?:|#)(?P<path>[^)#\s]+)(?P<part>#[^)\s]*)?(?=\))")
FRONT = re.compile(r"\A\+\+\+\n.*?^\+\+\+\n", re.DOTALL | re.MULTILINE)
HOMES = {"README.md": "index.md", "CHANGELOG.md": "changelog.md", "CONTRIBUTING.md": "contributing.md"}


def on_files(files: Files, config: MkDocsConfig) -> Files:
    """The pages that are made."""
    pages = {home: (ROOT / name).read_text(encoding="utf-8") for name, home in HOMES.items()}
    pages["commands.md"] = _commands()
    pages["rules/index.md"] = _rules()
    for page in rulebook.load().pages:
        text = (ROOT / "rules" / f"{page.name}.md").read_text(encoding="utf-8")
        pages[f"rules/{page.name}.md"] = f"# {page.code} {page.name}\n\n{page.summary}\n\n{FRONT.sub('', text)}"
    for path, text in pages.items():
        files.append(File.generated(config, path, content=_linked(path, text, config)))
    return files


def _linked(path: str, text: str, config: MkDocsConfig) -> str:
    """The text with links that hold on the site: to its pages, else to the files of the repository."""
    here = PurePosixPath(path).parent

    def moved(link: re.Match[str]) -> str:
        target = link["path"]
        if target in HOMES:
            return _relative(HOMES[target], here) + (link["part"] or "")
        if target.startswith("docs/"):
            return _relative(target.removeprefix("docs/"), here) + (link["part"] or "")
        if target.startswith("rules/") and here != PurePosixPath("rules"):
            return target + (link["part"] or "")
        return f"{config.repo_url}/blob/main/{target}" if (ROOT / target).exists() else link[0]

    return LINK.sub(moved, text)


def _relative(target: str, here: PurePosixPath) -> str:
    return "../" * len(here.parts) + target


def _rules() -> str:
    rows = [
        f"| {page.code} | [{page.name}]({page.name}.md) | {page.level} | {page.persona} | {page.summary} |\n"
        for page in rulebook.load().pages
    ]
    head = "| code | name | level | persona | what it finds |\n|---|---|---|---|---|\n"
    return f"# Rules\n\n{head}{''.join(rows)}"


def _commands() -> str:
    """What `--help` says of every command."""
    said = ["# Commands\n"]
    with click.Context(wflint, info_name="wflint") as context:
        for name in COMMANDS:
            command = wflint.get_command(context, name)
            if command is not None and not command.hidden:
                with click.Context(command, info_name=name, parent=context, terminal_width=100) as inner:
                    said.append(f"## wflint {name}\n\n```text\n{command.get_help(inner)}\n```\n")
    return "\n".join(said)
