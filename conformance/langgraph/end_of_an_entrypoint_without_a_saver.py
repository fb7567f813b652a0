"""What `entrypoint.final` saves is lost where the entrypoint keeps nothing.

langgraph 1.2.24.
"""

import json

from langgraph.func import entrypoint, task


@task
def count(number: int) -> int:
    return number + 1


@entrypoint()
def tally(number: int, *, previous: int | None = None) -> entrypoint.final[int, int]:
    total = count(number + (previous or 0)).result()
    return entrypoint.final(value=total, save=total)


if __name__ == "__main__":
    print(json.dumps({"totals": [tally.invoke(1), tally.invoke(1)]}))
