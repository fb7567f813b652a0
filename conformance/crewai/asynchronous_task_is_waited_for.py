"""A task waits for the asynchronous ones before it, and is told of them.

crewai 1.15.30.
"""

import json

from crewai import Agent, BaseLLM, Crew, Process, Task

prompts = []


class Scripted(BaseLLM):
    answer: str = "done"

    def call(self, messages, **kwargs):
        prompts.append(str(messages))
        return f"Thought: I know.\nFinal Answer: {self.answer}"


def clerk(role="clerk", answer="done"):
    return Agent(role=role, goal="work", backstory="old", llm=Scripted(model="scripted", answer=answer))

one = clerk()
other = Agent(role="counter", goal="work", backstory="old", llm=Scripted(model="scripted", answer="COUNTED"))
count = Task(description="Count.", expected_output="x", agent=other, async_execution=True)
last = Task(description="Write.", expected_output="x", agent=one)
crew = Crew(agents=[one, other], tasks=[count, last])
if __name__ == "__main__":
    crew.kickoff()
    print(json.dumps({"told": "COUNTED" in prompts[-1]}))
