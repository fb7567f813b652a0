"""A tool that is called again with the same input runs again, unless the crew keeps what tools give, for all its agents.

crewai 1.15.30.
"""

import json
import os

os.environ["CREWAI_TRACING_ENABLED"] = "false"
from crewai import Agent, BaseLLM, Crew, Task
from crewai.tools import tool

ran = []


class Scripted(BaseLLM):
    answers: list = []

    def call(self, messages, **kwargs):
        return self.answers.pop(0)

    def supports_function_calling(self):
        return False


CALL = 'Thought: I look.\nAction: look\nAction Input: {"word": "tea"}'
LAST = "Thought: I know.\nFinal Answer: done"


@tool("look")
def look(word: str) -> str:
    """Look a word up."""
    ran.append(word)
    return f"{word} {len(ran)}"


def crew(**cache):
    llm = Scripted(model="scripted", answers=[CALL, LAST, CALL, LAST])
    clerk = Agent(role="Clerk", goal="work", backstory="old", llm=llm, tools=[look], **cache)
    other = Agent(role="Other", goal="work", backstory="old", llm=llm, tools=[look], **cache)
    tasks = [Task(description=f"Look {n}.", expected_output="x", agent=each) for n, each in enumerate((clerk, other))]
    return Crew(agents=[clerk, other], tasks=tasks, **cache)


if __name__ == "__main__":
    facts = {}
    for name, cache in (("plain", {}), ("kept", {"cache": True})):
        ran.clear()
        crew(**cache).kickoff()
        facts[name] = len(ran)
    print(json.dumps(facts))
