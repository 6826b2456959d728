import os

import pytest

from catalog.sizing import SizeGuide, SizesError, advise_size, read_sizes
from catalog.sizing.advice import runs
from catalog.sizing.charts import Chart, Returns
from catalog.types import Attribute, LocalText
from tests.assistant.builders import mug

FILE = """
charts:
  - name: {en: Women's cups, zh: 女杯}
    categories: [mugs]
    gender: [women]
    sizes:
      S: {height: [150, 160], weight: [45, 52]}
      M: {height: [160, 168], weight: [52, 60]}
      L: {height: [168, 176], weight: [60, 70]}
  - name: {en: Cups, zh: 杯}
    categories: [马克杯]
    sizes:
      "1": {foot: [20, 21]}
returns:
  - categories: [Kitchen]
    sold: 100
    too_small: 3
    too_large: 2
  - products: [M1]
    sold: 200
    too_small: 31
    too_large: 4
"""


def written(tmp_path, text=FILE):
    path = tmp_path / "sizes.yml"
    path.write_text(text, "utf-8")
    return path


def test_the_chart_is_that_of_the_kind_and_the_gender(tmp_path):
    sizes = read_sizes(written(tmp_path))
    plain = mug("M2")
    female = mug("M2", rating=None)
    female = type(female)(
        **{name: getattr(female, name) for name in ("id", "title", "variants", "category")},
        attributes=(Attribute("gender", LocalText("women", "女")),),
    )
    assert sizes.chart(female).title == LocalText("Women's cups", "女杯")
    assert sizes.chart(plain).title == LocalText("Cups", "杯")
    assert sizes.returned(mug("M1")).too_small == 31
    assert sizes.returned(plain).too_small == 3


@pytest.mark.parametrize(
    ("body", "size", "also", "outside"),
    [
        ({"height": 165}, "M", "", False),
        ({"height": 160, "weight": 50}, "S", "", False),
        ({"height": 158, "weight": 58}, "M", "S", False),
        ({"height": 190}, "L", "", True),
        ({"weight": 30}, "S", "", True),
    ],
)
def test_the_size_that_fits_every_measure(tmp_path, body, size, also, outside):
    advice = advise_size(read_sizes(written(tmp_path)).charts[0], body)
    assert (advice.size, advice.also, advice.outside) == (size, also, outside)


def test_what_is_not_on_the_chart_gives_no_size(tmp_path):
    assert advise_size(read_sizes(written(tmp_path)).charts[0], {"foot": 24.0}) is None


@pytest.mark.parametrize(
    ("sold", "small", "large", "said"),
    [(200, 31, 4, "small"), (200, 4, 31, "large"), (100, 3, 0, ""), (100, 8, 6, ""),
     (1000, 20, 0, "")],
)  # fmt: skip
def test_returns_tell_only_when_there_are_enough(sold, small, large, said):
    returned = Returns(products=("A",), sold=sold, too_small=small, too_large=large)
    assert runs(returned) == said
    assert runs(None) == ""


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("charts: [", r"sizes\.yml:1: broken YAML: .*; mend this line"),
        ("charts:\n  - name: {en: a, zh: b}\n    categories: [x]\n    sizes: {S: {arm: [1, 2]}}",
         r"sizes\.yml:4: charts\.0\.sizes\.S\.arm.*; mend this line"),
        ("returns:\n  - products: [A]\n    sold: 3\n    too_small: 4\n    too_large: 0",
         r"sizes\.yml:2: returns\.0: .*no more returns"),
        ("returns:\n  - sold: 3\n    too_small: 0\n    too_large: 0", "products or categories"),
        ("charts: []\nsizes: 3", r"sizes\.yml:2: sizes: Extra"),
        ("charts:\n  - name: {en: 鞋}", r"sizes\.yml:2: charts\.0\.name\.zh: Field required"),
    ],
)  # fmt: skip
def test_a_wrong_file_is_refused(tmp_path, text, message):
    with pytest.raises(SizesError, match=message):
        read_sizes(written(tmp_path, text))


def test_what_is_no_text_is_refused(tmp_path):
    path = tmp_path / "sizes.yml"
    path.write_bytes(b"\xff")
    with pytest.raises(SizesError, match=r"sizes\.yml cannot be read: .*; mend the file"):
        read_sizes(path)


def test_a_file_that_is_broken_at_the_start_is_logged_once_and_read_when_it_is_mended(
    tmp_path, caplog
):
    path = written(tmp_path, "charts: [")
    guide = SizeGuide.open(path)
    assert guide().charts == guide().charts == ()
    (logged,) = caplog.messages
    assert f"{path}:1: broken YAML" in logged
    written(tmp_path)
    os.utime(path, ns=(1, 1))
    assert len(guide().charts) == 2


def test_a_change_is_taken_over_and_a_broken_one_is_not(tmp_path, caplog):
    guide = SizeGuide.open(tmp_path / "sizes.yml")
    assert guide().charts == ()
    path = written(tmp_path)
    os.utime(path, ns=(1, 1))
    assert len(guide().charts) == 2
    path.write_text("charts: [", "utf-8")
    os.utime(path, ns=(2, 2))
    assert len(guide().charts) == 2
    assert "sizes.yml:1" in caplog.text


def test_a_chart_needs_a_range_the_right_way_round():
    with pytest.raises(ValueError, match="low <= high"):
        Chart.model_validate(
            {"name": {"en": "a", "zh": "b"}, "categories": ["x"], "sizes": {"S": {"foot": [3, 2]}}}
        )
