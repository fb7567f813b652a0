"""What kind of work writes a value, by the code that makes it."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.frontends.sources import workflows

GRAPH = """\
import ast, json, os, re, sqlite3, subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import TypedDict, cast
import httpx
import requests
from langchain_community.tools import DuckDuckGoSearchRun, ShellTool
from langchain_community.vectorstores import FAISS
from langchain_core.messages import AIMessage, HumanMessage
from langchain_core.output_parsers import JsonOutputParser, StrOutputParser
from langchain_core.prompts import ChatPromptTemplate
from langchain_core.tools import tool
from langchain_openai import ChatOpenAI
from langgraph.graph import END, START, StateGraph
from langgraph.types import interrupt
from openai import OpenAI
from pydantic import BaseModel
class State(TypedDict):
    topic: str
    out: str
class Query(BaseModel):
    text: str
class Queries(BaseModel):
    queries: list[Query]
    note: str
@dataclass
class Report:
    title: str
    body: str
@tool
def lookup(topic: str) -> str:
    return weather_of(topic)
llm = ChatOpenAI(model="gpt-4o")
asking = llm.with_structured_output(Queries)
client = OpenAI()
store = FAISS.load_local("index", None)
prompt = ChatPromptTemplate.from_template("Write about {topic}")
def ask(topic):
    return llm.invoke(topic).content
