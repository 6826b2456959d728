import pytest

from intents.shape import shape
from intents.spelling import LARGEST, spell_chinese, spell_english

SAMPLE = (*range(2, 1000), *range(1000, LARGEST, 487), *range(10_000, LARGEST, 10_010), LARGEST)


@pytest.mark.parametrize(
    ("number", "english", "chinese", "formal"),
    [
        (0, "zero", "零", "零"),
        (2, "two", "二", "二"),
        (10, "ten", "十", "十"),
        (19, "nineteen", "十九", "十九"),
        (20, "twenty", "二十", "二十"),
        (42, "forty-two", "四十二", "四十二"),
        (100, "one hundred", "一百", "一百"),
        (105, "one hundred and five", "一百零五", "一百零五"),
        (110, "one hundred and ten", "一百一", "一百一十"),
        (150, "one hundred and fifty", "一百五", "一百五十"),
        (200, "two hundred", "两百", "二百"),
        (222, "two hundred and twenty-two", "两百二十二", "二百二十二"),
        (1001, "one thousand and one", "一千零一", "一千零一"),
        (1010, "one thousand and ten", "一千零一十", "一千零一十"),
        (2300, "two thousand three hundred", "两千三", "二千三百"),
        (5050, "five thousand and fifty", "五千零五十", "五千零五十"),
        (12_000, "twelve thousand", "一万二", "一万二千"),
        (20_200, "twenty thousand two hundred", "两万零两百", "二万零二百"),
        (30_010, "thirty thousand and ten", "三万零一十", "三万零一十"),
        (60_017, "sixty thousand and seventeen", "六万零一十七", "六万零一十七"),
        (99_999, "ninety-nine thousand nine hundred and ninety-nine",
         "九万九千九百九十九", "九万九千九百九十九"),
    ],
)  # fmt: skip
def test_numbers_in_words(number, english, chinese, formal):
    assert spell_english(number) == english
    assert spell_chinese(number) == chinese
    assert spell_chinese(number, colloquial=False) == formal


@pytest.mark.parametrize(
    "spell",
    [spell_english, spell_chinese, lambda number: spell_chinese(number, colloquial=False)],
    ids=["en", "zh", "zh-formal"],
)
def test_words_are_read_as_the_number_again(spell):
    wrong = []
    for number in SAMPLE:
        found = list(shape(spell(number)).numbers.values())
        if [(one.low, one.high) for one in found] != [(number, number)]:
            wrong.append((number, spell(number), found))
    assert wrong == []


@pytest.mark.parametrize(("words", "number"), [("六万零十七", 60_017), ("三万零十", 30_010)])
def test_a_ten_without_its_one_is_read_too(words, number):
    (found,) = shape(words).numbers.values()
    assert (found.low, found.high) == (number, number)


@pytest.mark.parametrize("spell", [spell_english, spell_chinese])
def test_no_two_numbers_are_written_alike(spell):
    assert len({spell(number) for number in SAMPLE}) == len(set(SAMPLE))
