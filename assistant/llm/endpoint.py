"""Any endpoint that speaks the chat completions of OpenAI's API."""

import http.client
import json
import urllib.request
from collections.abc import Sequence
from dataclasses import dataclass

from assistant.llm.chat import LLMError, Message

_LONGEST_ANSWER = 1_000_000


@dataclass(frozen=True, slots=True)
class Endpoint:
    """``url`` ends before ``/chat/completions``, such as ``http://localhost:8000/v1``."""

    url: str
    model: str
    key: str = ""
    timeout: float = 5.0

    def complete(self, messages: Sequence[Message], most_tokens: int) -> str:
        """The content of the first choice.

        Raises:
            LLMError: the endpoint cannot be reached, refuses, or answers in another form.
        """
        body = {
            "model": self.model,
            "messages": [{"role": one.role, "content": one.content} for one in messages],
            "temperature": 0,
            "max_tokens": most_tokens,
        }
        headers = {"Content-Type": "application/json"}
        if self.key:
            headers["Authorization"] = f"Bearer {self.key}"
        request = urllib.request.Request(
            f"{self.url.rstrip('/')}/chat/completions", json.dumps(body).encode(), headers
        )
        try:
            with urllib.request.urlopen(request, timeout=self.timeout) as answer:
                said = json.loads(answer.read(_LONGEST_ANSWER))
            content = said["choices"][0]["message"]["content"]
        except (OSError, http.client.HTTPException, ValueError, LookupError, TypeError) as error:
            raise LLMError(f"the endpoint gave no answer: {error}") from error
        if not isinstance(content, str):
            raise LLMError(f"expected a text, got {type(content).__name__}")
        return content
