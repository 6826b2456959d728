"""The demo shop's service content: its policies, its answered questions and its orders."""
