"""A hook before the run that returns nothing leaves the run without inputs: its braces stay as they are.

crewai 1.15.30.
"""

import json
import os

from crewai import Agent, BaseLLM, Crew, Task

os.environ["CREWAI_TRACING_ENABLED"] = "false"
prompts = []


class Scripted(BaseLLM):
    def call(self, messages, **kwargs):
        prompts.append(str(messages))
        return "Thought: I know.\nFinal Answer: DONE"


clerk = Agent(role="Clerk", goal="work", backstory="old", llm=Scripted(model="scripted"))


def note(inputs):
    inputs["reader"] = "all"


letter = Task(description="About {topic}.", expected_output="x", agent=clerk)
crew = Crew(agents=[clerk], tasks=[letter], before_kickoff_callbacks=[note])

if __name__ == "__main__":
    crew.kickoff(inputs={"topic": "tea"})
    print(json.dumps({"filled": "About tea." in prompts[0], "shown": "About {topic}." in prompts[0]}))
