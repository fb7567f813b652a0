"""WF109 at answers that a task of the event loop is after: what a task has is no part of the answer."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.rules.twins import found

JUDGED = """
    import asyncio
    from agents import Agent, Runner
    from pydantic import BaseModel

    class Verdict(BaseModel):
        fine: bool

    judge = Agent(name="judge", instructions="Judge the text.", output_type=Verdict)

    async def judged(text: str) -> Verdict:
        return (await Runner.run(judge, text)).final_output_as(Verdict)

    async def main(texts):
        task = None
        for text in texts:
            task = task or asyncio.create_task(judged(text))
            if task.done():
                verdict = task.result()
                print(verdict.<>)
"""


@pytest.mark.parametrize(("part", "lines"), [("fine", []), ("good", ["print(verdict.good)"])])
def test_the_task_is_no_answer(part: str, lines: list[str], tmp_path: Path) -> None:
    program = "\n".join(line.removeprefix("    ") for line in JUDGED.splitlines())
    assert [line for line, _ in found(program.replace("<>", part), tmp_path, "type-mismatch")] == lines
