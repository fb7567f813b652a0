"""From a table of spans to what runs did: calls, runs, steps, edges, cost."""
