"""A start of a flow is given nothing: one that takes a parameter fails the run.

crewai 1.15.30.
"""

import json
import os

os.environ["CREWAI_TRACING_ENABLED"] = "false"

from crewai import Agent, BaseLLM
from crewai.flow.flow import Flow, start

ran = []
told = []


class Scripted(BaseLLM):
    def call(self, messages, **kwargs):
        told.append(str(messages))
        return "Thought: I know.\nFinal Answer: DONE"


clerk = Agent(role="Clerk", goal="work", backstory="old", llm=Scripted(model="scripted"))


class Shop(Flow):
    suppress_flow_events = True

    @start()
    def a(self, topic):
        ran.append(topic)


if __name__ == "__main__":
    try:
        Shop().kickoff(inputs={"topic": "tea"})
        e = ""
    except Exception as error:
        e = type(error).__name__
    print(json.dumps({"ran": ran, "raised": e}))
