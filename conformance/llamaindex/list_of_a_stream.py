"""A step that takes a list runs once, with all events of the list that another step returned.

llama-index-workflows 2.26.1.
"""

import asyncio
import json

from workflows import Workflow, step
from workflows.events import Event, StartEvent, StopEvent


class Vote(Event):
    choice: str


class Ballot(Workflow):
    @step
    async def ask(self, ev: StartEvent) -> list[Vote]:
        return [Vote(choice="tea"), Vote(choice="milk")]

    @step
    async def count(self, votes: list[Vote]) -> StopEvent:
        return StopEvent(result=len(votes))


async def outcome(make):
    try:
        return await make(timeout=3).run()
    except Exception as error:
        return type(error).__name__


if __name__ == "__main__":
    print(json.dumps({"outcome": asyncio.run(outcome(Ballot))}))
