"""A form that a prompt asks for while code expects another one, whatever else the model is told: WF112, and silence."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.rules.marked import loud, marked

CODE = """
    import json

    from agents import Agent, Runner

    cook = Agent(name="cook", instructions="{told}")
    buyer = Agent(name="buyer", instructions="Buy it.")


    async def shop(wish: str) -> str:
        dish = await Runner.run(cook, wish)
        parts = json.loads(dish.final_output){mark}
        return (await Runner.run(buyer, parts["first"])).final_output
"""
TREE = """
    import json
    from collections.abc import AsyncGenerator

    from google.adk.agents import BaseAgent, InvocationContext, LlmAgent, SequentialAgent
    from google.adk.events import Event, EventActions


    class Count(BaseAgent):
        async def _run_async_impl(self, ctx: InvocationContext) -> AsyncGenerator[Event, None]:
            rows = json.loads(ctx.session.state["rows"]){mark}
            yield Event(author=self.name, actions=EventActions(state_delta={"count": len(rows)}))


    cook = LlmAgent(name="cook", model="gemini-2.5-flash", instruction="{told}", output_key="rows")
    root_agent = SequentialAgent(name="shop", sub_agents=[cook, Count(name="count")])
"""
NODES = """
    import json

    from google.adk import Agent
    from google.adk.workflow import START, Workflow, node

    cook = Agent(name="cook", model="gemini-2.5-flash", instruction="{told}", output_key="rows")


    @node
    def count(rows: str) -> int:
        return len(json.loads(rows)){mark}


    flow = Workflow(name="shop", edges=[(START, cook, count)])
"""
HANDED = NODES.replace("rows", "node_input").replace(', output_key="node_input"', "{more}")
EXECUTORS = """
    import json

    from agent_framework import Agent, AgentExecutor, AgentExecutorResponse, WorkflowBuilder, WorkflowContext, executor
    from agent_framework.openai import OpenAIChatClient

    cook = AgentExecutor(Agent(OpenAIChatClient(), name="cook", instructions="{told}"), id="cook")


    @executor(id="count")
    async def count(answer: AgentExecutorResponse, ctx: WorkflowContext[None, int]) -> None:
        await ctx.yield_output(len(json.loads(answer.agent_response.text))){mark}


    flow = WorkflowBuilder(start_executor=cook).add_edge(cook, count).build()
"""
COMPONENTS = """
    import json

    from haystack import Pipeline, component
    from haystack.components.builders import PromptBuilder
    from haystack.components.generators import OpenAIGenerator


    @component
    class Count:
        @component.output_types(count=int)
        def run(self, replies: list[str]):
            return {"count": len(json.loads(replies[0]))}{mark}


    pipe = Pipeline()
    pipe.add_component("prompt", PromptBuilder("{told} The dish: {{ dish }}"))
    pipe.add_component("cook", OpenAIGenerator())
    pipe.add_component("count", Count())
    pipe.connect("prompt.prompt", "cook.prompt")
    pipe.connect("cook.replies", "count.replies")
"""
CORRECTED = COMPONENTS.replace("output_types(count=int)", "output_types(count=int, dish=str)").replace(
    'pipe.connect("cook.replies", "count.replies")',
    'pipe.connect("cook.replies", "count.replies")\n    pipe.connect("count.dish", "prompt.dish")',
)
ALONE = """
    import json

    from agents import Agent, Runner

    cook = Agent(name="cook", instructions="{told}")


    def rows(text: str) -> list:
        return json.loads(text){mark}


    async def shop(wish: str) -> list:
        return rows((await Runner.run(cook, wish)).final_output)
"""
TEAM = """
    import json

    from llama_index.core.agent.workflow import AgentWorkflow, FunctionAgent
    from llama_index.llms.openai import OpenAI

    llm = OpenAI(model="gpt-4o")
    cook = FunctionAgent(name="cook", llm=llm, tools=[], system_prompt="{told}")
    team = AgentWorkflow(agents=[cook], root_agent="cook")


    async def shop(wish: str) -> list:
        return json.loads(str(await team.run(wish))){mark}