def node(state: State):
%s
builder = StateGraph(State)
builder.add_node("one", node)
builder.add_edge(START, "one")
builder.add_edge("one", END)
graph = builder.compile()
"""

FORM = "    result = asking.invoke(state['topic'])\n"
TEXT = "    response = llm.invoke([HumanMessage(content=state['topic'])])\n"


def node(code: str) -> str:
    """The body of a node that ends in an expression."""
    *before, last = code.split("; ")
    return "".join(f"    {line}\n" for line in before) + f"    return {{'out': {last}}}"


CASES = [
    pytest.param(FORM + node("result"), "model-form", id="an answer in a form"),
    pytest.param(FORM + node("result.queries[:3]"), "model-form", id="a slice of it"),
    pytest.param(FORM + node("[q.text for q in result.queries]"), "model-form", id="a comprehension over it"),
    pytest.param(FORM + node("[q for q in result.queries if q.text]"), "model-form", id="a filter"),
    pytest.param(FORM + node("result.model_dump()"), "model-form", id="its dump"),
    pytest.param(FORM + node("cast(Queries, result)"), "model-form", id="a cast"),
    pytest.param(FORM + node("{**result.model_dump(), 'n': 1}"), "model-form", id="spread into a dict"),
    pytest.param(FORM + node("dict(result)"), "model-form", id="made a dict"),
    pytest.param(FORM + node("'\\n'.join(q.text for q in result.queries)"), "model-form", id="joined"),
    pytest.param(FORM + node("f'{result.note}!'"), "model-form", id="in an f-string"),
    pytest.param(FORM + node("Report(title='x', body=result.note)"), "model-form", id="in an object"),
    pytest.param(FORM + node("json.loads(result.note)"), "model-form", id="parsing a form changes nothing"),
    pytest.param(
        "    chain = prompt | asking\n" + node("chain.invoke({'topic': 1}).note"),
        "model-form",
        id="a chain with a form",
    ),
    pytest.param(TEXT + node("response"), "model-text", id="a message"),
    pytest.param(TEXT + node("[response]"), "model-text", id="a message in a list"),
    pytest.param(TEXT + node("response.content.strip()"), "model-text", id="a text trimmed"),
    pytest.param(TEXT + node("f'Answer: {response.content}'"), "model-text", id="a text in an f-string"),
    pytest.param(TEXT + node("'a' + response.content"), "model-text", id="a text added to"),
    pytest.param(TEXT + node("AIMessage(content=response.content)"), "model-text", id="a text in a message"),
    pytest.param(TEXT + node("str(response.content)[:500]"), "model-text", id="a text cut"),
    pytest.param(TEXT + node("re.sub('a', 'b', response.content)"), "model-text", id="a text cleaned"),
    pytest.param(node("ask(state['topic'])"), "model-text", id="by way of a function"),
    pytest.param(
        node("client.chat.completions.create(model='m', messages=[]).choices[0].message.content"),
        "model-text",
        id="choices of a completion",
    ),
    pytest.param(
        node("(prompt | llm | StrOutputParser()).invoke({'topic': 1})"), "model-text", id="a chain that ends in a text"
    ),
    pytest.param(
        "    found = []\n    for topic in state['topics']:\n        found.append(llm.invoke(topic).content)\n"
        + node("found"),
        "model-text",
        id="gathered in a loop",
    ),
    pytest.param(TEXT + node("json.loads(response.content)"), "parsed-text", id="json.loads"),
    pytest.param(TEXT + node("json.loads(response.content)['a']['b']"), "parsed-text", id="a part of json"),
    pytest.param(TEXT + node("json.loads(response.content).get('a', [])"), "parsed-text", id="get of json"),
    pytest.param(TEXT + node("ast.literal_eval(response.content)"), "parsed-text", id="literal_eval"),
    pytest.param(TEXT + node("int(response.content)"), "parsed-text", id="int"),
    pytest.param(TEXT + node("float(response.content.strip()) / 2"), "parsed-text", id="float, divided"),
    pytest.param(TEXT + node("response.content.split('\\n')"), "parsed-text", id="split"),
    pytest.param(
        TEXT + node("[part.strip() for part in response.content.split(',') if part]"), "parsed-text", id="split parts"
    ),
    pytest.param(TEXT + node("re.search('(a)', response.content).group(1)"), "parsed-text", id="a group of a regex"),
    pytest.param(
        TEXT + "    match = re.search('(a)', response.content)\n" + node("match.group(1) if match else ''"),
        "code parsed-text",
        id="a group, or a fixed text",
    ),
    pytest.param(TEXT + node("'yes' in response.content.lower()"), "parsed-text", id="a word looked for"),
    pytest.param(TEXT + node("Queries.model_validate_json(response.content)"), "parsed-text", id="validated json"),
    pytest.param(
        node("(prompt | llm | JsonOutputParser()).invoke({'topic': 1})"), "parsed-text", id="a chain that parses"
    ),
    pytest.param(
        TEXT + node("{'raw': response.content, 'n': json.loads(response.content)}"),
        "model-text parsed-text",
        id="the text beside what is made of it",
    ),
    pytest.param(TEXT + node("response.tool_calls[0]['args']"), "model-form", id="arguments of a tool call"),
    pytest.param(
        node("client.beta.chat.completions.parse(model='m', messages=[], response_format=Queries)"),
        "model-form",
        id="a completion in a form",
    ),
    pytest.param(node("store.similarity_search(state['topic'])"), "lookup", id="a vector store"),
    pytest.param(
        "    docs = store.as_retriever().invoke(state['topic'])\n" + node("[doc.page_content for doc in docs]"),
        "lookup",
        id="texts of a retriever",
    ),
    pytest.param(node("DuckDuckGoSearchRun().invoke(state['topic'])"), "lookup", id="a search tool"),
    pytest.param(node("requests.get('https://example.org').json()['a']"), "outside", id="a request"),
    pytest.param(
        "    with httpx.Client() as http:\n        text = http.get('https://example.org').text\n" + node("text"),
        "outside",
        id="a client",
    ),
    pytest.param(
        "    with open('a.txt') as file:\n        text = file.read()\n" + node("text"), "outside", id="a file"
    ),
    pytest.param(node("Path('a.txt').read_text()"), "outside", id="a path"),
    pytest.param(node("json.load(open('a.json'))"), "outside", id="json of a file"),
    pytest.param(
        node("rows = sqlite3.connect('a.db').cursor().execute('select 1').fetchall(); [row[0] for row in rows]"),
        "outside",
        id="a database",
    ),
    pytest.param(node("subprocess.run(['ls'], capture_output=True).stdout.decode()"), "outside", id="a subprocess"),
    pytest.param(node("lookup.invoke({'topic': state['topic']})"), "outside", id="a tool"),
    pytest.param(node("ShellTool().run('ls')"), "outside", id="a tool of a library"),
    pytest.param(node("state['session'].call_tool('a', {})"), "outside", id="a tool of a server"),
    pytest.param(node("interrupt('Go on?')"), "person", id="an interrupt"),
    pytest.param(node("interrupt('Go on?')['text'].strip()"), "person", id="a part of what somebody answers"),
    pytest.param(node("input('Go on?')"), "person", id="input"),
    pytest.param(
        TEXT + node("response.content + str(requests.get('https://example.org').text)"),
        "model-text outside",
        id="two kinds of work",
    ),
    pytest.param(node("'x'"), "code", id="a constant"),
    pytest.param(node("[]"), "code", id="an empty list"),
    pytest.param(node("state['topic'].strip()"), "code", id="another field"),
    pytest.param(node("len(state['topic']) + 1"), "code", id="a number"),
    pytest.param(node("os.environ['HOME']"), "code", id="a setting"),
    pytest.param(node("json.loads(state['topic'])"), "code", id="json of a field"),
    pytest.param(node("state['items'][0]['name'].split(',')"), "code", id="a field taken apart"),
    pytest.param(node("Report(title='x', body=state['topic'])"), "code", id="an object of a field"),
    pytest.param(TEXT + node("response.usage_metadata"), "code", id="a record of the call"),
    pytest.param(TEXT + node("'x'"), "code", id="an answer that nobody uses"),
    pytest.param(node("unheard_of(state['topic'])"), "unseen", id="something that is not known"),
]


@pytest.mark.parametrize(("body", "origins"), CASES)
def test_a_step_of_a_graph(tmp_path: Path, body: str, origins: str) -> None:
    (flow,) = (one for one in workflows(tmp_path, GRAPH % body) if one.framework == "langgraph" and len(one.steps) > 1)
    (step,) = (step for step in flow.steps if step.id == "one")
    assert [(offer.name, " ".join(offer.origins)) for offer in step.offers] == [("out", origins)]
