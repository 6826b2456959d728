"""Questions about products: how often the answer is right where one is given."""
