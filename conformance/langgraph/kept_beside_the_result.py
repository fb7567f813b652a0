"""What `entrypoint.final` saves is what the next run is given of this one; what it gives is the result.

langgraph 1.2.24.
"""

import json

from langgraph.checkpoint.memory import InMemorySaver
from langgraph.func import entrypoint


@entrypoint(checkpointer=InMemorySaver())
def count(word: str, *, previous: list | None = None) -> entrypoint.final[str, list]:
    words = [*(previous or []), word]
    return entrypoint.final(value=" ".join(words), save=words)


if __name__ == "__main__":
    config = {"configurable": {"thread_id": "1"}}
    print(json.dumps({"results": [count.invoke(word, config) for word in ("tea", "time")]}))
