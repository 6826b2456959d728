"""The benchmark of misspelt queries."""
