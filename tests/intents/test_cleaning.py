import pytest

from intents.cleaning import clean, rightly_typed, without_asides


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("in blue if that can be done", "in blue"),
        ("in blue, if at all possible, and small", "in blue , and small"),
        ("waterproof is how I'd take it", "waterproof"),
        ("防水，这样才合我意", "防水"),
        ("便宜点，那就更好了", "便宜点"),
        ("if it is possible to return that, tell me", "if it is possible to return that, tell me"),
        ("beauty, please, what's on the shelves", "beauty, please"),
        ("美妆，货架上都有啥", "美妆"),
        ("what's on your shelves", "what's on your shelves"),
        ("put up the shelves", "put up the shelves"),
        ("that is how it works", "that is how it works"),
        ("这样的有吗", "这样的有吗"),
        ("那就好", "那就好"),
        ("这样最好", "这样最好"),
        ("that's the way I like it", "that's the way I like it"),
        ("哪款比这更好", "哪款比这更好"),
        ("tell me if it's possible to pay later", "tell me if it's possible to pay later"),
        ("I'll take it if it is ok to return it",) * 2,
        ("let me know if that's ok", "let me know if that's ok"),
        ("ask the seller if this is fine for kids", "ask the seller if this is fine for kids"),
        ("I was picturing it in blue", "in blue"),
        ("I'd imagined one with a lid", "with a lid"),
        ("I was picturing it", "I was picturing it"),
        ("That's not how I pictured it, sadly", "That's not how I pictured it, sadly"),
        ("it's not what I imagined it to be", "it's not what I imagined it to be"),
        ("I pictured it bigger, I want to send it back",) * 2,
        ("再总结一下：要黑色的", "要黑色的"),
        ("总理，您好", "总理，您好"),
        ("我捋一下，要包，棕色的", "要包，棕色的"),
        ("总结一下，要黑色的", "要黑色的"),
        ("帮我打理一下，谢谢", "帮我打理一下，谢谢"),
        ("a drop dead gorgeous dress", "a gorgeous dress"),
        ("drop-dead gorgeous dress", "gorgeous dress"),
        ("drop the dead plant", "drop the dead plant"),
        ("he dropped dead", "he dropped dead"),
        ("累死了，想买个按摩仪", "，想买个按摩仪"),
        ("今天热死我了！有没有风扇", "！有没有风扇"),
        ("累死了", "累死了"),
        ("热死了，空调坏了", "热死了，空调坏了"),
        ("我的猫饿死了，都怪你们", "我的猫饿死了，都怪你们"),
        ("我要死要活地找了半天，有没有耳机", "我 找了半天，有没有耳机"),
        ("我不想活了，想买药", "我不想活了，想买药"),
        ("想死，有没有办法", "想死，有没有办法"),
    ],
)
def test_what_only_softens_a_wish_is_blank(text, left):
    plain = without_asides(text)
    assert len(plain) == len(text)
    assert " ".join(plain.split()) == left


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("15快封顶", "15块封顶"),
        ("最多掏38快，这样才合我意", "最多掏38块，这样才合我意"),
        ("50快以内的", "50块以内的"),
        ("要65W快充", "要65W快充"),
        ("¥108椅内", "¥108以内"),
        ("10块蜂顶", "10块封顶"),
        ("山风顶上", "山风顶上"),
        ("300块已下的", "300块以下的"),
        ("5个椅子", "5个椅子"),
        ("18快起来", "18快起来"),
        ("比上次快", "比上次快"),
    ],
)
def test_a_sum_is_in_yuan_though_it_is_typed_by_its_sound(text, meant):
    assert rightly_typed(text) == meant


@pytest.mark.parametrize(
    ("text", "meant"),
    [("地毯160乘230", "地毯160x230"), ("1.6米乘2米", "1.6米x2米"), ("乘2路车", "乘2路车")],
)
def test_sides_are_parted_by_a_sign(text, meant):
    assert rightly_typed(text) == meant


@pytest.mark.parametrize(
    ("text", "parted"),
    [
        ("打算入手机柜", "打算入手 机柜"),
        ("加入手机壳", "加入手机壳"),
        ("想入手办公椅", "想入手 办公椅"),
        ("想入手机壳", "想入手机壳"),
        ("准备入手链", "准备入手链"),
    ],
)
def test_words_that_run_into_one_another_are_parted(text, parted):
    assert clean(text) == parted
