"""Inputs of a crew are texts, numbers, dicts and lists: a date fails the run, be it asked for or not.

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


count = Task(description="Count.", expected_output="x", agent=clerk)
crew = Crew(agents=[clerk], tasks=[count])

if __name__ == "__main__":
    print(json.dumps({"raised": outcome(lambda: crew.kickoff(inputs={"day": date.today()}))}))
