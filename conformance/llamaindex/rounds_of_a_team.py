"""A team of agents ends with an error once it has gone twenty rounds.

llama-index-core with llama-index-workflows 2.26.1.
"""

import asyncio
import json

from llama_index.core.agent.workflow import AgentWorkflow, FunctionAgent
from llama_index.core.base.llms.types import ChatMessage, ChatResponse, LLMMetadata
from llama_index.core.llms.function_calling import FunctionCallingLLM
from llama_index.core.llms.llm import ToolSelection

asked = []


class Scripted(FunctionCallingLLM):
    @property
    def metadata(self):
        return LLMMetadata(is_function_calling_model=True)

    async def astream_chat_with_tools(self, *args, **kwargs):
        asked.append(1)

        async def give():
            yield ChatResponse(message=ChatMessage(role="assistant", content=""), delta="")

        return give()

    async def achat_with_tools(self, *args, **kwargs):
        asked.append(1)
        return ChatResponse(message=ChatMessage(role="assistant", content=""))

    def get_tool_calls_from_response(self, response, **kwargs):
        return [ToolSelection(tool_id=str(len(asked)), tool_name="look", tool_kwargs={"name": "tea"})]

    def _prepare_chat_with_tools(self, *args, **kwargs):
        return {}

    def chat(self, *args, **kwargs): ...
    def complete(self, *args, **kwargs): ...
    def stream_chat(self, *args, **kwargs): ...
    def stream_complete(self, *args, **kwargs): ...
    async def achat(self, *args, **kwargs): ...
    async def acomplete(self, *args, **kwargs): ...
    async def astream_chat(self, *args, **kwargs): ...
    async def astream_complete(self, *args, **kwargs): ...


def look(name: str) -> str:
    """Looks it up."""
    return "found"


clerk = FunctionAgent(name="clerk", description="x", llm=Scripted(), tools=[look])
team = AgentWorkflow(agents=[clerk], root_agent="clerk")


async def main():
    try:
        await team.run(user_msg="go")
        return ""
    except Exception as error:
        return type(error).__name__


if __name__ == "__main__":
    print(json.dumps({"raised": asyncio.run(main()), "asked": len(asked)}))
