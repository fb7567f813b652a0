"""Contracts between steps, one version of a workflow beside another."""
