"""Of a task's guardrail and its list of guardrails only the list counts; nothing is said of the other.

crewai 1.15.30.
"""

import json
import os

from crewai import Agent, BaseLLM, Crew, Task

os.environ["CREWAI_TRACING_ENABLED"] = "false"


class Scripted(BaseLLM):
    def call(self, messages, **kwargs):
        return "Thought: I know.\nFinal Answer: DONE"


clerk = Agent(role="Clerk", goal="work", backstory="old", llm=Scripted(model="scripted"))


ran = []


def is_short(output):
    ran.append("short")
    return (True, output.raw)


def is_polite(output):
    ran.append("polite")
    return (True, output.raw)


draft = Task(
    description="Write the letter.", expected_output="x", agent=clerk, guardrail=is_short, guardrails=[is_polite]
)
crew = Crew(agents=[clerk], tasks=[draft])

if __name__ == "__main__":
    crew.kickoff()
    print(json.dumps({"ran": ran}))
