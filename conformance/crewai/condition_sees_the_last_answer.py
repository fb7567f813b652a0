"""A conditional task looks at the answer of the task just before it; one that was skipped left an empty one.

crewai 1.15.30.
"""

import json
import os

os.environ["CREWAI_TRACING_ENABLED"] = "false"
from crewai import Agent, BaseLLM, Crew, Task
from crewai.tasks.conditional_task import ConditionalTask

seen = []


class Scripted(BaseLLM):
    def call(self, messages, **kwargs):
        return "Thought: I know.\nFinal Answer: many"


clerk = Agent(role="Clerk", goal="work", backstory="old", llm=Scripted(model="scripted"))


def few(output):
    seen.append(output.raw)
    return "few" in output.raw


def many(output):
    seen.append(output.raw)
    return "many" in output.raw


count = Task(description="Count.", expected_output="x", agent=clerk)
search = ConditionalTask(description="Search.", expected_output="x", agent=clerk, condition=few)
report = ConditionalTask(description="Report.", expected_output="x", agent=clerk, condition=many)
crew = Crew(agents=[clerk], tasks=[count, search, report])

if __name__ == "__main__":
    result = crew.kickoff()
    print(json.dumps({"seen": seen, "answers": [each.raw for each in result.tasks_output], "raw": result.raw}))
