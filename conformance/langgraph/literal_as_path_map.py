"""A router annotated `-> Literal[...]` fails when it returns another label; one annotated with a list does not.

langgraph 1.2.24: only a bare `Literal` is used as the path map.
"""

import json
from typing import Literal, TypedDict

from langgraph.graph import END, START, StateGraph


class Order(TypedDict):
    dish: str
    cook: str


def take(order: Order):
    return {"dish": order["dish"].strip()}


def soup(order: Order):
    return {"cook": "soup"}


def roast(order: Order):
    return {"cook": "roast"}


def strict(order: Order) -> Literal["soup", "__end__"]:
    return "roast" if order["dish"] == "beef" else "soup"


def loose(order: Order) -> list[Literal["soup", "__end__"]]:
    return ["roast"] if order["dish"] == "beef" else ["soup"]


def made(router):
    builder = StateGraph(Order)
    builder.add_node("take", take)
    builder.add_node("soup", soup)
    builder.add_node("roast", roast)
    builder.add_edge(START, "take")
    builder.add_conditional_edges("take", router)
    return builder.compile()


first, second = made(strict), made(loose)
if __name__ == "__main__":
    try:
        failed = ""
        first.invoke({"dish": "beef"})
    except KeyError as error:
        failed = str(error)
    print(json.dumps({"strict": failed, "loose": second.invoke({"dish": "beef"})["cook"]}))
