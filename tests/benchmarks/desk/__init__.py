"""Many conversations and agents at once, over two processes on one PostgreSQL."""
