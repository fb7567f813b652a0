"""An entrypoint that keeps nothing has no result of the run before: `previous` is None in each run.

langgraph 1.2.24.
"""

import json

from langgraph.func import entrypoint


def outcome(do):
    try:
        return "", do()
    except Exception as error:
        return type(error).__name__, None


@entrypoint()
def count(word: str, *, previous: dict):
    return {"words": [*previous["words"], word]}


if __name__ == "__main__":
    print(json.dumps({"raised": outcome(lambda: count.invoke("tea"))[0]}))
