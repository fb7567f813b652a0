"""A limit of calls says how many, one for a run is not above that for a thread, and what follows is one of some words.

langgraph 1.2.24 with langchain 1.5.2.
"""

import json

from langchain.agents.middleware import ModelCallLimitMiddleware, ToolCallLimitMiddleware


def outcome(make):
    try:
        make()
        return ""
    except Exception as error:
        return type(error).__name__


if __name__ == "__main__":
    print(
        json.dumps(
            {
                "nothing": outcome(lambda: ToolCallLimitMiddleware()),
                "above": outcome(lambda: ToolCallLimitMiddleware(run_limit=5, thread_limit=3)),
                "word": outcome(lambda: ModelCallLimitMiddleware(run_limit=3, exit_behavior="continue")),
            }
        )
    )
