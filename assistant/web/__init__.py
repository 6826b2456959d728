"""The faces on the web: the chat page, the REST channel, and what a watchdog asks."""
