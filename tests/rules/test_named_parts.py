"""What prompts say of tools and hand-offs, and configured gates, through sources: WF003, WF114, WF307, and silence."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.rules.marked import loud, marked
from wflint.config import Config

DESK = """
    from agents import Agent, Runner, function_tool
    from pydantic import BaseModel


    class Ticket(BaseModel):
        topic: str


    @function_tool
    def find_order(number: str) -> str:
        "Look an order up."
        return number


    solver = Agent(name="solver", instructions="You solve it."{solver})
    desk = Agent({mark}
        name="desk",
        instructions="{told}",{said}
        {more}
    )
    result = Runner.run_sync(desk, "Where is order 17?", max_turns=6)
"""
TEAM = "tools=[find_order], handoffs=[solver],"


def _desk(told: str, more: str = TEAM, mark: str = "", solver: str = "") -> str:
    said, made = (f"  # <- {code}" if mark == code else "" for code in ("WF003", "WF114"))
    return DESK.format(told=told, more=more, said=said, mark=made, solver=solver)


GIVEN = """
    from agents import Agent, Runner, function_tool


    @function_tool
    def find_order(number: str) -> str:
        "Look an order up."
        return number


    def told(context, agent):
        return f"You talk to {{context.context}}. First call `{tool}`."{mark}


    desk = Agent(name="desk", instructions=told, tools=[find_order])
    result = Runner.run_sync(desk, "Where is order 17?", max_turns=6)
