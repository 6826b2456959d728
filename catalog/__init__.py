"""Reads, stores and finds what a shop sells: query, user -> ScoredProducts."""
