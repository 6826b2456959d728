import pytest

from assistant.cards import COVER, cover_cards

VISA = "4111111111111111"


@pytest.mark.parametrize(
    "written",
    [
        VISA,
        "4111 1111 1111 1111",
        "4111-1111-1111-1111",
        "4111.1111.1111.1111",
        "4111  1111 - 1111 1111",
        "４１１１１１１１１１１１１１１１",
        "４１１１　１１１１　１１１１　１１１１",
        "41 11 11 11 11 11 11 11",
        "4111\u200b1111\u200b1111\u200b1111",
        "四一一一一一一一一一一一一一一一",
        "5555 5555 5555 4444",
        "2223003122003222",
        "3782 822463 10005",
        "6011111111111117",
        "3530111333300000",
        "30569309025904",
        "6200000000000005",
        "6205500000000000004",
    ],
)
@pytest.mark.parametrize("around", ["{}", "my card is {}, thanks", "卡号{}，帮我付款"])
def test_a_card_number_is_covered(written, around):
    covered = cover_cards(around.format(written))
    assert covered == around.format(COVER)


@pytest.mark.parametrize(
    "text",
    [
        "4111111111111112",  # fails the check
        "W1000001",
        "my number is 13800138000",
        "order 2026112800012345678901",
        "0000000000000000",
        "under 50 dollars, size 42, 3 of them",
        "1234 5678 9012 3456",
        "tracking SF1411111111111111 1",
        "4111, 1111, 1111, 1111",
        "4111、1111、1111、1111",
        ", ".join(str(n) for n in range(1, 101)),
        " ".join(str(n) for n in range(1, 101)),
        " ".join(str(n) for n in range(36, 60)),
        "第一个来三包，第二个来一包",
        "",
    ],
)
def test_other_numbers_stay(text):
    assert cover_cards(text) is text


@pytest.mark.parametrize(
    ("text", "covered"),
    [
        (f"{VISA} exp 12/28 cvv 123", f"{COVER} exp {COVER} cvv {COVER}"),
        (f"{VISA}，有效期12/28，安全码123", f"{COVER}，有效期{COVER}，安全码{COVER}"),
        (f"{VISA} and {VISA}", f"{COVER} and {COVER}"),
        (f"{VISA} 5555555555554444", f"{COVER} {COVER}"),
        (f"2 of them, card {VISA}", f"2 of them, card {COVER}"),
    ],
)
def test_what_stands_beside_a_card_is_covered_too(text, covered):
    assert cover_cards(text) == covered


def test_a_check_code_alone_is_left_to_be_read():
    assert cover_cards("what is a cvv 123?") == "what is a cvv 123?"


def test_a_long_message_of_digits_is_read_quickly():
    assert COVER not in cover_cards("1 " * 20_000)
    assert cover_cards("7" * 50_000) == "7" * 50_000
