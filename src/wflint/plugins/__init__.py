"""What other packages bring, found by their entry points: rules, front ends, rows; used where a configuration says."""

from wflint.plugins.front_ends import front_ends
from wflint.plugins.rules import RulePlugin, RulesInForce, rules

__all__ = ["RulePlugin", "RulesInForce", "front_ends", "rules"]
