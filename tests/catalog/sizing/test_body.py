import pytest

from catalog.sizing import read_body


@pytest.mark.parametrize(
    ("text", "body"),
    [
        ("I'm 175 cm and 70 kg, what size?", {"height": 175, "weight": 70}),
        ("i am 5'9\" and 160 lbs", {"height": 175.3, "weight": 72.6}),
        ("5 ft 4 in, 120 pounds", {"height": 162.6, "weight": 54.4}),
        ("height 180, weight 82", {"height": 180, "weight": 82}),
        ("1.75m tall, 68kg", {"height": 175, "weight": 68}),
        ("my chest is 96 cm and waist 80", {"chest": 96, "waist": 80}),
        ("waist 32 inches", {"waist": 81.3}),
        ("my foot is 24.5 cm long", {"foot": 24.5}),
        ("foot length 245 mm", {"foot": 24.5}),
        ("身高175体重140", {"height": 175, "weight": 70}),
        ("170 130斤穿什么码", {"height": 170, "weight": 65}),
        ("一米七五，65公斤", {"height": 175, "weight": 65}),
        ("1米68，55kg", {"height": 168, "weight": 55}),
        ("我身高168cm体重52公斤", {"height": 168, "weight": 52}),
        ("胸围92腰围74臀围96", {"chest": 92, "waist": 74, "hips": 96}),
        ("脚长24.5厘米穿几码", {"foot": 24.5}),
        ("脚长245", {"foot": 24.5}),
        ("孩子身高110", {"height": 110}),
        ("宝宝73cm，9kg", {"height": 73, "weight": 9}),
        ("身高一米六，体重五十公斤", {"height": 160, "weight": 50}),
        ("一米七，体重一百三十斤", {"height": 170, "weight": 65}),
        ("体重一百零五斤", {"weight": 52.5}),
        ("体重一百三", {"weight": 65}),
        ("腰围二十四寸", {}),
        ("it ships in 45 days", {}),
        ("a robust 90 l backpack", {}),
        ("what size should I take?", {}),
        ("size 42", {}),
        ("42码偏大吗", {}),
        ("under 100", {}),
        ("I have two feet", {}),
        ("", {}),
    ],
)
def test_measurements_are_read(text, body):
    assert dict(read_body(text)) == pytest.approx(body)


def test_what_no_body_measures_is_not_taken():
    assert read_body("height 900, weight 999 kg") == {}
