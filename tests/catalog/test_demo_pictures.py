import re

import pytest
from lxml import etree

from catalog.demo import draw
from catalog.demo.pictures import FAMILIES, colors
from tests.catalog.demo_shop import products

SVG = "{http://www.w3.org/2000/svg}"
DRAWN = {"svg", "defs", "linearGradient", "stop", "rect", "circle", "ellipse", "path", "g"}


@pytest.mark.parametrize("family", FAMILIES)
def test_a_picture_is_plain_svg_in_every_color(family: str):
    for color in colors():
        root = etree.fromstring(draw(family, color).encode())
        assert root.get("viewBox") == "0 0 400 400"
        assert {node.tag.removeprefix(SVG) for node in root.iter()} <= DRAWN
        for node in root.iter():
            assert not any(name.startswith("on") or "href" in name for name in node.attrib)
            refs = re.findall(r"url\(([^)]*)\)", " ".join(node.attrib.values()))
            assert set(refs) <= {"#ground", "#body", "#metal", "#screen"}


def test_every_picture_of_the_shop_can_be_drawn_and_every_family_is_used():
    images = {v.image for p in products() for v in p.variants}
    used = set()
    for image in images:
        _, _, family, name = image.split("/")
        assert draw(family, name.removesuffix(".svg")).startswith("<svg")
        used.add(family)
    assert used == set(FAMILIES)
    assert len(FAMILIES) >= 50


def test_colors_change_the_picture():
    assert len({draw("shoe", color) for color in colors()}) == len(colors())


@pytest.mark.parametrize(
    ("kind", "color"),
    [("shoes", "blue"), ("shoe", "bluish"), ("", ""), ("../shoe", "blue"), ("shoe", "<script>")],
)
def test_unknown_names_are_refused(kind: str, color: str):
    with pytest.raises(ValueError, match="expected a"):
        draw(kind, color)
