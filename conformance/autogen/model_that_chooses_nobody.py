"""Where the model names nobody of the team three times, the last speaker goes on, or the first one begins; nothing is raised.

autogen-agentchat 0.7.5.
"""

import asyncio
import json

from autogen_agentchat.agents import AssistantAgent, BaseChatAgent
from autogen_agentchat.base import Response
from autogen_agentchat.conditions import MaxMessageTermination, TextMentionTermination
from autogen_agentchat.messages import HandoffMessage, TextMessage
from autogen_agentchat.teams import DiGraphBuilder, GraphFlow, RoundRobinGroupChat, SelectorGroupChat, Swarm

ran = []


class Say(BaseChatAgent):
    def __init__(self, name, *texts):
        super().__init__(name, "says what it is told")
        self.texts = list(texts)

    @property
    def produced_message_types(self):
        return (TextMessage,)

    async def on_messages(self, messages, cancellation_token):
        ran.append(self.name)
        text = self.texts.pop(0) if self.texts else "on"
        return Response(chat_message=TextMessage(source=self.name, content=text))

    async def on_reset(self, cancellation_token):
        pass


from autogen_core import FunctionCall
from autogen_core.models import ChatCompletionClient, CreateResult, RequestUsage


class Scripted(ChatCompletionClient):
    model_info = {"vision": False, "function_calling": True, "json_output": True, "family": "unknown", "structured_output": True}
    capabilities = model_info

    def __init__(self, *answers):
        self.answers = list(answers)
        self.asked = []

    async def create(self, messages, **kwargs):
        self.asked.append([str(message.content) for message in messages])
        answer = self.answers.pop(0)
        usage = RequestUsage(prompt_tokens=1, completion_tokens=1)
        reason = "stop" if isinstance(answer, str) else "function_calls"
        return CreateResult(finish_reason=reason, content=answer, usage=usage, cached=False)

    def create_stream(self, messages, **kwargs):
        raise NotImplementedError

    async def close(self):
        pass

    def actual_usage(self):
        return RequestUsage(prompt_tokens=0, completion_tokens=0)

    total_usage = actual_usage

    def count_tokens(self, messages, **kwargs):
        return 0

    def remaining_tokens(self, messages, **kwargs):
        return 1000


model = Scripted("somebody", "nobody", "anybody", "none", "none", "none")
team = SelectorGroupChat([Say("writer"), Say("critic"), Say("reader")], model_client=model, max_turns=1)

if __name__ == "__main__":
    raised = ""
    try:
        asyncio.run(team.run(task="go"))
    except Exception as error:
        raised = type(error).__name__
    print(json.dumps({"raised": raised, "ran": ran, "asked": len(model.asked)}))