"""

NAMED = [
    pytest.param(GIVEN.format(tool="look_up", mark="  # <- WF003"), id="what-a-function-tells"),
    pytest.param(GIVEN.format(tool="find_order", mark=""), id="what-a-function-tells-that-is-there"),
    pytest.param(_desk("Always use the `look_up` tool.", mark="WF003"), id="a-tool"),
    pytest.param(_desk("Call refund_payment(order) when asked.", mark="WF003"), id="a-call"),
    pytest.param(_desk("Transfer the customer to `billing`.", mark="WF003"), id="an-agent"),
    pytest.param(
        _desk("Money goes to `Refund desk`.", 'handoffs=[Agent(name="Order desk")],', mark="WF003"), id="of-one-kind"
    ),
    pytest.param(
        _desk("Route money questions to refund_desk.", 'handoffs=[Agent(name="order_desk")],', mark="WF003"),
        id="of-one-kind-in-one-word",
    ),
    pytest.param(_desk("The order goes to `Order desk`.", 'handoffs=[Agent(name="Order desk")],'), id="one-of-them"),
    pytest.param(_desk("Send it to warehouse_queue.", 'handoffs=[Agent(name="order_desk")],'), id="of-no-kind"),
    pytest.param(_desk("First call refund_payment to see what is left.", mark="WF003"), id="a-bare-name"),
    pytest.param(_desk("Call find_order first, then write."), id="a-bare-name-that-is-there"),
    pytest.param(_desk("We call the order_number field a key, and call snake_case-names ugly."), id="no-call"),
    pytest.param(_desk("Use the find_order tool, then transfer to `solver`."), id="those-that-are-there"),
    pytest.param(_desk("Call transfer_to_solver() when you are stuck."), id="the-tool-of-a-hand-off"),
    pytest.param(_desk("Never use the `delete_order` tool."), id="forbidden"),
    pytest.param(_desk("Use the `delete_order` tool.", "tools=load_tools(),"), id="tools-that-are-not-known"),
    pytest.param(
        GIVEN.format(tool="local_search", mark="")
        .replace("tools=[find_order]", "tools=[find_order, made]")
        .replace("def told", "from library import Search\n\n    made = Search.from_settings(1)\n\n\n    def told"),
        id="a-tool-that-a-library-makes",
    ),
    pytest.param(_desk("Use the `delete_order` tool.", "mcp_servers=[server], tools=[find_order],"), id="a-server"),
    pytest.param(_desk("Use the `delete_order` tool.", ""), id="no-tools"),
    pytest.param(
        _desk("Use the `ask_solver` tool.", 'tools=[find_order, solver.as_tool("ask_solver", "Solves it.")],'),
        id="an-agent-as-a-tool",
    ),
    pytest.param(_desk("Use `markdown` and call it a day. Run `make`.", "tools=[find_order],"), id="a-format"),
    pytest.param(
        """
        from google.adk.agents import LlmAgent


        def find_order(number: str) -> str:
            "Look an order up."
            return number


        desk = LlmAgent(  # noqa
            name="desk",
            model="gemini-3-pro",
            instruction="Use the `look_up` tool first.",  # <- WF003
            tools=[find_order],
        )
        solver = LlmAgent(name="solver", model="gemini-3-pro", instruction="You solve it.")
        root_agent = LlmAgent(name="root", model="gemini-3-pro", instruction="You lead.", sub_agents=[desk, solver])
        """,
        id="adk",
    ),
    pytest.param(
        """
        from google.adk.agents import LlmAgent
        from somewhere import as_activity


        def find_order(number: str) -> str:
            "Look an order up."
            return number


        desk = LlmAgent(
            name="desk",
            model="gemini-3-pro",
            instruction="Use the `find_order` tool first.",
            tools=[as_activity(find_order, timeout=9)],
        )
        solver = LlmAgent(name="solver", model="gemini-3-pro", instruction="You solve it.")
        root_agent = LlmAgent(name="root", model="gemini-3-pro", instruction="You lead.", sub_agents=[desk, solver])
        """,
        id="adk-a-tool-that-another-library-wraps",
    ),
    pytest.param(
        """
        from autogen_agentchat.agents import AssistantAgent
        from autogen_agentchat.conditions import MaxMessageTermination
        from autogen_agentchat.teams import RoundRobinGroupChat
        from autogen_ext.models.openai import OpenAIChatCompletionClient

        client = OpenAIChatCompletionClient(model="gpt-5.2")


        def find_order(number: str) -> str:
            "Look an order up."
            return number


        desk = AssistantAgent(
            "desk", client, tools=[find_order], system_message="Use the `look_up` tool first."  # <- WF003
        )
        solver = AssistantAgent("solver", client, system_message="You solve it.")
        team = RoundRobinGroupChat([desk, solver], termination_condition=MaxMessageTermination(6))
        """,
        id="autogen",
    ),
    pytest.param(
        """
        from haystack.components.agents import Agent
        from haystack.components.generators.chat import OpenAIChatGenerator
        from haystack.tools import Tool
        from haystack_integrations.tools.mcp import MCPToolset


        def ask(question: str) -> str:
            return question


        ask_tool = Tool(name="ask_weather", description="Weather.", parameters={}, function=ask)
        served = [*MCPToolset(server_info=None), ask_tool]
        told = "Call ask_weather, then call suggest_activities."
        planner = Agent(chat_generator=OpenAIChatGenerator(), system_prompt=told, tools=served)
        print(planner.run(messages=[]))
        """,
        id="haystack-with-tools-of-a-server",
    ),
    pytest.param(
        """
        from haystack.components.agents import Agent
        from haystack.components.generators.chat import OpenAIChatGenerator
        from haystack.tools import Tool


        def ask(question: str) -> str:
            return question


        ask_tool = Tool(name="ask_weather", description="Weather.", parameters={}, function=ask)
        told = "Call ask_weather, then call suggest_activities."
        planner = Agent(chat_generator=OpenAIChatGenerator(), system_prompt=told, tools=[ask_tool])  # <- WF003
        print(planner.run(messages=[]))
        """,
        id="haystack",
    ),
]
FORM = "handoffs=[solver], output_type=Ticket,"
HANDED = [
    pytest.param(_desk("Find out the topic, then hand off to the solver.", FORM, "WF114"), id="then"),
    pytest.param(_desk("First transfer the customer to the solver.", FORM, "WF114"), id="first"),
    pytest.param(_desk("Hand off to the solver before you answer.", FORM, "WF114"), id="before"),
    pytest.param(
        _desk("Always hand off to solver or clerk.", FORM.replace("solver]", 'solver, Agent(name="clerk")]'), "WF114"),
        id="one-or-another",
    ),
    pytest.param(_desk("Always hand off to the solver or answer.", FORM), id="or-not"),
    pytest.param(_desk("If it is hard, hand off to the solver.", FORM), id="only-sometimes"),
    pytest.param(_desk("Find out the topic, then hand off to the solver.", "handoffs=[solver],"), id="no-form"),
    pytest.param(_desk("Answer with a ticket.", FORM), id="not-told"),
    pytest.param(
        _desk("Find out the topic, then hand off to the solver.", FORM, solver="")
        + "    solver.handoffs.append(desk)\n",
        id="handed-back",
    ),
]


@pytest.mark.parametrize(
    ("source", "code"),
    [
        pytest.param(*one.values, code, id=f"{code}-{one.id}")
        for cases, code in ((NAMED, "WF003"), (HANDED, "WF114"))
        for one in cases
    ],
)
def test_exactly_what_is_marked(source: str, code: str, tmp_path: Path) -> None:
    assert [one for one in loud(tmp_path, source) if one[1] == code] == marked(source)


LETTERS = """
    from typing import TypedDict

    from langgraph.graph import END, START, StateGraph


    class State(TypedDict):
        letter: str


    def write(state: State):
        return {{"letter": state["letter"].strip()}}


    def after(state: State):
        return "approve" if len(state["letter"]) > 80 else "{short}"


    builder = StateGraph(State)
    builder.add_node("write", write)
    builder.add_node("approve", write)
    builder.add_node("send_it", write){mark}
    builder.add_edge(START, "write")
    builder.add_conditional_edges("write", after, ["approve", "{short}"])
    builder.add_edge("approve", "send_it")
    builder.add_edge("send_it", END)
    graph = builder.compile()
