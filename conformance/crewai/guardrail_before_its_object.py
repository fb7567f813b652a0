"""A guardrail looks at a result before the object is made of it: `pydantic` is None.

crewai 1.15.30.
"""

import json
import os
from typing import Any

from crewai import Agent, BaseLLM, Crew, Task
from pydantic import BaseModel

os.environ["OPENAI_API_KEY"] = "none"


class Written(BaseLLM):
    def __init__(self):
        super().__init__(model="written")

    def call(self, messages, *args, **kwargs):
        return 'Thought: I now can give a great answer\nFinal Answer: {"sure": 0.9}'

    def supports_function_calling(self):
        return False


class Brief(BaseModel):
    sure: float


def check(output) -> tuple[bool, Any]:
    return output.pydantic.sure > 0.5, output.raw


cook = Agent(role="Cook", goal="cook", backstory="old", llm=Written())
brief = Task(description="1", expected_output="x", agent=cook, output_pydantic=Brief, guardrail=check)
crew = Crew(agents=[cook], tasks=[brief])

if __name__ == "__main__":
    try:
        crew.kickoff()
        fails = False
    except AttributeError:
        fails = True
    print(json.dumps({"fails": fails}))
