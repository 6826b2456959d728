"""An optional language model: it may reword a finished answer, and read what nothing understood.

Whatever it says is checked, and whatever fails leaves the plain answer and the plain reading.
"""

from assistant.llm.chat import ChatModel, LLMError, Patient
from assistant.llm.endpoint import Endpoint
from assistant.llm.reading import SecondReader
from assistant.llm.rewording import Rewriter

__all__ = ["ChatModel", "Endpoint", "LLMError", "Patient", "Rewriter", "SecondReader"]
