"""Value generators written as patterns: rules that refer to each other, and leaves that count."""

from collections.abc import Callable, Mapping, Sequence
from random import Random

from intents.patterns import Fill, flatten, parse_pattern

Generator = Callable[[Random], str]
"""Makes one value, written as somebody might."""


def grammar(rules: Mapping[str, str], leaves: Mapping[str, Generator] | None = None) -> Generator:
    """A generator of the rule ``start``.

    Args:
        rules: patterns by name; ``{name}`` in one stands for another rule or a leaf.
        leaves: generators of what no rule can say, numbers above all.

    Raises:
        ValueError: A rule names what is neither rule nor leaf.
    """
    leaves = leaves or {}
    parsed = {name: parse_pattern(rule, f"rule {name!r}") for name, rule in rules.items()}

    def generate(rng: Random, name: str = "start") -> str:
        if name in leaves:
            return leaves[name](rng)
        if name not in parsed:
            raise ValueError(f"expected a rule or leaf, got {name!r}; add it to the rules")
        return "".join(
            part if isinstance(part, str) else generate(rng, part.name)
            for part in flatten(parsed[name], rng)
            if isinstance(part, str | Fill)
        )

    return generate


def one_of(*words: str) -> Generator:
    """One of the words, each equally likely."""
    return lambda rng: rng.choice(words)


def whole(low: int, high: int) -> Generator:
    """A whole number from ``low`` to ``high`` in digits."""
    return lambda rng: str(rng.randint(low, high))


def digits(*lengths: int) -> Generator:
    """A run of digits of one of the lengths, not beginning with 0."""

    def generate(rng: Random) -> str:
        length = rng.choice(lengths)
        return str(rng.randint(10 ** (length - 1), 10**length - 1))

    return generate


def weighted(*choices: tuple[float, Generator]) -> Generator:
    """One of several generators, by weight."""
    weights = [weight for weight, _ in choices]
    generators: Sequence[Generator] = [generator for _, generator in choices]
    return lambda rng: rng.choices(generators, weights)[0](rng)
