"""What Haystack's pipelines take by keyword, in any release from 2.0 to 3.4; anything else they refuse."""

from __future__ import annotations

from wflint.assembly.parameters import Parameters, refused

PARAMETERS: Parameters = {
    **dict.fromkeys(
        ("haystack.Pipeline", "haystack.AsyncPipeline"),
        refused("connection_type_validation debug_path max_loops_allowed max_runs_per_component metadata"),
    ),
}
