"""What a language model is to us: messages in, one text out, within so many seconds."""

import threading
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from concurrent.futures import TimeoutError as FutureTimeout
from dataclasses import dataclass, field
from time import monotonic
from typing import Literal, NamedTuple, Protocol

Role = Literal["system", "user", "assistant"]

_AT_ONCE = 4


class Message(NamedTuple):
    """One message of a prompt."""

    role: Role
    content: str


class LLMError(RuntimeError):
    """The model did not answer, or not in time; the plain answer stands."""


class ChatModel(Protocol):
    """A chat model."""

    def complete(self, messages: Sequence[Message], most_tokens: int) -> str:
        """The model's answer.

        Raises:
            LLMError: there is none.
        """
        ...


@dataclass(slots=True)
class _Breaker:
    """Leaves a model alone for a while after it has failed several times running."""

    failures: int = 0
    until: float = 0.0
    lock: threading.Lock = field(default_factory=threading.Lock)

    def is_open(self) -> bool:
        return monotonic() < self.until

    def note(self, failed: bool, limit: int, pause: float) -> None:
        with self.lock:
            self.failures = self.failures + 1 if failed else 0
            if self.failures >= limit:
                self.until, self.failures = monotonic() + pause, 0


@dataclass(frozen=True, slots=True)
class Patient:
    """A model that is waited for no longer than ``seconds`` in all, however it behaves.

    A call that hangs goes on in its own thread; while all of those hang, and for ``pause``
    seconds after ``limit`` failures running, the answer is at once that there is none.
    """

    model: ChatModel
    seconds: float
    limit: int = 3
    pause: float = 30.0
    pool: ThreadPoolExecutor = field(
        default_factory=lambda: ThreadPoolExecutor(_AT_ONCE, thread_name_prefix="llm")
    )
    free: threading.Semaphore = field(default_factory=lambda: threading.Semaphore(_AT_ONCE))
    breaker: _Breaker = field(default_factory=_Breaker)

    def complete(self, messages: Sequence[Message], most_tokens: int) -> str:
        """The model's answer, in time.

        Raises:
            LLMError: there is none, or not in time.
        """
        if self.breaker.is_open() or not self.free.acquire(blocking=False):
            raise LLMError("the model is not asked: it failed too often, or has enough to do")
        future = self.pool.submit(self._complete, messages, most_tokens)
        future.add_done_callback(lambda _: self.free.release())
        try:
            answer = future.result(self.seconds)
        except FutureTimeout as error:
            self.breaker.note(True, self.limit, self.pause)
            raise LLMError(f"no answer within {self.seconds} s") from error
        except LLMError:
            self.breaker.note(True, self.limit, self.pause)
            raise
        self.breaker.note(False, self.limit, self.pause)
        return answer

    def _complete(self, messages: Sequence[Message], most_tokens: int) -> str:
        try:
            return self.model.complete(messages, most_tokens)
        except LLMError:
            raise
        except Exception as error:  # whatever a model does, the shopper gets the plain answer
            raise LLMError(f"the model failed: {error}") from error
