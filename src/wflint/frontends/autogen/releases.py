"""What AutoGen is installed as."""

from __future__ import annotations

from wflint.assembly.releases import Package

PACKAGE = Package(("autogen-agentchat", "autogen-core"))
