"""An entrypoint that pauses and keeps nothing ends the run, which cannot go on.

langgraph 1.2.24.
"""

import json

from langgraph.func import entrypoint
from langgraph.types import interrupt


@entrypoint()
def letter(topic: str) -> str:
    answer = interrupt(f"on {topic}?")
    return f"{topic}: {answer}"


if __name__ == "__main__":
    raised, result = "", None
    try:
        result = letter.invoke("tea")
    except Exception as error:
        raised = type(error).__name__
    print(json.dumps({"raised": raised, "keys": sorted(result or {})}))
