"""Products with the records that questions are put to."""

from decimal import Decimal

from catalog.types import AnsweredQuestion, Attribute, LocalText, Product, Variant


def text(name, en, zh, label_en="", label_zh=""):
    return Attribute(name, LocalText(en, zh), label=LocalText(label_en, label_zh))


def number(name, value, unit, label_en, label_zh):
    return Attribute(name, Decimal(value), unit, LocalText(label_en, label_zh))


def flag(name, value, label_en, label_zh):
    return Attribute(name, value, label=LocalText(label_en, label_zh))


def sleeve(*questions):
    return Product(
        "S1",
        LocalText("Felt Sleeve for Laptops", "毛毡笔记本内胆包"),
        tuple(
            Variant(en, options=(("color", LocalText(en, zh)),))
            for en, zh in (("black", "黑色"), ("red", "红色"))
        ),
        description=LocalText(
            "There is a zip pocket inside. Use the strap within two years."
            " It comes without a charger. A pen loop can be ordered.",
            "内有拉链袋。肩带请在两年内使用。不附充电器。笔插可另购。",
        ),
        category=(LocalText("Laptop sleeves", "电脑内胆包"),),
        attributes=(
            text("material", "felt", "毛毡", "Material", "材质"),
            number("laptop_size", "15.6", "inch", "Fits laptops up to", "可放电脑"),
            number("weight", "300", "g", "Weight", "重量"),
            number("max_load", "5", "kg", "Maximum load", "承重"),
            number("ports", "2", "", "Ports", "接口数量"),
            flag("waterproof", False, "Waterproof", "防水"),
            flag("machine_washable", True, "Machine washable", "可机洗"),
            flag("fragrance_free", True, "Fragrance-free", "无香精"),
        ),
        questions=questions,
    )


def asked(question, answer, question_zh="", answer_zh=""):
    return AnsweredQuestion(LocalText(question, question_zh), LocalText(answer, answer_zh))
