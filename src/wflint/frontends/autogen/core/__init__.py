"""AutoGen Core: runtimes, and the agents that are registered with them and send each other messages."""
