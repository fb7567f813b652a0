"""A time limit of a task that is not async is refused.

langgraph 1.2.24.
"""

import json

from langgraph.func import entrypoint, task


def make():
    @task(timeout=1)
    def work(text: str) -> str:
        return text

    @entrypoint()
    def run(text: str) -> str:
        return work(text).result()

    return run


if __name__ == "__main__":
    try:
        make()
        e = ""
    except Exception as error:
        e = type(error).__name__
    print(json.dumps({"refused": e}))
