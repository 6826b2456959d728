"""Start the shop's assistant: ``python app.py``."""

from assistant.cli.serving import serve_shop
from assistant.settings import Settings

if __name__ == "__main__":
    serve_shop(Settings.load())
