"""An agent ignores arguments that it does not take.

llama-index-core 0.14.25.
"""

import json

from llama_index.core.agent.workflow import AgentWorkflow, ReActAgent
from llama_index.core.llms import MockLLM

scout = ReActAgent(name="scout", description="Finds places.", llm=MockLLM(), system_prompts="Be brief.")
guide = ReActAgent(name="guide", description="Tells the way.", llm=MockLLM(), can_handoff_to=["scout"])
tour = AgentWorkflow(agents=[scout, guide], root_agent="guide")

if __name__ == "__main__":
    print(json.dumps({"kept": hasattr(scout, "system_prompts"), "prompt": scout.system_prompt}))
