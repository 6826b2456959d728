"""How well the assistant knows what a message points at and what it changes of a search."""
