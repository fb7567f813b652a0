"""Engines: who does independent pieces of work, here, in several processes, on a cluster; the answers are the same."""

from __future__ import annotations

from enum import StrEnum

from wflint.errors import UsageError
from wflint.link.engines.engine import Engine
from wflint.link.engines.here import Here


class EngineName(StrEnum):
    """The engines there are."""

    HERE = "here"
    """This process."""
    PROCESSES = "processes"
    """Several processes of this machine."""
    DASK = "dask"
    """Dask: a cluster on this machine, or the one of a scheduler."""


def engine_of(name: EngineName, jobs: int, scheduler: str | None = None) -> Engine:
    """The engine of that name with so many workers; `scheduler` is the address of a cluster that is there."""
    if jobs < 1:
        raise UsageError("--jobs takes a number from 1 on")
    if scheduler is not None and name is not EngineName.DASK:
        raise UsageError("--scheduler goes with --engine dask")
    match name:
        case EngineName.HERE:
            return Here()
        case EngineName.PROCESSES:
            from wflint.link.engines.processes import Processes

            return Processes(jobs)
        case EngineName.DASK:
            from wflint.link.engines.cluster import DaskCluster

            return DaskCluster(jobs, scheduler)
