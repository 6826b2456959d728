"""Benchmarks of understanding: intents, slots, what is out of scope, and constraints."""
