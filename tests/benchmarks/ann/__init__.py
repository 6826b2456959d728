"""The benchmark of vector indexes: recall, speed, memory and build time beside peers."""