"""
HAND = """
    import json

    from autogen_agentchat.agents import AssistantAgent
    from autogen_agentchat.messages import TextMessage
    from autogen_ext.models.openai import OpenAIChatCompletionClient
    from pydantic import BaseModel


    class Dish(BaseModel):
        name: str


    client = OpenAIChatCompletionClient(model="gpt-4o")
    cook = AssistantAgent("cook", model_client=client, system_message="{told}"{more})
    buyer = AssistantAgent("buyer", model_client=client, system_message="Buy it.")


    async def shop(wish: str, token) -> str:
        said = await cook.on_messages([TextMessage(content=wish, source="user")], token)
        dish = json.loads(said.chat_message.content){mark}
        return (await buyer.run(task=dish["name"])).messages[-1].content
"""
RING = """
    from autogen_agentchat.agents import AssistantAgent
    from autogen_agentchat.conditions import TextMentionTermination
    from autogen_agentchat.teams import RoundRobinGroupChat
    from autogen_ext.models.openai import OpenAIChatCompletionClient

    client = OpenAIChatCompletionClient(model="gpt-4o")
    cook = AssistantAgent("cook", model_client=client, system_message="Write a recipe.")
    taster = AssistantAgent("taster", model_client=client, system_message="{told}")
    stop = TextMentionTermination("TERMINATE"){mark}
    team = RoundRobinGroupChat([cook, taster], termination_condition=stop)


    async def main(wish: str):
        return await team.run(task=wish)
"""
STOPPING = """
    from collections.abc import AsyncGenerator

    from google.adk.agents import BaseAgent, InvocationContext, LlmAgent, LoopAgent
    from google.adk.events import Event, EventActions


    class Stop(BaseAgent):
        async def _run_async_impl(self, ctx: InvocationContext) -> AsyncGenerator[Event, None]:
            said = ctx.session.state.get("said", "")
            yield Event(author=self.name, actions=EventActions(escalate={more}said.strip() == "ACCEPTED")){mark}


    cook = LlmAgent(name="cook", model="gemini-2.5-flash", instruction="Cook.", output_key="dish")
    taster = LlmAgent(name="taster", model="gemini-2.5-flash", instruction="{told} {dish}", output_key="said")
    kitchen = LoopAgent(name="kitchen", sub_agents=[cook, taster, Stop(name="stop")], max_iterations=5)
