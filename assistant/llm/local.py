"""A chat model in this process, from a folder in the Hugging Face layout or the hub's name."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from threading import Lock
from typing import Any

from assistant.llm.chat import LLMError, Message


@dataclass(frozen=True, slots=True)
class LocalChat:
    """A causal language model with its tokenizer; one answer at a time."""

    model: Any
    tokenizer: Any
    seconds: float
    lock: Lock = field(default_factory=Lock)

    @classmethod
    def load(cls, name: str, seconds: float) -> "LocalChat":
        """Load the model; its answers end after ``seconds`` whatever they have come to.

        Raises:
            ValueError: transformers is not installed, or there is no such model.
        """
        try:
            from transformers import (  # an extra, and slow to import
                AutoModelForCausalLM,
                AutoTokenizer,
            )
        except ImportError as error:
            raise ValueError(
                f"llm.model is {name!r}, but transformers is not installed: "
                f'pip install "daogou[train]" ({error})'
            ) from error
        try:
            tokenizer = AutoTokenizer.from_pretrained(name)
            model: Any = AutoModelForCausalLM.from_pretrained(name)
        except (OSError, ValueError) as error:
            raise ValueError(f"llm.model: no chat model in {name!r}: {error}") from error
        model.eval()
        return cls(model, tokenizer, seconds)

    def complete(self, messages: Sequence[Message], most_tokens: int) -> str:
        """The likeliest continuation of the conversation.

        Raises:
            LLMError: the prompt is longer than the model reads.
        """
        ids = self.tokenizer(self._prompt(messages), return_tensors="pt").input_ids
        longest = getattr(self.model.config, "max_position_embeddings", None)
        room = most_tokens if longest is None else min(most_tokens, longest - ids.shape[1])
        if room < 1:
            raise LLMError(f"the prompt has {ids.shape[1]} tokens, the model reads {longest}")
        with self.lock:
            made = self.model.generate(
                ids,
                attention_mask=ids.new_ones(ids.shape),
                do_sample=False,
                max_new_tokens=room,
                max_time=self.seconds,
                pad_token_id=self.tokenizer.eos_token_id,
            )
        text: str = self.tokenizer.decode(made[0, ids.shape[1] :], skip_special_tokens=True)
        return text

    def _prompt(self, messages: Sequence[Message]) -> str:
        if self.tokenizer.chat_template:
            chat = [{"role": one.role, "content": one.content} for one in messages]
            prompt: str = self.tokenizer.apply_chat_template(
                chat, tokenize=False, add_generation_prompt=True
            )
            return prompt
        return "\n".join(f"{one.role}: {one.content}" for one in messages) + "\nassistant:"
