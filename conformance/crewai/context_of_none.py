"""A context that is empty, or None, keeps all earlier results from a task.

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
first = Task(name="first", description="Write the letter.", expected_output="x", agent=clerk)
second = Task(name="second", description="Sing the song.", expected_output="x", agent=clerk, context=[])
third = Task(name="third", description="Paint the wall.", expected_output="x", agent=clerk, context=None)
crew = Crew(agents=[clerk], tasks=[first, second, third])

if __name__ == "__main__":
    crew.kickoff()
    seen = {step: "DONE-" in text for step, text in prompts.items()}
    print(json.dumps({"empty list sees": seen["Sing"], "None sees": seen["Paint"]}))
