"""A calibration for people: how well the labels separate, and the configuration to paste, comments and all."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec.structs import asdict, replace

from wflint.analyses.labels.calibration import FEW, REPEATED, Calibration
from wflint.config import LabelSettings, kebab
from wflint.writers.summary import count

UNIMPRESSIVE = 0.6
"""Below this ROC-AUC the order of the edges says little."""


def write(found: Calibration, settings: LabelSettings) -> str:
    """TOML: what was found in comments, then every setting of the labels that differs from its default."""
    return "\n".join((*(f"# {line}" for line in _about(found)), *_table(found, settings))) + "\n"


def _about(found: Calibration) -> Iterator[str]:
    bad = "1 mismatch" if found.mismatches == 1 else f"{found.mismatches} mismatches"
    yield f"{count(found.edges, 'labelled edge')}, {count(found.executions, 'run')}, {bad}."
    yield from _about_order(found)
    folds = "one edge left out at a time" if found.folds == found.edges else f"{found.folds} folds"
    yield (
        f"Brier score {found.brier:.3f} ({folds}); {found.brier_before:.3f} before fitting, "
        f"{found.brier_base:.3f} for the rate alone. Lower is better."
    )
    if found.scaled:
        yield "Fitted: the scale of the weights and the bias, both held near 1 and 0 where labels are few."
    else:
        yield f"Fitted: the bias only; the scale takes {2 * FEW} edges, {FEW} mismatches and {FEW} good runs at least."
    if found.strengthened:
        yield "Fitted: the prior's strength, among 2, 3 and 4 runs."
    else:
        yield f"Not fitted: the prior's strength; it takes {REPEATED} edges with several runs each."
    if found.brier > found.brier_before:
        yield "Edges left out are told worse than with the settings in force: keep those until there are more labels."
    if found.brier >= found.brier_base:
        yield "The labels do no better than the rate of mismatches alone here: more labels, or do without."


def _about_order(found: Calibration) -> Iterator[str]:
    if found.auc is None:
        yield "ROC-AUC cannot be told: all runs are alike."
        return
    remark = _remark(found.auc)
    yield f"ROC-AUC {found.auc:.3f}{remark}. The fit keeps the order of the edges, so nothing is held out for it."


def _remark(auc: float) -> str:
    if auc < 1 - UNIMPRESSIVE:
        return " (edges that failed score lower than those that worked: the weights do not fit these workflows)"
    return " (little better than chance)" if auc < UNIMPRESSIVE else ""


def _table(found: Calibration, settings: LabelSettings) -> Iterator[str]:
    fit = found.fit
    fitted = replace(
        settings,
        prior_scale=round(fit.scale, 3),
        prior_bias=round(fit.bias, 3),
        prior_strength=fit.strength,
    )
    fresh = {"prior_scale", "prior_bias", "prior_strength"}
    defaults = asdict(LabelSettings())
    yield "[tool.wflint.labels]"
    for name, value in asdict(fitted).items():
        if name in fresh or value != defaults[name]:
            yield f"{kebab(name)} = {value}"
