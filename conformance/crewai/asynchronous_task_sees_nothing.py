"""An asynchronous task without a context of its own is shown no earlier result.

crewai 1.15.30.
"""

import json
import os

from crewai import Agent, BaseLLM, Crew, Task

os.environ["CREWAI_TRACING_ENABLED"] = "false"
prompts = {}


class Scripted(BaseLLM):
    def call(self, messages, **kwargs):
        text = str(messages)
        step = next(name for name in ("Paint", "Sing", "Write") if f"{name} the " in text)
        prompts[step] = text
        return f"Thought: I know.\nFinal Answer: DONE-{step}"


clerk = Agent(role="Clerk", goal="work", backstory="old", llm=Scripted(model="scripted"))
first = Task(name="first", description="Write the wishes of visitors down.", expected_output="Visitor wishes with counts", agent=clerk)
aside = Task(
    name="aside",
    description="Sing the song of the garden, based on the visitor wishes.",
    expected_output="A song",
    agent=clerk,
    async_execution=True,
)
last = Task(name="last", description="Paint the wall.", expected_output="x", agent=clerk)
crew = Crew(agents=[clerk], tasks=[first, aside, last])

if __name__ == "__main__":
    crew.kickoff()
    print(
        json.dumps(
            {
                "aside sees first": "DONE-Write" in prompts["Sing"],
                "last sees first": "DONE-Write" in prompts["Paint"],
                "last sees aside": "DONE-Sing" in prompts["Paint"],
            }
        )
    )
