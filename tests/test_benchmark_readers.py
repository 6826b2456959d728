"""The readers of the benchmarks' labelled sets, on files made by hand."""

import csv
import gzip
import json
from decimal import Decimal

import pytest

from tests.benchmarks.understanding.readers import (
    read_banking77,
    read_bitext,
    read_clinc150,
    read_sequences,
    read_smp2019,
    read_titles,
)
from tests.benchmarks.understanding.requests import read_shoppingbench, read_webshop
from tests.benchmarks.understanding.sets import Mention, Utterance, cut_development, first_half
from tests.benchmarks.understanding.tags import (
    character_units,
    mentions_of,
    tags_of,
    text_units,
    word_units,
)


def write(path, text):
    path.parent.mkdir(parents=True, exist_ok=True)
    if path.suffix == ".gz":
        path.write_bytes(gzip.compress(text.encode()))
    else:
        path.write_text(text, encoding="utf-8")


def write_sequences(folder, part, rows, join="_"):
    for place, kind in enumerate(("seq.in", "seq.out", "label")):
        write(folder / f"{part}{join}{kind}", "".join(f"{row[place]}\n" for row in rows))


def labels(utterance):
    return [(utterance.text[m.start : m.end], m.label) for m in utterance.mentions]


def test_sequences_are_joined_by_single_spaces_with_slots_from_tags(tmp_path):
    row = ("play  jazz by miles davis ", "O B-genre O B-artist I-artist ", "Play#Find")
    write_sequences(tmp_path / "snips", "train", [row])
    write_sequences(tmp_path / "snips", "valid", [row, row])
    parts = read_sequences(tmp_path, None, "snips")
    (utterance,) = parts.train
    assert (utterance.text, utterance.intent) == ("play jazz by miles davis", "Play#Find")
    assert labels(utterance) == [("jazz", "genre"), ("miles davis", "artist")]
    assert parts.scored == parts.valid
    assert len(parts.valid) == 2


@pytest.mark.parametrize(("inside", "join"), [("snips", "_"), (".", "_"), ("snips/test", "")])
def test_a_test_part_is_found_in_every_layout(tmp_path, inside, join):
    row = ("hi", "O", "Greet")
    data, held = tmp_path / "data", tmp_path / "held"
    write_sequences(data / "snips", "train", [row])
    write_sequences(data / "snips", "valid", [row])
    (held / inside).mkdir(parents=True)
    write_sequences(held / inside, "test" if join else "", [("bye", "O", "Leave")], join)
    parts = read_sequences(data, held, "snips")
    assert [u.text for u in parts.scored] == ["bye"]


def test_a_missing_file_is_named(tmp_path):
    with pytest.raises(ValueError, match=r"expected train_seq\.in .*snips"):
        read_sequences(tmp_path, None, "snips")


def test_the_data_folder_does_not_pass_for_a_test_part(tmp_path):
    row = ("hi", "O", "Greet")
    write_sequences(tmp_path / "snips", "train", [row])
    write_sequences(tmp_path / "snips", "valid", [row])
    with pytest.raises(ValueError, match=r"expected test_seq\.in"):
        read_sequences(tmp_path, tmp_path, "snips")


def test_clinc_marks_what_is_out_of_scope(tmp_path):
    values = {p: [["pay my bill", "pay"]] for p in ("train", "val")}
    values |= {f"oos_{p}": [["who won", "oos"]] for p in ("train", "val")}
    write(tmp_path / "clinc150" / "data_train_val.json.gz", json.dumps(values))
    valid = read_clinc150(tmp_path, None).valid
    assert [(u.intent, u.outside) for u in valid] == [("pay", False), ("", True)]


def test_banking_keeps_a_tenth_of_each_intent(tmp_path):
    rows = [f'"text, {i}",{"a" if i % 2 else "b"}\n' for i in range(100)]
    write(tmp_path / "banking77" / "train.csv.gz", "text,category\n" + "".join(rows))
    parts = read_banking77(tmp_path, None)
    assert sorted(u.intent for u in parts.valid) == ["a"] * 5 + ["b"] * 5
    assert len(parts.train) == 90
    assert not {u.text for u in parts.train} & {u.text for u in parts.valid}


def test_bitext_entities_have_their_places(tmp_path):
    names = ["utterance", "intent", "entity_type", "start_offset", "end_offset"]
    for part in ("Training", "Validation"):
        path = tmp_path / "bitext_support" / f"Bitext_Sample_Customer_Service_{part}_Dataset.csv"
        path.parent.mkdir(exist_ok=True)
        with path.open("w", newline="") as file:
            writer = csv.writer(file)
            writer.writerows(
                [
                    names,
                    ["cancel A12, please", "cancel", "order_id", 7, 10],
                    ["hi", "x", "", "", ""],
                ]
            )
    first, second = read_bitext(tmp_path, None).train
    assert labels(first) == [("A12", "order_id")]
    assert tags_of(first.mentions, first.units) == ["O", "B-order_id", "O"]
    assert second.mentions == ()


