"""A guardrail gives a pair: a run with one that gives true or false fails.

crewai 1.15.30.
"""

import json
import os

from crewai import Agent, BaseLLM, Crew, Task

os.environ["OPENAI_API_KEY"] = "none"


class Written(BaseLLM):
    def __init__(self):
        super().__init__(model="written")

    def call(self, messages, *args, **kwargs):
        return "Thought: I now can give a great answer\nFinal Answer: soup"

    def supports_function_calling(self):
        return False


cook = Agent(role="Cook", goal="cook", backstory="old", llm=Written())


def check(output):
    return len(output.raw) > 2


brief = Task(description="1", expected_output="x", agent=cook, guardrail=check)
crew = Crew(agents=[cook], tasks=[brief])

if __name__ == "__main__":
    try:
        crew.kickoff()
        fails = False
    except TypeError:
        fails = True
    print(json.dumps({"fails": fails}))
