import pytest

from assistant.faq import FaqError, load_pages

PAGE = """---
updated: 2026-09-01
---
# Store policies

We sell everywhere.

## Shipping

| To | Standard | Fee |
| --- | --- | --- |
| Canada | 5–8 days | $9.99 |

Write to help@shop.example. Orders leave at 2 pm.

- Express is faster
- Parcels may be split
"""
ZH_PAGE = """# 服务政策

## 退货

签收后30天内可以退货。食品不退。
"""
HTML = """<html lang="zh"><head><title>x</title><meta name="updated" content="2026-10-02"></head>
<body><nav>首页 购物车</nav><h1>质保说明</h1>
<div>手机保修<b>12个月</b>。<p>人为损坏不保修。</p></div>
<script>alert("退货")</script></body></html>"""


def write(folder, **pages):
    for name, text in pages.items():
        (folder / name.replace("__", ".")).write_text(text, "utf-8")
    return folder


def said(entries, language="en"):
    return [(one.question.get(language), one.answer.get(language)) for one in entries]


def test_a_page_becomes_passages_word_for_word_with_heading_and_date(tmp_path):
    entries = load_pages(write(tmp_path, policy__en__md=PAGE))
    assert said(entries) == [
        ("Store policies", "We sell everywhere."),
        ("Shipping", "Canada: Standard 5–8 days · Fee $9.99"),
        (
            "Shipping",
            "Write to help@shop.example. Orders leave at 2 pm.\n"
            "Express is faster\nParcels may be split",
        ),
    ]
    assert {one.updated for one in entries} == {"2026-09-01"}
    assert entries[1].source.en == "Store policies › Shipping"
    assert len({one.id for one in entries}) == 3


def test_languages_come_from_the_name_the_page_or_the_text(tmp_path):
    entries = load_pages(write(tmp_path, returns__md=ZH_PAGE, warranty__html=HTML))
    assert said(entries, "zh") == [
        ("退货", "签收后30天内可以退货。食品不退。"),
        ("质保说明", "手机保修12个月。\n人为损坏不保修。"),
    ]
    assert [one.updated for one in entries] == ["", "2026-10-02"]
    assert not any(one.answer.en for one in entries)


def test_long_sections_are_cut_between_sentences(tmp_path):
    sentences = [f"Rule number {n} says that parcels of {n} kilos cost more." for n in range(30)]
    entries = load_pages(write(tmp_path, long__md="# Rules\n\n" + " ".join(sentences)))
    texts = [one.answer.en for one in entries]
    assert " ".join(texts) == " ".join(sentences)
    assert len(texts) > 3 and max(map(len, texts)) <= 320


@pytest.mark.parametrize("text", ["", "   \n", "<!-- nothing -->"])
def test_empty_pages_say_nothing(tmp_path, text):
    front = "---\nupdated:\n---\n" + text
    assert load_pages(write(tmp_path, empty__md=text, empty__html=text, front__md=front)) == ()


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"---\nupdated: soon\n---\ntext", "such as 2026-09-01, got 'soon'"),
        (b"---\na: [\n---\ntext", "not YAML"),
        (b"\xff\xfe\x00", "save it as UTF-8"),
    ],
)
def test_a_broken_page_is_named_with_the_cure(tmp_path, content, reason):
    (tmp_path / "bad.md").write_bytes(content)
    with pytest.raises(FaqError, match=reason) as error:
        load_pages(tmp_path)
    assert "bad.md" in str(error.value)