def test_smp_finds_values_without_overlap(tmp_path):
    rows = [
        {"text": f"从上海到上海滩{i}", "domain": "map", "intent": "ROUTE",
         "slots": {"src": "上海", "dest": "上海滩"}}
        for i in range(20)
    ]  # fmt: skip
    write(tmp_path / "smp2019_zh" / "train.json", json.dumps(rows))
    parts = read_smp2019(tmp_path, None)
    assert (len(parts.train), len(parts.valid)) == (17, 3)
    assert parts.valid[0].intent == "map/ROUTE"
    assert labels(parts.valid[0]) == [("上海", "src"), ("上海滩", "dest")]


def test_titles_keep_blanks_and_all_tag_styles(tmp_path):
    folder = tmp_path / "titles"
    write(folder / "train.txt.gz", "红 O\n跑 B-HC\n鞋 I-HC\n\n鞋 B-HC\n")
    write(folder / "dev.txt.bieos", "跑\tB-HC\n鞋\tE-HC\n \tO\r\n鞋\tS-HC\n")
    parts = read_titles(tmp_path, None, "titles")
    assert [labels(u) for u in parts.train] == [[("跑鞋", "HC")], [("鞋", "HC")]]
    assert (parts.valid[0].text, labels(parts.valid[0])) == (
        "跑鞋 鞋",
        [("跑鞋", "HC"), ("鞋", "HC")],
    )


def test_tags_and_stretches_are_each_others_inverse():
    words = ["a", "bc", "d", "e"]
    units = word_units(words)
    tags = ["B-x", "I-x", "B-x", "O"]
    assert tags_of(mentions_of(tags, units), units) == tags
    assert mentions_of(["I-x", "I-y"], units[:2]) == (Mention(0, 1, "x"), Mention(2, 4, "y"))


def test_a_unit_belongs_to_what_covers_its_first_character():
    units = word_units(["b767", "jet"])
    assert tags_of([Mention(0, 1, "x")], units) == ["B-x", "O"]
    assert tags_of([Mention(1, 8, "x")], units) == ["O", "B-x"]


def test_units_lie_where_the_words_are():
    assert text_units(" to  to tot") == ((1, 3), (5, 7), (8, 11))
    assert character_units("ab") == ((0, 1), (1, 2))


def test_the_cut_follows_the_texts_and_not_their_order():
    rows = [Utterance(f"text {i}", "ab"[i % 2]) for i in range(40)] + [Utterance("alone", "c")]
    _, valid = cut_development(rows, 0.25)
    _, again = cut_development(rows[::-1], 0.25)
    assert {u.text for u in valid} == {u.text for u in again}
    assert sorted(u.intent for u in valid) == ["a"] * 5 + ["b"] * 5


def test_halves_split_every_intent():
    rows = [Utterance(f"text {i}", "ab"[i % 2]) for i in range(8)]
    chosen = [u.intent for u, first in zip(rows, first_half(rows), strict=True) if first]
    assert sorted(chosen) == ["a", "a", "b", "b"]


def test_shoppingbench_gives_bounds_options_and_the_budget(tmp_path):
    folder = tmp_path / "shoppingbench"
    single = {
        "query": "a cap above 5 PHP",
        "reward": {"price": [{"greater than": [5, None]}], "sku_options": [{"size": "a7"}]},
    }
    several = {
        "query": "two caps",
        "reward": [{"price": [{"between": [5, 9.5]}]}, {"attributes": [{"style": ["new", "old"]}]}],
    }
    voucher = {"query": "my budget is 60", "reward": [{}], "voucher": {"budget": 60}}
    for kind, row in (("product", single), ("shop", several), ("voucher", voucher)):
        write(folder / f"synthesize_{kind}_test.jsonl.gz", json.dumps(row) + "\n")
    one, two, three = read_shoppingbench(tmp_path)
    assert (one.prices, one.options) == (((Decimal(5), None),), (("size", "a7"),))
    assert two.prices == ((Decimal(5), Decimal("9.5")),)
    assert two.attributes == (("style", "new"), ("style", "old"))
    assert three.prices == ((None, Decimal(60)),)


def test_webshop_states_the_price_of_its_environment(tmp_path):
    stated = "i want a cap, and price lower than 40.00 dollars"
    write(tmp_path / "webshop" / "human_goals.json", json.dumps(["i want 2 socks.", stated]))
    written, priced = read_webshop(tmp_path)
    assert [(r.text, r.prices) for r in written] == [("i want 2 socks.", ())]
    assert (priced[1].text, priced[1].prices) == (stated, ((None, Decimal(40)),))
    ((low, high),) = priced[0].prices
    assert low is None
    assert priced[0].text == f"i want 2 socks, and price lower than {high:.2f} dollars"
    assert 10 <= high <= 990
    assert read_webshop(tmp_path)[1] == priced
