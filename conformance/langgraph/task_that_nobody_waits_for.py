"""What a task gives when it is called is a future: code that reads a key of it fails the run.

langgraph 1.2.24.
"""

import json

from langgraph.func import entrypoint, task


@task
def summarize(text: str) -> dict:
    return {"title": text.title()}


@entrypoint()
def flow(text: str) -> str:
    summary = summarize(text)
    return summary["title"]


if __name__ == "__main__":
    try:
        flow.invoke("a day")
        raised = ""
    except Exception as error:
        raised = type(error).__name__
    print(json.dumps({"raised": raised}))
