"""``python -m assistant`` is ``daogou``."""

from assistant.cli import app

if __name__ == "__main__":
    app(prog_name="daogou")
