"""An entrypoint that calls no task is a workflow all the same, and after a pause it is run again from its top.

langgraph 1.2.24.
"""

import json

from langgraph.checkpoint.memory import InMemorySaver
from langgraph.func import entrypoint
from langgraph.types import Command, interrupt

ran = []


@entrypoint(checkpointer=InMemorySaver())
def letter(topic: str) -> str:
    ran.append("begun")
    answer = interrupt(f"on {topic}?")
    return f"{topic}: {answer}"


if __name__ == "__main__":
    thread = {"configurable": {"thread_id": "1"}}
    letter.invoke("tea", thread)
    result = letter.invoke(Command(resume="yes"), thread)
    print(json.dumps({"result": result, "ran": ran}))
