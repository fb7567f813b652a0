"""What middleware declares as its state a caller may give and is given back, but for what is marked to be left out.

langchain 1.5.2.
"""

import json
from typing import Annotated

from langchain.agents import create_agent
from langchain.agents.middleware import AgentMiddleware, AgentState
from langchain.agents.middleware.types import OmitFromInput, OmitFromOutput, PrivateStateAttr
from langchain_core.language_models.fake_chat_models import GenericFakeChatModel
from langchain_core.messages import AIMessage

seen = {}


class Named(AgentState):
    user: str


class Counted(AgentState):
    budget: int
    spent: Annotated[int, OmitFromInput]
    trace: Annotated[str, OmitFromOutput]
    secret: Annotated[str, PrivateStateAttr]


class Counting(AgentMiddleware):
    state_schema = Counted

    def before_model(self, state, runtime):
        seen["budget"] = state["budget"]
        return {"spent": 1, "trace": "t", "secret": "s"}


class Reading(AgentMiddleware):
    def after_model(self, state, runtime):
        seen["secret"] = state["secret"]
        return None


agent = create_agent(
    model=GenericFakeChatModel(messages=iter([AIMessage("done")])),
    state_schema=Named,
    middleware=[Counting(), Reading()],
)

if __name__ == "__main__":
    result = agent.invoke({"messages": [("user", "Hi.")], "user": "Ada", "budget": 3})
    print(
        json.dumps(
            {
                "budget": result["budget"],
                "spent": result["spent"],
                "user": result["user"],
                "kept back": "trace" not in result and "secret" not in result,
                **{f"shown {key}": value for key, value in seen.items()},
            }
        )
    )
