"""Random filters over every shared catalogue, against brute force over the products."""
