"""Repositories of a small company, and their summaries."""

from __future__ import annotations

import textwrap
from collections.abc import Mapping
from pathlib import Path

from wflint.link.engines.engine import Engine
from wflint.link.engines.here import Here
from wflint.link.keeping import Keeper
from wflint.link.linking import Linking, link
from wflint.link.reading import SUFFIX, encode
from wflint.link.records import RepositorySummary
from wflint.link.report import LinkReport
from wflint.request import CacheChoice
from wflint.summaries import Order, summary_of

CONDENSE = (
    "Read the complaint of the guest below and condense it into three short bullet points for the hotel manager. "
    "Name the room, the date and what went wrong, and leave out every insult."
)
CONDENSE_AGAIN = (
    "Read the guest's complaint below and condense it into three brief bullet points for the hotel manager. "
    "Name the room, the date and what went wrong; leave out each insult."
)
REPLY = (
    "Write a polite reply to the guest that apologises once, says what the hotel does about the broken heating, and "
    "offers a voucher for breakfast."
)
PRICE = "Look at the bookings of the coming weekend and propose a price for each of the free rooms, in whole euros."

AGENTS = """
from agents import Agent, Runner

{first} = Agent(name="{first}", instructions={told!r})
{second} = Agent(name="{second}", instructions={other!r})
desk = Agent(name="desk", instructions="You are a helpful assistant.", handoffs=[{first}, {second}])


def main(question):
    return Runner.run_sync(desk, question)
"""


def agents(first: str, told: str, second: str = "pricing", other: str = PRICE) -> str:
    """A desk that hands over to two agents."""
    return AGENTS.format(first=first, told=told, second=second, other=other)


def repository(root: Path, name: str, files: Mapping[str, str]) -> Path:
    """A folder of files."""
    for path, text in files.items():
        place = root / name / path
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_text(textwrap.dedent(text), encoding="utf-8")
    return root / name


def summary(root: Path, name: str, files: Mapping[str, str]) -> RepositorySummary:
    """The summary of a repository that is made for it."""
    return summary_of(Order(repository(root, name, files), cache=CacheChoice(is_off=True)))


def written(folder: Path, *summaries: RepositorySummary) -> list[Path]:
    """The files of some summaries."""
    folder.mkdir(parents=True, exist_ok=True)
    files = [folder / f"{each.repository.replace('/', '-')}{SUFFIX}" for each in summaries]
    for file, each in zip(files, summaries, strict=True):
        file.write_bytes(encode(each))
    return files


def linked(
    files: list[Path], engine: Engine | None = None, keep: Path | None = None, warnings: list[str] | None = None
) -> LinkReport:
    """What a link of these files comes to."""
    told: list[str] = [] if warnings is None else warnings
    return link(files, Linking(engine or Here(), Keeper(keep), lambda *_: None, told.append))


def link_of(root: Path, repositories: Mapping[str, Mapping[str, str]]) -> LinkReport:
    """What a link of some repositories comes to."""
    made = [summary(root / "repositories", name, files) for name, files in repositories.items()]
    return linked(written(root / "summaries", *made))
