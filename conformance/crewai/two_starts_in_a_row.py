"""Two starts of a flow both run, and a listener of both by and_ runs once.

crewai 1.15.30.
"""

import json
import os

os.environ["CREWAI_TRACING_ENABLED"] = "false"

from crewai import Agent, BaseLLM
from crewai.flow.flow import Flow, and_, listen, start

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
    def a(self):
        ran.append("a")

    @start()
    def b(self):
        ran.append("b")

    @listen(and_(a, b))
    def end(self):
        ran.append("end")


if __name__ == "__main__":
    Shop().kickoff()
    print(json.dumps({"ran": sorted(ran[:2]) + ran[2:]}))
