"""The result of a crew has one output a task, the first of them under 0.

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
one = Task(description="1", expected_output="x", agent=cook)
two = Task(description="2", expected_output="x", agent=cook)
crew = Crew(agents=[cook], tasks=[one, two])


def second():
    result = crew.kickoff()
    return result.tasks_output[2].raw


if __name__ == "__main__":
    try:
        second()
        there = True
    except IndexError:
        there = False
    print(json.dumps({"there": there}))