"""
WEIGHED = COMPONENTS.replace("len(json.loads(replies[0]))", "int(replies[0])").replace("import json\n", "")
MARK = "  # <- WF112"


def _told(source: str, told: str, mark: str = "", more: str = "") -> str:
    return source.replace("{told}", told).replace("{mark}", mark).replace("{more}", more)


SOURCES = [
    pytest.param(_told(CODE, "Answer with a bullet list.", MARK), id="a list"),
    pytest.param(_told(CODE, "Describe the dish in two plain sentences.", MARK), id="sentences"),
    pytest.param(_told(CODE, "You know every dish."), id="no form: the caller may name one"),
    pytest.param(_told(CODE, "Never answer in plain text."), id="a form that is ruled out"),
    pytest.param(_told(CODE, "Answer in JSON; the field why is one sentence."), id="the form that is expected"),
    pytest.param(_told(CODE, "Read the sentences and sort them."), id="sentences that are read"),
    pytest.param(_told(TREE, "List the parts as a numbered list.", MARK), id="a key of the session"),
    pytest.param(_told(TREE, "List the parts."), id="a key of the session, no form"),
    pytest.param(_told(TREE, "List the parts as JSON, each with one sentence."), id="a key of the session, as told"),
    pytest.param(_told(NODES, "Answer in one paragraph.", MARK), id="a parameter of a node"),
    pytest.param(_told(NODES, "Answer with an array: [{'name': 'salt'}], no sentences."), id="a parameter, as told"),
    pytest.param(_told(HANDED, "Tell a story.", MARK), id="what a node is handed"),
    pytest.param(_told(HANDED, "Tell me."), id="what a node is handed, no form"),
    pytest.param(_told(HANDED, "Tell a story as JSON."), id="what a node is handed, as told"),
    pytest.param(_told(HANDED, "Tell a story.", more=", output_schema=dict"), id="what a node is handed, of a schema"),
    pytest.param(_told(ALONE, "Tell a story.", MARK), id="the answer of an agent that is run by itself"),
    pytest.param(_told(ALONE, "Tell me."), id="the answer of an agent that is run by itself, no form"),
    pytest.param(_told(TEAM, "Tell a story.", MARK), id="the printed answer of a team"),
    pytest.param(_told(TEAM, "Tell a story as JSON."), id="the printed answer of a team, as told"),
    pytest.param(_told(EXECUTORS, "Reply with one sentence.", MARK), id="an answer that is sent on"),
    pytest.param(_told(EXECUTORS, "Reply shortly."), id="an answer that is sent on, no form"),
    pytest.param(_told(COMPONENTS, "Explain in one sentence.", MARK), id="replies"),
    pytest.param(_told(COMPONENTS, "Explain in one sentence, as {{ format_instructions }}."), id="a form filled in"),
    pytest.param(_told(COMPONENTS, "Write a short, merry poem.", MARK), id="prose by its kind"),
    pytest.param(_told(COMPONENTS.replace(" The dish:", ""), "{{ rows }}"), id="all of it comes from elsewhere"),
    pytest.param(_told(COMPONENTS, "Write the rows for a poem.", MARK), id="all that a generator is told"),
    pytest.param(_told(CORRECTED, "Write the rows for a poem."), id="code tells what was wrong"),
    pytest.param(_told(COMPONENTS, "Write a poem as JSON."), id="prose by its kind, in the form that is expected"),
    pytest.param(_told(CODE, "Write a user story."), id="no prose, by its kind"),
    pytest.param(_told(WEIGHED, "Explain the price in two sentences.", MARK), id="a number of an explanation"),
    pytest.param(_told(WEIGHED, "Explain the price in 2 sentences.", MARK), id="how many sentences is no number"),
    pytest.param(_told(WEIGHED, "Think in sentences, answer with the price only."), id="a number at the end"),
    pytest.param(_told(WEIGHED, "Tell the price."), id="a number, no form"),
    pytest.param(_told(HAND, "Answer in a friendly sentence.", MARK), id="an agent that is called by hand"),
    pytest.param(_told(HAND, "Answer in a friendly sentence.", more=", output_content_type=Dish"), id="a model"),
    pytest.param(_told(RING, "Taste it. If it is good, say FINISHED.", MARK), id="another word at the end"),
    pytest.param(_told(RING, "Taste it. Say DONE when it is good.", MARK), id="another word, first in its sentence"),
    pytest.param(_told(RING, "Taste it. If it is good, say FINISHED and TERMINATE."), id="both words"),
    pytest.param(_told(STOPPING, "Reply with the word APPROVED if it is good.", MARK), id="another word in a field"),
    pytest.param(_told(STOPPING, "Reply ACCEPTED or REJECTED."), id="the word of a field"),
    pytest.param(_told(STOPPING, "Say whether it is good."), id="no word for a field"),
    pytest.param(
        _told(STOPPING, "Say FAILED if it is bad.", more='"FAILED" in said or '),
        id="a word beside one that is told: code may write it",
    ),
    pytest.param(_told(RING, "Taste it and write to the COOK."), id="a name in capitals"),
]


@pytest.mark.parametrize("source", SOURCES)
def test_told_otherwise(tmp_path: Path, source: str) -> None:
    found = [(line, code) for line, code in loud(tmp_path, source) if code == "WF112"]
    assert found == marked(source)
