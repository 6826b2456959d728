"""A small shop whose words a query is corrected by, without a store or vectors."""

from catalog.correction import Corrector, KnownWords, own_names, surfaces
from catalog.documents import fields
from catalog.lexical import LexicalIndex
from tests.catalog.products import product

AUDIO, PHONES, SHOES = "Audio|影音", "Phones|手机", "Shoes|鞋靴"

SHOP = (
    product("1", "Sony wireless headphones|索尼 无线耳机", category=AUDIO, brand="Sony|索尼"),
    product("2", "Sony Bluetooth headphones|索尼 蓝牙耳机", category=AUDIO, brand="Sony|索尼"),
    product("3", "Samsung phone|三星 手机", category=PHONES, brand="Samsung|三星"),
    product("4", "iPhone case, clear|苹果 手机壳 透明", category=PHONES, brand="Apple|苹果"),
    product("5", "Adidas running shoes|阿迪达斯 跑步鞋", category=SHOES, brand="Adidas|阿迪达斯"),
    product("6", "Watches for runners|运动手表", category=SHOES, brand="Vostu|沃途"),
    product("7", "HP laptop dv7-1211ea|惠普 笔记本电脑", category=PHONES, brand="HP|惠普"),
    product("8", "Power bank 20000 mAh|充电宝", category=PHONES, brand="Anker|安克"),
    product("9", "Vacuum flask 500 ml|保温杯", category="Kitchen|厨具", brand="Vostu|沃途"),
)


def corrector(products=SHOP):
    """A corrector that knows the words of these products."""
    known, index = KnownWords(), LexicalIndex()
    for number, one in enumerate(products):
        known.teach(own_names(one))
        words = fields(one)
        index.add(number, words)
        known.add(surfaces(one, words))
    return Corrector(known, index)
