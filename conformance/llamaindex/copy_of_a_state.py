"""What `get_state` gives of a state of a class of its own is a copy: a field that is set there is not kept.

llama-index-workflows 2.26.1.
"""

import asyncio
import json

from pydantic import BaseModel
from workflows import Context, Workflow, step
from workflows.events import StartEvent, StopEvent


class Cart(BaseModel):
    total: int = 0


class Buy(Workflow):
    @step
    async def price(self, ctx: Context[Cart], ev: StartEvent) -> StopEvent:
        cart = await ctx.store.get_state()
        cart.total += 5
        return StopEvent(result=await ctx.store.get("total"))


async def main():
    return await Buy(timeout=5).run()


if __name__ == "__main__":
    print(json.dumps({"total": asyncio.run(main())}))
