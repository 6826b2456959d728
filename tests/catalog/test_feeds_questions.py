"""Questions and answers in feeds, and that the store keeps them."""

import json

import pytest

from catalog.feeds import Mapping, open_feed
from catalog.feeds.questions import MOST_QUESTIONS, read_questions
from catalog.store import ProductStore
from catalog.store.rows import product_body
from catalog.types import AnsweredQuestion, LocalText
from tests.assistant.builders import mug

WASHABLE = AnsweredQuestion(LocalText("Can I wash it?"), LocalText("Yes, at 30 degrees."))
HANDLE = AnsweredQuestion(LocalText(zh="提手能拆吗？"), LocalText(zh="不能。"))


@pytest.mark.parametrize(
    ("written", "found"),
    [
        ("Q: Can I wash it?\nA: Yes, at 30 degrees.", (WASHABLE,)),
        ("Question: Can I wash it?\nAnswer: Yes, at 30 degrees.\n问：提手能拆吗？\n答：不能。",
         (WASHABLE, HANDLE)),
        ('[{"question": "Can I wash it?", "answer": "Yes, at 30 degrees."}]', (WASHABLE,)),
        ([{"question": {"zh": "提手能拆吗？"}, "answer": {"zh": "不能。"}}], (HANDLE,)),
        ([{"question": "Can I wash it?", "answer": ""}], ()),
        ([{"question": 3, "answer": ["x"]}, "text"], ()),
        ("[broken", ()),
        ("no questions here", ()),
        ("", ()),
        (None, ()),
    ],
)  # fmt: skip
def test_every_form_a_shop_writes(written, found):
    assert read_questions(written) == found


def test_a_cell_gives_no_more_than_it_may():
    many = [{"question": f"Is it {n}?", "answer": "Yes"} for n in range(MOST_QUESTIONS + 5)]
    assert len(read_questions(many)) == MOST_QUESTIONS


def test_a_mapped_column_holds_them(tmp_path):
    path = tmp_path / "feed.jsonl"
    row = {"id": "a", "title": "Cup", "qa": [{"question": "Can I wash it?",
                                              "answer": "Yes, at 30 degrees."}]}  # fmt: skip
    path.write_text(json.dumps(row))
    mapping = Mapping.model_validate(
        {
            "source": {"kind": "jsonl"},
            "columns": {"id": "id", "title": "title", "questions": "qa"},
        }
    )
    (accepted,) = open_feed(path, mapping)
    assert accepted.product.questions == (WASHABLE,)


def test_a_shopify_metafield_holds_them(tmp_path):
    path = tmp_path / "products.csv"
    path.write_text(
        "Handle,Title,Option1 Name,Option1 Value,Variant SKU,Variant Price,"
        "Questions (product.metafields.shop.q_and_a),Status\n"
        'cup,Cup,Title,Default Title,CUP,5.00,"Q: Can I wash it?\nA: Yes, at 30 degrees.",active\n'
    )
    (accepted,) = open_feed(path, format="shopify")
    assert accepted.product.questions == (WASHABLE,)
    assert all("q_and_a" not in one.name for one in accepted.product.attributes)
    assert not accepted.product.values("questions")


def test_the_store_keeps_them(tmp_path):
    store = ProductStore.open(f"sqlite:///{tmp_path / 'shop.db'}")
    store.upsert([mug("M1", questions=(WASHABLE, HANDLE)), mug("M2")], "test")
    assert store.get("M1").questions == (WASHABLE, HANDLE)
    assert store.get("M2").questions == ()
    store.close()


def test_a_product_without_any_is_stored_as_before():
    assert "questions" not in product_body(mug())
    assert "questions" in product_body(mug(questions=(WASHABLE,)))
