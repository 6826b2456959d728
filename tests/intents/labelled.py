"""Labelled messages and understandings for tests, made from the notation of the training data."""

from intents.examples import Example, load_file
from intents.types import NOTHING_BEFORE, Intent, NLUResult, Slot


def example(text, intent, *slots, language="en", line=1, context=NOTHING_BEFORE):
    """An example; ``slots`` are (name, words) or (name, words, role) found in the text."""
    return Example(
        text, intent, tuple(slot(text, *one) for one in slots), language, "shop.yml", line, context
    )


def slot(text, name, words, role="include"):
    start = text.index(words)
    return Slot(name, words, words, start, start + len(words), role)


def understood(text, intents, *slots, language="en", **fields):
    """An understanding; ``intents`` is {name: probability}, best first."""
    ranked = tuple(Intent(name, score) for name, score in intents.items())
    return NLUResult(text, language, ranked, tuple(slot(text, *one) for one in slots), **fields)


def parser(*results):
    """A parser that knows the texts of these results and what to say to them."""
    known = {result.text: result for result in results}
    return lambda text, context: known[text]


def write_examples(folder, language, entries):
    """A Rasa NLU file from {intent: [annotated lines]}; returns its examples."""
    lines = ["nlu:"]
    for intent, texts in entries.items():
        lines += [f"- intent: {intent}", "  examples: |", *(f"    - {text}" for text in texts)]
    path = folder / f"{language}.yml"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("\n".join(lines) + "\n", "utf-8")
    return load_file(path, language)
