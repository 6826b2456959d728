"""What shoppers ask for in the scripted conversations is there, and plentiful."""

from decimal import Decimal

from tests.catalog.demo_shop import of, products, says, under


def test_running_shoes_under_80_dollars():
    cheap = under(of("Running shoes"), 80, "USD")
    assert len(cheap) >= 12
    assert sum(not p.available for p in cheap) <= 2
    blue = [
        p for p in cheap if any(v.option("color").en == "blue" and v.available for v in p.variants)
    ]
    assert len(blue) >= 5
    assert len(under(blue, 60, "USD")) >= 2
    fitting = [
        p
        for p in blue
        if any(
            v.option("size").en == "42" and v.option("color").en == "blue" and v.available
            for v in p.variants
        )
    ]
    assert len(fitting) >= 4


def test_blue_variants_have_blue_pictures():
    blue = [v for p in of("Running shoes") for v in p.variants if v.option("color").en == "blue"]
    assert blue and {v.image for v in blue} == {"/media/shoe/blue.svg"}


def test_bluetooth_earbuds_under_300_yuan():
    cheap = under(of("Bluetooth earbuds"), 300, "CNY")
    assert len(cheap) >= 10
    assert sum(True in p.values("noise_cancelling") for p in cheap) >= 5
    assert any(False in p.values("noise_cancelling") for p in cheap)
    assert all(p.category[-1].zh == "蓝牙耳机" for p in cheap)


def test_waterproof_jackets_and_backpacks_for_a_15_6_inch_laptop():
    assert sum(True in p.values("waterproof") for p in of("Waterproof jackets")) >= 10
    backpacks = [p for p in of("Laptop backpacks") if True in p.values("waterproof")]
    assert sum(Decimal("15.6") in p.values("laptop_size") for p in backpacks) >= 2


def test_monitors_of_27_inches_and_gaming_laptops_with_16_gb():
    monitors = of("Office monitors") + of("Gaming monitors")
    assert sum(Decimal(27) in p.values("screen_size") for p in monitors) >= 5
    assert sum(Decimal(16) in p.values("memory") for p in of("Gaming laptops")) >= 3


def test_a_womens_dress_in_red_and_size_m():
    dresses = [p for p in of("Dresses") if says(p, "gender") == {"women"}]
    red = [
        v for p in dresses for v in p.variants
        if v.option("color").en == "red" and v.option("size").en == "M" and v.available
    ]  # fmt: skip
    assert len(red) >= 5


def test_snacks_pets_and_books():
    assert len(of("Sugar-free snacks")) >= 8
    assert all(
        True in p.values("sugar_free") and "无糖" in p.title.zh for p in of("Sugar-free snacks")
    )
    assert len(of("Dry cat food")) >= 8 and all("猫粮" in p.title.zh for p in of("Dry cat food"))
    assert len(of("Picture books")) >= 10


def test_a_notebook_is_paper_too_and_accessories_stand_beside_the_main_thing():
    assert of("Notebooks")[0].category[0].en == "Stationery"
    for leaf in (
        "Laptop sleeves",
        "Briefcases",
        "Phone cases",
        "Shoe laces",
        "Insoles",
        "Mouse pads",
    ):
        assert len(of(leaf)) >= 5


def test_gifts():
    gifts = [p for p in products() if True in p.values("gift_box")]
    assert len(gifts) >= 150
    assert len({p.category[0] for p in gifts}) >= 6
