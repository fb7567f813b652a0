# What LangChain brings along, as Python that is read and never run: its agent, a graph built around a model, and the
# middleware that adds steps to it.
from typing import Annotated, Any, TypedDict
from langchain.chat_models import init_chat_model
from langgraph.graph import END, START, StateGraph
from langgraph.channels import ephemeral_value, last_value
from langgraph.graph.message import add_messages
from langgraph.types import interrupt
from langgraph.wflint import (
    Model, answers_by_tool, choose, code_of, has_tools, jumps_of, overrides, perhaps, returns_direct, state_of, tool_node, unsure,
)


class AgentState(TypedDict):
    messages: Annotated[list, add_messages]
    jump_to: Annotated[str, ephemeral_value]
    structured_response: Annotated[Any, last_value]


class AgentMiddleware:
    @property
    def name(self):
        return self.__class__.__name__


class SummarizationMiddleware(AgentMiddleware):
    def __init__(self, model, **options):
        self.model = init_chat_model(model)

    def before_model(self, state, runtime):
        if perhaps():
            return {"messages": [self.model.invoke(state["messages"])]}
        return None


class HumanInTheLoopMiddleware(AgentMiddleware):
    def __init__(self, interrupt_on, **options): ...

    def after_model(self, state, runtime):
        calls = state["messages"][-1].tool_calls
        if perhaps():
            return {"messages": [interrupt(calls)]}
        return None

    def wrap_tool_call(self, request, handler): ...


class ModelCallLimitMiddleware(AgentMiddleware):
    def __init__(self, **options): ...

    def before_model(self, state, runtime):
        if perhaps():
            return {"jump_to": "end", "messages": []}
        return None

    before_model_jumps = ["end"]

    def after_model(self, state, runtime):
        return None


class ToolCallLimitMiddleware(AgentMiddleware):
    def __init__(self, *, tool_name=None, **options):
        self.tool_name = tool_name

    @property
    def name(self):
        return f"{self.__class__.__name__}[{self.tool_name}]" if self.tool_name else self.__class__.__name__

    def after_model(self, state, runtime):
        if perhaps():
            return {"jump_to": "end", "messages": [state["messages"][-1]]}
        return None

    after_model_jumps = ["end"]


class PIIMiddleware(AgentMiddleware):
    def __init__(self, pii_type, **options):
        self.pii_type = pii_type

    @property
    def name(self):
        return f"{self.__class__.__name__}[{self.pii_type}]"

    def before_model(self, state, runtime):
        if perhaps():
            return {"messages": [state["messages"][-1]]}
        return None

    before_model_jumps = ["end"]

    def after_model(self, state, runtime):
        if perhaps():
            return {"messages": [state["messages"][-1]]}
        return None


class TodoListMiddleware(AgentMiddleware):
    tools = ["write_todos"]

    def __init__(self, **options): ...

    def wrap_model_call(self, request, handler): ...

    def after_model(self, state, runtime):
        if perhaps():
            return {"messages": [state["messages"][-1]]}
        return None


class ShellToolMiddleware(AgentMiddleware):
    tools = ["shell"]

    def __init__(self, *args, **options): ...

    def before_agent(self, state, runtime):
        return None

    def after_agent(self, state, runtime):
        return None


class FilesystemFileSearchMiddleware(AgentMiddleware):
    tools = ["glob_search", "grep_search"]

    def __init__(self, **options): ...


class ToolRetryMiddleware(AgentMiddleware):
    def __init__(self, **options): ...

    def wrap_tool_call(self, request, handler): ...


class ToolErrorMiddleware(ToolRetryMiddleware): ...


class LLMToolEmulator(ToolRetryMiddleware): ...


class ModelRetryMiddleware(AgentMiddleware):
    def __init__(self, *args, **options): ...

    def wrap_model_call(self, request, handler): ...


class ModelFallbackMiddleware(ModelRetryMiddleware): ...


class ContextEditingMiddleware(ModelRetryMiddleware): ...


class LLMToolSelectorMiddleware(ModelRetryMiddleware): ...


class ProviderToolSearchMiddleware(ModelRetryMiddleware): ...


class Hook(AgentMiddleware):
    def __init__(self, hook, code, jumps, name, state_schema):
        self.hook = hook
        self.code = code
        self.jumps = jumps
        self.name = name or code.__name__
        self.state_schema = state_schema


def _hooked(hook, function, can_jump_to, name, state_schema):
    def decorate(code):
        return Hook(hook, code, can_jump_to, name, state_schema)

    return decorate if function is None else decorate(function)


