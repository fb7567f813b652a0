"""An agent is run with a message or with a conversation.

llama-index-workflows 2.26.1.
"""

import asyncio
import json

from workflows import Context, Workflow, step
from workflows.events import Event, StartEvent, StopEvent


class Found(Event):
    count: int = 0


async def outcome(make, **given):
    try:
        return str(await make(timeout=3).run(**given))
    except Exception as error:
        return type(error).__name__


from llama_index.core.agent.workflow import ReActAgent
from llama_index.core.llms import MockLLM

clerk = ReActAgent(name="clerk", description="x", tools=[], llm=MockLLM())


async def main():
    try:
        await clerk.run()
        return ""
    except Exception as error:
        return "user_msg" in str(error)


if __name__ == "__main__":
    print(json.dumps({"asks_for_one": asyncio.run(main())}))
