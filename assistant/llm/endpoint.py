"""Any endpoint that speaks the chat completions of OpenAI's API."""

from collections.abc import Sequence
from dataclasses import dataclass

import httpx

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
        headers = {"Authorization": f"Bearer {self.key}"} if self.key else {}
        address = f"{self.url.rstrip('/')}/chat/completions"
        try:
            answer = httpx.post(address, json=body, headers=headers, timeout=self.timeout)
            answer.raise_for_status()
            if len(answer.content) > _LONGEST_ANSWER:
                raise LLMError(f"the endpoint sent {len(answer.content)} bytes")
            content = answer.json()["choices"][0]["message"]["content"]
        except (httpx.HTTPError, httpx.InvalidURL, ValueError, LookupError, TypeError) as error:
            raise LLMError(f"the endpoint gave no answer: {error}") from error
        if not isinstance(content, str):
            raise LLMError(f"expected a text, got {type(content).__name__}")
        return content