def before_agent(func=None, *, state_schema=None, tools=None, can_jump_to=None, name=None):
    return _hooked("before_agent", func, can_jump_to, name, state_schema)


def before_model(func=None, *, state_schema=None, tools=None, can_jump_to=None, name=None):
    return _hooked("before_model", func, can_jump_to, name, state_schema)


def after_model(func=None, *, state_schema=None, tools=None, can_jump_to=None, name=None):
    return _hooked("after_model", func, can_jump_to, name, state_schema)


def after_agent(func=None, *, state_schema=None, tools=None, can_jump_to=None, name=None):
    return _hooked("after_agent", func, can_jump_to, name, state_schema)


def wrap_model_call(func=None, *, state_schema=None, tools=None, name=None):
    return _hooked("wrap_model_call", func, None, name, state_schema)


def dynamic_prompt(func=None):
    return _hooked("wrap_model_call", func, None, None, None)


def wrap_tool_call(func=None, *, tools=None, name=None):
    return _hooked("wrap_tool_call", func, None, name, None)


def create_agent(
    model, tools=None, *, system_prompt=None, middleware=(), response_format=None, state_schema=None,
    context_schema=None, checkpointer=None, store=None, interrupt_before=None, interrupt_after=None, debug=False,
    name=None, cache=None, **rest,
):
    return _agent(StateGraph(state_schema or AgentState), model, tools, middleware, response_format).compile(
        checkpointer=checkpointer, store=store, interrupt_before=interrupt_before, interrupt_after=interrupt_after,
        name=name,
    )


# The graph comes in as an argument, and no variable here ever holds it: it is called what the caller calls it.
def _agent(graph, model, tools, middleware, response_format):
    graph.tools = tools
    graph.add_node("model", Model(model))
    for hook in ("before_agent", "before_model", "after_model", "after_agent"):
        for item in middleware:
            if overrides(item, hook):
                graph.add_node(f"{item.name}.{hook}", code_of(item, hook), input_schema=state_of(item))
    if unsure(middleware):
        graph.add_node(middleware)
    early = [item for item in middleware if overrides(item, "before_agent")]
    before = [item for item in middleware if overrides(item, "before_model")]
    after = [item for item in middleware if overrides(item, "after_model")]
    late = [item for item in middleware if overrides(item, "after_agent")]
    loop = f"{before[0].name}.before_model" if before else "model"
    out = f"{after[0].name}.after_model" if after else "model"
    stop = f"{late[-1].name}.after_agent" if late else END
    graph.add_edge(START, f"{early[0].name}.before_agent" if early else loop)
    by_tool = answers_by_tool(response_format)
    if has_tools(tools, middleware):
        graph.add_node("tools", tool_node(tools))
        graph.add_conditional_edges("tools", choose, [loop, stop] if by_tool or returns_direct(tools) else [loop])
        wrapped = [item for item in middleware if overrides(item, "wrap_model_call")]
        again = [loop] if response_format is not None or after or wrapped else []
        graph.add_conditional_edges(out, choose, ["tools", stop, *again])
    elif by_tool:
        graph.add_conditional_edges(out, choose, [loop, stop])
    elif after:
        _leave(graph, after[0], "after_model", stop, loop, stop)
    else:
        graph.add_edge("model", stop)
    for number in range(len(early)):
        later = f"{early[number + 1].name}.before_agent" if number + 1 < len(early) else loop
        _leave(graph, early[number], "before_agent", later, loop, stop)
    for number in range(len(before)):
        later = f"{before[number + 1].name}.before_model" if number + 1 < len(before) else "model"
        _leave(graph, before[number], "before_model", later, loop, stop)
    if after:
        graph.add_edge("model", f"{after[-1].name}.after_model")
    for number in range(1, len(after)):
        _leave(graph, after[number], "after_model", f"{after[number - 1].name}.after_model", loop, stop)
    for number in range(len(late)):
        later = f"{late[number - 1].name}.after_agent" if number else END
        _leave(graph, late[number], "after_agent", later, loop, stop)
    return graph


def _leave(graph, item, hook, later, loop, stop):
    ways = {"end": stop, "model": loop, "tools": "tools"}
    jumps = jumps_of(item, hook)
    if jumps:
        graph.add_conditional_edges(f"{item.name}.{hook}", choose, [later, *[ways[jump] for jump in jumps]])
    else:
        graph.add_edge(f"{item.name}.{hook}", later)
