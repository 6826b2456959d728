import pytest

from assistant.pastimes import kinds_for, names_animal, not_for, thing_in


@pytest.mark.parametrize("words", ["reading", "看书", "阅读"])
def test_a_pastime_has_things_that_are_for_it(words):
    assert kinds_for(words) == ("books",)


@pytest.mark.parametrize(
    "words", ["tea", "茶", "reading lamps", "salmon", "running late", "读书灯"]
)
def test_what_is_no_pastime_has_none(words):
    assert kinds_for(words) == ()


@pytest.mark.parametrize(
    ("words", "thing"),
    [("喝茶", "茶"), ("drinking tea", "tea"), ("打网球", "网球"), ("茶", "茶"), ("tea", "tea"),
     ("eating out", "out"), ("watches", "watches"), ("玩", "玩")],
)  # fmt: skip
def test_what_is_done_with_a_thing_is_about_the_thing(words, thing):
    assert thing_in(words) == thing


@pytest.mark.parametrize(
    ("words", "animal"),
    [("my cat", True), ("我家猫", True), ("宠物", True), ("puppies", True), ("catering", False),
     ("dad", False), ("爸爸", False), ("category", False)],
)  # fmt: skip
def test_animals_are_told_from_words_that_hold_their_name(words, animal):
    assert names_animal([words]) is animal


@pytest.mark.parametrize(
    ("people", "others"),
    [
        (("dad",), ("women", "girls", "kids", "toddler", "baby")),
        (("girlfriend",), ("men", "boys", "kids", "toddler", "baby")),
        (("daughter",), ("men", "boys")),
        (("colleague",), ("kids", "toddler", "baby")),
        (("friend",), ()),
        (("mom", "dad"), ("kids", "toddler", "baby")),
        ((), ()),
    ],
)
def test_what_is_plainly_for_others(people, others):
    assert not_for(people) == others
