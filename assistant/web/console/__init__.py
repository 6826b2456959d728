"""The support console at ``/console``: plain pages, a small script and a stream of events.

It is not made with Gradio: Gradio's functions answer and are done, its own stream is shut here
(see ``ProtectPages``), and it knows neither sessions of its own nor tokens against forged requests.
"""

from assistant.web.console.routes import add_console

__all__ = ["add_console"]
