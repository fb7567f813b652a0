"""A task that plain code calls, outside of an entrypoint or a graph, fails.

langgraph 1.2.24.
"""

import json

from langgraph.func import entrypoint, task


@task
def write(topic: str) -> str:
    return f"on {topic}"


@entrypoint()
def letter(topic: str) -> str:
    return write(topic).result()


if __name__ == "__main__":
    raised = ""
    try:
        write("tea").result()
    except Exception as error:
        raised = type(error).__name__
    print(json.dumps({"raised": raised, "within": letter.invoke("tea")}))
