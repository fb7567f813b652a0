"""WF401 in code: dicts that are looked into by a label, and have no entry for one that a model may give."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.rules.twins import Twin, found
from wflint.model.finding import Level

PROGRAM = """
    from collections import defaultdict
    from typing import Literal

    from agents import Agent, Runner
    from pydantic import BaseModel

    class Sorted(BaseModel):
        topic: Literal["billing", "sales", "bug"]

    sorter = Agent(name="sorter", instructions="Sort the mail.", output_type=Sorted)
    billing = Agent(name="billing", instructions="Answer on bills.")
    sales = Agent(name="sales", instructions="Answer on offers.")
    DESKS = {"billing": billing, "sales": sales}

    async def answer(mail):
        topic = (await Runner.run(sorter, mail)).final_output.topic
        <0>
        return (await Runner.run(desk, mail)).final_output
"""


def said(folder: Path, chosen: str) -> list[tuple[str, Level]]:
    return found(Twin("", PROGRAM, ((chosen, ""),), "").bad, folder, "route-not-mapped")


def test_a_label_without_an_entry(tmp_path: Path) -> None:
    ((line, level),) = said(tmp_path, "desk = DESKS[topic]")
    assert "DESKS[topic]" in line
    assert level is Level.ERROR


@pytest.mark.parametrize(
    "chosen",
    [
        pytest.param("desk = DESKS.get(topic, sales)", id="with-a-default"),
        pytest.param('if topic == "bug":\n        return ""\n    desk = DESKS[topic]', id="left-before"),
        pytest.param('if topic not in DESKS:\n        return ""\n    desk = DESKS[topic]', id="looked-for"),
        pytest.param("desk = DESKS[topic] if topic in DESKS else sales", id="in-an-expression"),
        pytest.param("try:\n        desk = DESKS[topic]\n    except KeyError:\n        desk = sales", id="coped"),
        pytest.param("desks = defaultdict(lambda: sales, DESKS)\n    desk = desks[topic]", id="made-on-demand"),
        pytest.param('desk = {**DESKS, "bug": sales}[topic]', id="every-label"),
    ],
)
def test_labels_that_are_cared_for(chosen: str, tmp_path: Path) -> None:
    assert said(tmp_path, chosen) == []
