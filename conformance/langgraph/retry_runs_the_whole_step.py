"""A retry runs the whole step again, so what it did before it failed is done twice.

langgraph 1.2.24.
"""

import json
from typing import TypedDict

import httpx
from langgraph.graph import END, START, StateGraph
from langgraph.types import RetryPolicy

PAID = []


def answer(request):
    if request.method == "POST":
        PAID.append(request.url.path)
        return httpx.Response(200)
    if len(PAID) < 2:
        raise ConnectionError("down")
    return httpx.Response(200, text="receipt")


httpx.HTTPTransport.handle_request = lambda self, request: answer(request)


class Order(TypedDict):
    id: str
    receipt: str


def pay(order: Order):
    httpx.post("http://bank.example/payments", json={"order": order["id"]})
    return {"receipt": httpx.get(f"http://bank.example/receipts/{order['id']}").text}


builder = StateGraph(Order)
builder.add_node("pay", pay, retry_policy=RetryPolicy(max_attempts=3, initial_interval=0.01))
builder.add_edge(START, "pay")
builder.add_edge("pay", END)
graph = builder.compile()
if __name__ == "__main__":
    result = graph.invoke({"id": "7"})
    print(json.dumps({"receipt": result["receipt"], "paid": len(PAID)}))
