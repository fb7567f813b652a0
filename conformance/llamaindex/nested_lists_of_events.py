"""A list within a list is gathered at its own level first.

llama-index-workflows 2.26.1.
"""

import asyncio
import json

from workflows import Workflow, step
from workflows.events import Event, StartEvent, StopEvent


class Book(Event):
    pages: int


class Page(Event):
    pass


class Counted(Event):
    pages: int


class Flow(Workflow):
    @step
    async def split(self, ev: StartEvent) -> list[Book]:
        return [Book(pages=2), Book(pages=3)]

    @step
    async def divide(self, ev: Book) -> list[Page]:
        return [Page() for _ in range(ev.pages)]

    @step
    async def sum(self, pages: list[Page]) -> Counted:
        return Counted(pages=len(pages))

    @step
    async def total(self, counted: list[Counted]) -> StopEvent:
        return StopEvent(result=sorted(each.pages for each in counted))


async def main():
    return await Flow(timeout=5).run()


if __name__ == "__main__":
    print(json.dumps({"result": asyncio.run(main())}))
