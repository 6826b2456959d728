"""Benchmarks of recommendation: ratings, the best items, and the next item."""