"""


@pytest.mark.parametrize(
    ("short", "gates", "found"),
    [
        ("send_it", {"approve": ("send*",)}, True),
        ("send_it", {"ask_*": ("send_it",)}, True),
        ("approve", {"approve": ("send*",)}, False),
        ("send_it", {"approve": ("delete*",)}, False),
        ("send_it", {}, False),
    ],
)
def test_ways_around_a_gate(short: str, gates: dict[str, tuple[str, ...]], *, found: bool, tmp_path: Path) -> None:
    source = LETTERS.format(short=short, mark="  # <- WF307" if found else "")
    heard = loud(tmp_path, source, Config(approval_gates=gates))
    assert [one for one in heard if one[1] == "WF307"] == marked(source)


KIN = """
    from google.adk.agents import LlmAgent
    {imported}

    def look(where: str) -> str:
        "Look."
        return where


    writer = LlmAgent(name="writer_agent", model="m", instruction="Write.")
    reader = LlmAgent(
        name="reader_agent", model="m", tools=[look]{more},
        instruction="{told}",{mark}
    )
    root_agent = {root}
"""
DESK_AGENT = 'LlmAgent(name="desk_agent", model="m", instruction="Lead.", sub_agents=[reader, writer])'


def _kin(told: str, more: str = "", mark: str = "", root: str = DESK_AGENT, imported: str = "") -> str:
    return KIN.format(told=told, more=more, mark=mark, root=root, imported=imported)


OFFERED = [
    pytest.param(_kin("Call `transfer_to_agent` when done."), id="the-tool"),
    pytest.param(_kin("When done, transfer to writer_agent."), id="a-sibling"),
    pytest.param(_kin("When done, transfer to desk_agent."), id="the-parent"),
    pytest.param(
        _kin(
            "Call `transfer_to_agent` when done.",
            ", disallow_transfer_to_peers=True, disallow_transfer_to_parent=True",
            "  # <- WF003",
        ),
        id="nobody-allowed",
    ),
    pytest.param(
        _kin(
            "Call `transfer_to_agent` when done.",
            mark="  # <- WF003",
            root='SequentialAgent(name="row", sub_agents=[reader, writer])',
            imported="from google.adk.agents import SequentialAgent\n",
        ),
        id="members-of-a-row",
    ),
    pytest.param(
        _kin(
            "When done, transfer to checker_agent.",
            root='LlmAgent(name="desk_agent", model="m", instruction="Lead.", sub_agents=[reader, *others()])',
            imported="from elsewhere import others\n",
        ),
        id="siblings-unknown",
    ),
]


@pytest.mark.parametrize("source", OFFERED)
def test_an_agent_may_turn_to_its_parent_and_its_siblings(tmp_path: Path, source: str) -> None:
    assert loud(tmp_path, source) == marked(source)
