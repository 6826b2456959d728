import pytest

from intents.shape import shape
from intents.values.identifiers import find_identifiers


@pytest.mark.parametrize(
    ("text", "name", "value"),
    [
        ("W1234567", "order_id", "W1234567"),
        ("#W1234567", "order_id", "W1234567"),
        ("where is w1234567?", "order_id", "W1234567"),
        ("order #1001", "order_id", "1001"),
        ("#1001", "order_id", "1001"),
        ("#48213-A", "order_id", "48213-A"),
        ("where is order 48213-a?", "order_id", "48213-A"),
        ("订单号48213-A到哪了", "order_id", "48213-A"),
        ("order 48213 - a red one", "order_id", "48213"),
        ("my order 10023 is late", "order_id", "10023"),
        ("order number: AB-20231", "order_id", "AB-20231"),
        ("订单号 202405123456", "order_id", "202405123456"),
        ("订单W1234567到哪了", "order_id", "W1234567"),
        ("我的订单12345", "order_id", "12345"),
        ("12345678这个订单", "order_id", "12345678"),
        ("please cancel ORD-10293", "order_id", "ORD-10293"),
        ("refund check for 8812-33 please", "order_id", "8812-33"),
        ("tracking number for 100234567", "order_id", "100234567"),
        ("open a return case for 3301", "order_id", "3301"),
        ("取消DG-30112", "order_id", "DG-30112"),
        ("20231224这单要换个码", "order_id", "20231224"),
        ("邮箱zhao_m@126.com下面有哪些", "email", "zhao_m@126.com"),
        ("do you deliver to 90210", "postal_code", "90210"),
        ("邮编错了 改成310012", "postal_code", "310012"),
        ("退款没到 联系我13900001111", "phone", "13900001111"),
        ("could you send it to 90210", "postal_code", "90210"),
        ("寄到310012要多久", "postal_code", "310012"),
        ("310012几天到", "postal_code", "310012"),
        ("310012这边包邮吗", "postal_code", "310012"),
        ("joe@example.com", "email", "joe@example.com"),
        ("my mail is Joe.B+x@mail.example.co.uk, ok?", "email", "joe.b+x@mail.example.co.uk"),
        ("邮箱ａ＠ｂ．ｃｏｍ", "email", "a@b.com"),
        ("13812345678", "phone", "13812345678"),
        ("+86 138-1234-5678", "phone", "+8613812345678"),
        ("call (555) 123-4567", "phone", "5551234567"),
        ("zip 90210", "postal_code", "90210"),
        ("my flat is in London SW1A 1AA", "postal_code", "SW1A 1AA"),
        ("M5V 2T6", "postal_code", "M5V 2T6"),
        ("〒100-0001", "postal_code", "100-0001"),
        ("邮编 100-0001", "postal_code", "100-0001"),
        ("12 Main St, Springfield, IL 62704", "postal_code", "62704"),
        ("postal code M5V 2T6", "postal_code", "M5V 2T6"),
        ("邮编100000", "postal_code", "100000"),
    ],
)
def test_reads_the_name(text, name, value):
    (slot,) = find_identifiers(shape(text))
    assert (slot.name, slot.value) == (name, value)
    assert text[slot.start : slot.end] == slot.raw


@pytest.mark.parametrize(
    "text",
    [
        "90210",
        "1001",
        "#2",
        "order 2 pairs",
        "under 5000",
        "dv7-1211ea",
        "a@b",
        "@joe",
        "",
        "return my WH-1000XM4",
        "refund 45 dollars",
        "cancel it",
        "refund $12345",
        "100234567",
    ],
)
def test_reads_no_name(text):
    assert find_identifiers(shape(text)) == []


@pytest.mark.parametrize(
    ("text", "asked", "value"),
    [
        ("1001", "order_id", "1001"),
        ("it's ab-2023", "order_id", "AB-2023"),
        ("90210", "postal_code", "90210"),
        ("是100000", "postal_code", "100000"),
    ],
)
def test_a_bare_code_answers_the_question(text, asked, value):
    (slot,) = find_identifiers(shape(text), asked)
    assert (slot.name, slot.value) == (asked, value)


def test_two_orders_in_one_text():
    slots = find_identifiers(shape("order 1234 and order 5678"))
    assert [slot.value for slot in slots] == ["1234", "5678"]
