"""Inputs of a crew may be lists and dicts of plain values.

crewai 1.15.30.
"""

import json
import os
from datetime import date

from crewai import Agent, BaseLLM, Crew, Task

os.environ["CREWAI_TRACING_ENABLED"] = "false"


class Scripted(BaseLLM):
    def call(self, messages, *args, **kwargs):
        return "Thought: I know.\nFinal Answer: DONE"


def outcome(do):
    try:
        do()
        return ""
    except Exception as error:
        return type(error).__name__


clerk = Agent(role="Clerk", goal="work", backstory="old", llm=Scripted(model="scripted"))


count = Task(description="Count {what}.", expected_output="x", agent=clerk)
crew = Crew(agents=[clerk], tasks=[count])

if __name__ == "__main__":
    what = {"fruit": ["apples", 3], "day": str(date.today())}
    print(json.dumps({"raised": outcome(lambda: crew.kickoff(inputs={"what": what, "none": None}))}))
