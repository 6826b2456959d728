"""Decides what to say and do: NLUResult + state -> Action -> Reply."""
