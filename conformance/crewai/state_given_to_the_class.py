"""What a flow is given as arguments when it is made is dropped; before it was part of the state.

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


class Work(Flow[Facts]):
    @start()
    def begin(self):
        return self.state.topic


if __name__ == "__main__":
    print(json.dumps({"result": outcome(lambda: Work(topic="tea").kickoff())}))
