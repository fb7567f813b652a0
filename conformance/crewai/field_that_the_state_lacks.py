"""A method that sets a field which the class of the state lacks fails.

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
    number: int = 0


class Shop(Flow[Order]):
    suppress_flow_events = True

    @start()
    def begin(self):
        self.state.colour = "red"


if __name__ == "__main__":
    try:
        Shop().kickoff()
        e = ""
    except Exception as error:
        e = type(error).__name__
    print(json.dumps({"raised": e}))
