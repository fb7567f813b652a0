"""A crew works with the agents of its tasks where it lists none.

crewai 1.15.30.
"""

import json
import os

os.environ["CREWAI_TRACING_ENABLED"] = "false"

from crewai import Agent, BaseLLM, Crew, Task

ran = []
told = []


class Scripted(BaseLLM):
    def call(self, messages, **kwargs):
        told.append(str(messages))
        return "Thought: I know.\nFinal Answer: DONE"


clerk = Agent(role="Clerk", goal="work", backstory="old", llm=Scripted(model="scripted"))


letter = Task(name="letter", description="Write.", expected_output="x", agent=clerk)


def build():
    return Crew(tasks=[letter])


if __name__ == "__main__":
    try:
        r = build().kickoff().raw
        e = ""
    except Exception as error:
        r, e = None, type(error).__name__
    print(json.dumps({"result": r, "raised": e}))
