"""When the steps of a workflow run: stages, the critical path, waits, bounds, and what an orchestrator has to hold."""
