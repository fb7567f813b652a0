"""WF703 at loops of plain code that an attribute bounds, which nothing that gets the object ever sets."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.rules.marked import loud, marked

SOURCE = """
from dataclasses import dataclass, field, replace
from agents import Agent, Runner
from other import keep

buyer = Agent(name="buyer", instructions="Make an offer.")
seller = Agent(name="seller", instructions="Accept or counter.")

@dataclass
class Talks:
    article: str
    most: int = 6
    rounds: int = BEGIN
    log: list[str] = field(default_factory=list)

    def note(self, text: str) -> None:
        NOTED

def look(talks: Talks) -> str:
    return talks.article

async def negotiate(article: str) -> str:
    talks = Talks(article)
    last = "none"
    while talks.rounds < talks.most:MARK
        offer = (await Runner.run(buyer, f"{look(talks)}: {last}")).final_output
        last = (await Runner.run(seller, offer)).final_output
        LAST
    return last
"""


def told(folder: Path, noted: str, last: str, mark: str, begin: str = "0") -> bool:
    source = SOURCE.replace("NOTED", noted).replace("LAST", last).replace("MARK", mark).replace("BEGIN", begin)
    found = [one for one in loud(folder, source, other__py="def keep(talks):\n    pass\n") if one[1] == "WF703"]
    assert found == marked(source)
    return bool(found)


@pytest.mark.parametrize("last", ["talks.note(last)", "talks.log.append(last)", "print(talks)"])
def test_a_count_that_stands_still(tmp_path: Path, last: str) -> None:
    assert told(tmp_path, "self.log.append(text)", last, "  # <- WF703")


@pytest.mark.parametrize(
    ("noted", "last", "begin"),
    [
        ("self.rounds += 1", "talks.note(last)", "0"),
        ("self.log.append(text)", "talks.rounds += 1", "0"),
        ("self.log.append(text)", "talks = replace(talks, rounds=talks.rounds + 1)", "0"),
        ("setattr(self, 'rounds', 7)", "talks.note(last)", "0"),
        ("self.log.append(text)", "last.keep(talks)", "0"),
        ("self.log.append(text)", "other = talks; last += other.article", "0"),
        ("self.log.append(text)", "talks.note(last)", "len('abc')"),
    ],
)
def test_a_count_that_may_move(tmp_path: Path, noted: str, last: str, begin: str) -> None:
    assert not told(tmp_path, noted, last, "", begin)
