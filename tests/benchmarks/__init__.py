"""Benchmarks on public data: ``python -m tests.benchmarks NAME --data DIR``."""
