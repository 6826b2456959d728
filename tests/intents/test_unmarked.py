import pytest

from intents.examples import Example, read_annotations
from intents.unmarked import unmarked


def read(language, *lines):
    examples = []
    for number, line in enumerate(lines, start=1):
        text, slots = read_annotations(line, "a.yml:1")
        examples.append(Example(text, "search_product", slots, language, "a.yml", number))
    return examples


def found(examples):
    """What is unmarked, with the numbers of the lines where it is bare."""
    return [
        (words, name, marked, [one.line for one in lines])
        for words, name, marked, lines in unmarked(examples)
    ]


MARKED = {"en": "[red](color) thing {}", "zh": "[红色](color)东西{}"}
BARE = {"en": "a Red one {}", "zh": "要红色的{}"}
WORDS = {"en": "red", "zh": "红色"}


def lines(language, marked, bare):
    return read(
        language,
        *(MARKED[language].format(n) for n in range(marked)),
        *(BARE[language].format(n) for n in range(bare)),
    )


@pytest.mark.parametrize("language", ["en", "zh"])
def test_words_that_are_bare_more_often_than_marked_are_found(language):
    assert found(lines(language, 3, 5)) == [(WORDS[language], "color", 3, [4, 5, 6, 7, 8])]


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize(("marked", "bare"), [(2, 9), (3, 4), (5, 5), (9, 6), (0, 9)])
def test_words_that_are_rare_or_mostly_marked_are_not(language, marked, bare):
    assert found(lines(language, marked, bare)) == []


def test_capitals_make_no_other_word():
    capitals = read("en", *(f"[RED](color) {n}" for n in range(3)))
    assert found([*capitals, *lines("en", 0, 5)]) == [("red", "color", 3, [1, 2, 3, 4, 5])]


def test_languages_are_looked_at_apart():
    assert found([*lines("en", 3, 0), *read("zh", *(f"要red的{n}" for n in range(6)))]) == []


def test_words_in_any_slot_are_not_bare():
    other = read("en", *(f"like [the red one](reference) {n}" for n in range(6)))
    assert found([*lines("en", 3, 0), *other]) == []


def test_english_words_are_whole_and_may_be_several():
    parts = read("en", *(f"I am bored {n}" for n in range(6)))
    assert found([*lines("en", 3, 0), *parts]) == []
    several = read("en", *(f"[dark blue](color) {n}" for n in range(3)),
                   *(f"so dark blue, {n}" for n in range(5)))  # fmt: skip
    assert found(several) == [("dark blue", "color", 3, [4, 5, 6, 7, 8])]


def test_a_slot_between_words_keeps_them_apart():
    split = read("en", *(f"[dark blue](color) {n}" for n in range(3)),
                 *(f"dark [navy](brand) blue {n}" for n in range(6)))  # fmt: skip
    assert found(split) == []


def test_a_line_counts_once_however_often_it_says_it():
    assert found([*lines("en", 3, 0), *read("en", *["red red red"] * 4)]) == []


@pytest.mark.parametrize("name", ["quantity", "reference", "price", "date", "size"])
def test_values_with_a_form_of_their_own_are_left_to_rules(name):
    marked = read("en", *(f"[two]({name}) {n}" for n in range(3)))
    assert found([*marked, *read("en", *(f"we two {n}" for n in range(9)))]) == []


def test_the_most_often_forgotten_comes_first():
    blue = read("en", *(f"[blue](color) {n}" for n in range(3)), *(f"a blue {n}" for n in range(7)))
    assert [words for words, *_ in found([*lines("en", 3, 5), *blue])] == ["blue", "red"]


def test_nothing_comes_of_nothing():
    assert found([]) == []
