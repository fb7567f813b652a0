"""The result of a crew is no input of the next one; its text is.

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


count = Task(description="Count {before}.", expected_output="x", agent=clerk)
first = Crew(agents=[clerk], tasks=[Task(description="Begin.", expected_output="x", agent=clerk)])
second = Crew(agents=[clerk], tasks=[count])

if __name__ == "__main__":
    before = first.kickoff()
    raised = outcome(lambda: second.kickoff(inputs={"before": before}))
    print(json.dumps({"raised": raised, "as_text": outcome(lambda: second.kickoff(inputs={"before": before.raw}))}))
