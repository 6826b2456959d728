from random import Random

from rapidfuzz.distance import DamerauLevenshtein

from assistant.simulation.slips import same_sounds, slip

SOUNDS = same_sounds(["蓝牙耳机", "兰花衙门", "鸡蛋"])


def test_an_english_slip_is_one_edit_behind_the_first_letter():
    for seed in range(200):
        slipped = slip("in burgundy leather", "en", {}, Random(seed))
        assert DamerauLevenshtein.distance(slipped, "in burgundy leather") <= 1
        assert [word[0] for word in slipped.split()] == ["i", "b", "l"]


def test_a_chinese_slip_is_a_character_of_the_same_sound():
    assert SOUNDS["蓝"] == "兰"
    assert "耳" not in SOUNDS
    seen = {slip("蓝牙耳机", "zh", SOUNDS, Random(seed)) for seed in range(30)}
    assert seen == {"兰牙耳机", "蓝衙耳机", "蓝牙耳鸡"}


def test_where_there_is_nothing_to_slip_on_nothing_changes():
    assert slip("M 42", "en", {}, Random(1)) == "M 42"
    assert slip("42", "zh", SOUNDS, Random(1)) == "42"
