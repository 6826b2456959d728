"""Text as tokens that know their place, and phrases among them."""

import pytest

from catalog.matching import PhraseTrie, cut_tokens, forms, joined


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Running Shoes", ("running", "shoe")),
        ("t-shirts", ("t", "shirt")),
        ("men's watches", ("men", "watch")),
        ("kids’ jackets", ("kids", "jacket")),
        ("Grey colour", ("gray", "color")),
        ("knives and scarves", ("knife", "and", "scarf")),
        ("cookies, movies", ("cooky", "movy")),
        ("glasses of glass", ("glasses", "of", "glass")),
        ("15.6 inch", ("15.6", "inch")),
        ("L'Oréal Crème", ("loreal", "creme")),
        ("蓝牙耳机", ("蓝", "牙", "耳", "机")),
        ("藍牙耳機", ("蓝", "牙", "耳", "机")),
        ("T恤 XL", ("t", "恤", "xl")),
        ("ＨＰ　墨盒", ("hp", "墨", "盒")),
        ("battery_life", ("battery", "life")),
        ("🎧 !!", ()),
        ("", ()),
    ],
)
def test_forms_fold_number_spelling_and_script(text, expected):
    assert forms(text) == expected


@pytest.mark.parametrize(
    "text", ["Ｃafé ＨＰ 墨盒", "ﬁne  SHOES", "藍牙 earbuds", "e\u0301clair 包", "İstanbul"]
)
def test_places_index_the_text_as_it_was_given(text):
    for token in cut_tokens(text):
        piece = text[token.start : token.end]
        assert piece
        assert not piece.isspace()
        assert forms(piece)[0] == token.form


def test_what_stands_between_joins_or_parts():
    assert joined(cut_tokens("noise-cancelling"), "noise-cancelling")
    assert joined(cut_tokens("black & decker"), "black & decker")
    assert not joined(cut_tokens("black, decker"), "black, decker")
    assert not joined(cut_tokens("red.\nshoes"), "red.\nshoes")


def test_a_trie_finds_phrases_that_start_and_that_end_somewhere():
    trie = PhraseTrie()
    trie.add(("shoe",), "shoes")
    trie.add(("running", "shoe"), "running shoes")
    trie.add((), "nothing")
    words = ("blue", "running", "shoe")
    assert list(trie.starting_at(words, 1)) == [(3, ["running shoes"])]
    assert list(trie.starting_at(words, 0)) == []
    assert list(trie.suffixes(words)) == [(1, ["running shoes"]), (2, ["shoes"])]
    assert trie.get(("running",)) == []
    assert trie.get(()) == []


@pytest.mark.parametrize("text", ["160 × 230 cm", "160×230 cm", "160 x 230 cm", "160x230 cm"])
def test_what_stands_between_two_sides_is_no_word(text):
    tokens = cut_tokens(text)
    assert [token.form for token in tokens] == ["160", "230", "cm"]
    assert joined(tokens, text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("DVD+R", ("dvd+r",)),
        ("DVD-R", ("dvd", "r")),
        ("DVD+RW光盘", ("dvd+rw", "光", "盘")),
        ("energy class A++", ("energy", "class", "a++")),
        ("能效A+的", ("能", "效", "a+", "的")),
        ("A3+ paper", ("a3+", "paper")),
        ("vitamin A+D", ("vitamin", "a", "d")),
        ("8+256", ("8", "256")),
    ],
)
def test_a_plus_is_a_part_of_some_names(text, expected):
    assert forms(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Realtek ALC888S", ("realtek", "alc888s")),
        ("MP3s", ("mp3",)),
        ("Levi's 501s", ("levi", "501")),
        ("ISO 19752，90块", ("iso", "19752", "90", "块")),
        ("1,000 g", ("1,000", "g")),
    ],
)
def test_the_numbers_of_models_and_norms_stay_as_they_are(text, expected):
    assert forms(text) == expected


def test_an_x_beside_a_letter_is_a_part_of_a_word():
    assert forms("Xbox 360 x") == ("xbox", "360", "x")
