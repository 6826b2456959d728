from itertools import pairwise

import pytest

from intents.pieces import PARTICLES, PieceReader
from tests.intents.tiny import build_words, reader


def read(text, longest=96):
    (pieces,) = reader(longest).read([text])
    return pieces


def units(text):
    return [text[start:end] for start, end in read(text).units]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("red shoes", ["red", "shoes"]),
        ("  red   shoes ", ["red", "shoes"]),
        ("the redish dress", ["the", "redish", "dress"]),
        ("redxyz shoes", ["redxyz", "shoes"]),
        ("shoes80", ["shoes", "80"]),
        ("not red, me", ["not", "red", ",", "me"]),
    ],
)
def test_an_english_unit_is_a_word_a_number_or_a_sign(text, expected):
    assert units(text) == expected


@pytest.mark.parametrize("text", ["show $80", "show 250"])
def test_what_is_glued_together_from_pieces_is_one_number(text):
    assert units(text)[-1] == text.removeprefix("show ").removeprefix("$")


def test_a_sign_before_a_number_is_a_unit_of_its_own():
    assert units("show me -80")[-2:] == ["-", "80"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("red黑色耳机", ["red", "黑色", "耳机"]),
        ("red 80块以内", ["red", "80", "块", "以", "内"]),
        ("red，谢谢", ["red", "，", "谢谢"]),
    ],
)
def test_chinese_units_are_its_pieces(text, expected):
    assert units(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("red粉色的", ["red", "粉", "色", "的"]),
        ("red，你好", ["red", "，", "你", "好"]),
        ("red有没有", ["red", "有", "没", "有"]),
        ("red的鞋", ["red", "的", "鞋"]),
    ],
)
def test_a_particle_is_a_unit_apart_from_the_word_it_was_joined_to(text, expected):
    assert units(text) == expected


def test_parts_have_the_ids_of_their_own_characters():
    known = build_words().get_vocab()
    assert "色的" in known
    assert read("red 粉色的").ids[-4:-1] == (known["粉"], known["色"], known["的"])


def test_a_joined_piece_stays_whole_where_a_part_is_no_piece():
    whole = build_words()
    known = {piece: place for piece, place in whole.get_vocab().items() if piece != "色"}
    (pieces,) = PieceReader(whole.encode_batch, known.get, 96).read(["red 粉色的"])
    assert pieces.ids[-2] == known["色的"]
    assert pieces.units[-1] == (5, 7)


@pytest.mark.parametrize("text", ["我想", "黑色耳机", "red 谢谢 dress", "red xyz", "😀 red"])
def test_units_stand_apart_in_the_order_of_the_text(text):
    found = read(text).units
    assert all(end <= start for (_, end), (start, _) in pairwise(found))


@pytest.mark.parametrize("text", ["red shoes", "黑色耳机", "red有没有 dress 80块", "😀 x"])
def test_every_character_but_blanks_is_in_a_unit(text):
    covered = {place for start, end in read(text).units for place in range(start, end)}
    assert covered == {place for place, sign in enumerate(text) if not sign.isspace()}


def test_the_first_piece_of_each_unit_is_where_its_id_stands():
    known = build_words().get_vocab()
    pieces = read("the redish dress")
    heads = [pieces.ids[place] for place in pieces.first]
    assert heads == [known["▁the"], known["▁red"], known["▁dress"]]


@pytest.mark.parametrize("text", ["", " ", "\t\n"])
def test_a_text_without_words_is_just_its_marks(text):
    pieces = read(text)
    known = build_words().get_vocab()
    assert pieces.ids == (known["<s>"], known["</s>"])
    assert (pieces.first, pieces.units) == ((), ())


@pytest.mark.parametrize("text", ["red shoes " * 9, "有没有黑色耳机" * 9])
@pytest.mark.parametrize("longest", [3, 8, 20])
def test_no_more_than_the_longest_is_read_and_the_end_mark_stays(text, longest):
    short, whole = read(text, longest), read(text, 1000)
    assert len(short.ids) == longest
    assert short.ids == (*whole.ids[: longest - 1], whole.ids[-1])
    assert short.units == whole.units[: len(short.units)]
    assert max(short.first) < longest - 1


def test_a_text_that_just_fits_is_not_cut():
    assert read("red shoes", 4) == read("red shoes")


def test_the_tag_of_a_unit_is_spread_over_its_pieces():
    pieces = read("the redish dress")
    assert len(pieces.ids) == 6
    assert pieces.spread([5, 6, 7]) == [0, 5, 6, 6, 7, 0]
    assert read("").spread([]) == [0, 0]


def test_texts_do_not_change_each_other():
    texts = ["red shoes", "有没有黑色耳机", "", "粉色的"]
    assert reader().read(texts) == [read(text) for text in texts]


def test_particles_are_single_characters():
    assert {len(particle) for particle in PARTICLES} == {1}
