"""A flow whose state cannot be made of nothing is not made either, whatever the run is given.

crewai 1.15.30.
"""

import json
import os

os.environ["CREWAI_TRACING_ENABLED"] = "false"

from crewai import Agent, BaseLLM
from crewai.flow.flow import Flow, start
from pydantic import BaseModel

ran = []
told = []


class Scripted(BaseLLM):
    def call(self, messages, **kwargs):
        told.append(str(messages))
        return "Thought: I know.\nFinal Answer: DONE"


clerk = Agent(role="Clerk", goal="work", backstory="old", llm=Scripted(model="scripted"))


class Order(BaseModel):
    number: int


class Shop(Flow[Order]):
    suppress_flow_events = True

    @start()
    def begin(self):
        ran.append(self.state.number)


def run():
    return Shop().kickoff(inputs={"number": 3})


if __name__ == "__main__":
    try:
        run()
        e = ""
    except Exception as error:
        e = type(error).__name__
    print(json.dumps({"ran": ran, "raised": e}))
