"""A crew that runs for each input works on copies: its own tasks have no output afterwards.

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


draft = Task(description="Write about {topic}.", expected_output="x", agent=clerk)
crew = Crew(agents=[clerk], tasks=[draft])

if __name__ == "__main__":
    results = crew.kickoff_for_each(inputs=[{"topic": "tea"}, {"topic": "milk"}])
    print(json.dumps({"results": [one.raw for one in results], "task": draft.output is None}))
