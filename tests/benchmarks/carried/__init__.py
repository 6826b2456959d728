"""Whether the shop knows what it does not carry."""
