"""A crew that streams gives a stream, which has a result once it has been read.

crewai 1.15.30.
"""

import json
import os
from concurrent.futures import ThreadPoolExecutor
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


count = Task(description="Count.", expected_output="x", agent=clerk)
crew = Crew(agents=[clerk], tasks=[count], stream=True)


def said():
    result = crew.kickoff()
    return result.raw


if __name__ == "__main__":
    with ThreadPoolExecutor() as pool:
        failure = pool.submit(said).exception()
    print(json.dumps({"raised": type(failure).__name__ if failure else ""}))
