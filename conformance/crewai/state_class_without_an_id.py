"""The class of a flow's state has an id where it is an attribute; one in brackets needs none.

crewai 1.15.30.
"""

import json

from crewai.flow.flow import Flow, and_, listen, or_, router, start
from pydantic import BaseModel

ran = []

def outcome(do):
    try:
        return "", do()
    except Exception as error:
        return type(error).__name__, None

class Facts(BaseModel):
    topic: str = ""


class Work(Flow):
    initial_state = Facts

    @start()
    def begin(self):
        return self.state.topic


def build():
    return Work()


if __name__ == "__main__":
    print(json.dumps({"raised": outcome(build)[0]}))
