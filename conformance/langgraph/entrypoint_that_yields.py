"""An entrypoint that yields is refused, and so is one without a parameter.

langgraph 1.2.24.
"""

import json

from langgraph.func import entrypoint, task


@task
def price(name: str):
    return len(name)


refused = []
try:

    @entrypoint()
    def shop(names: list[str]):
        for name in names:
            yield price(name).result()

except NotImplementedError as error:
    refused.append(str(error))
try:

    @entrypoint()
    def closed():
        return price("bread").result()

except ValueError as error:
    refused.append(str(error))
if __name__ == "__main__":
    print(json.dumps({"refused": refused}))
