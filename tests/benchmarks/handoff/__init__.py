"""Labelled situations: should a person take over, and why."""
