"""Shops of a few products each, built by hand: one bilingual, one English, one Chinese."""

from tests.catalog.products import product, variant

BILINGUAL = [
    product(
        "s1", "Strider Cloud running shoes|疾风 云跑鞋", category="Shoes|鞋靴>Running shoes|跑步鞋",
        brand="Strider|疾风", gender="men|男", color="navy|藏青色", material="mesh|网布",
        waterproof=True, variants=(variant("s1-42", "70", size="42"), variant("s1-43", "70", size="43")),
    ),
    product(
        "s2", "Strider Peak trail shoes|疾风 越野鞋", category="Shoes|鞋靴>Trail running shoes|越野跑鞋",
        brand="Strider|疾风", gender="unisex|男女通用", color="sky blue|天蓝色",
    ),
    product(
        "s3", "Pavane heels|帕文 高跟鞋", category="Shoes|鞋靴>Heels|高跟鞋", brand="Pavane|帕文",
        gender="women|女", color="red|红色", material="genuine leather|真皮", heel_height=(7, "cm"),
    ),
    product("s4", "Cork insoles|软木鞋垫", category="Shoes|鞋靴>Shoe accessories|鞋配件>Insoles|鞋垫"),
    product(
        "s5", "Tinyleaf school shoes|小叶子 童鞋", category="Shoes|鞋靴>Kids' shoes|童鞋",
        brand="Tinyleaf|小叶子", gender="boys|男孩", age_group="kids|儿童", color="black|黑色",
    ),
    product(
        "c1", "Lunessa shirt|月织 衬衫", category="Fashion|服饰>Tops|上衣>Shirts|衬衫", brand="Lunessa|月织",
        gender="women|女", color="cream|奶油色", material="cotton|纯棉", season="summer|夏季",
        pattern="striped|条纹", sleeve_length="long sleeve|长袖",
        variants=(variant("c1-m", "30", size="M"), variant("c1-xl", "30", size="XL")),
    ),
    product(
        "c2", "Lunessa sweater|月织 毛衣", category="Fashion|服饰>Tops|上衣>Sweaters|毛衣", brand="Lunessa|月织",
        gender="women|女", color="beige|米色", material="vegan leather|人造革", season="winter|冬季",
    ),
    product(
        "c3", "Northern down jacket|北维 羽绒服", category="Fashion|服饰>Outerwear|外套>Down jackets|羽绒服",
        brand="Nordwick|北维", gender="men|男", color="black|黑色", windproof=True, hooded=True,
    ),
    product("c4", "Oak belt|奥可莱 皮带", category="Fashion|服饰>Accessories|配饰>Belts|皮带", brand="Oakline|奥可莱"),
    product(
        "e1", "Sonaro Buds 3|声朗 蓝牙耳机", category="Phones & Audio|手机影音>Headphones|耳机>Bluetooth earbuds|蓝牙耳机",
        brand="Sonaro|声朗", color="white|白色", noise_cancelling=True, wireless=True, battery_life=(8, "hour"),
    ),
    product(
        "e2", "Sonaro Studio|声朗 头戴式耳机", category="Phones & Audio|手机影音>Headphones|耳机>Over-ear headphones|头戴式耳机",
        brand="Sonaro|声朗", color="black|黑色", noise_cancelling=False, wireless=True, battery_life=(30, "hour"),
    ),
    product(
        "e3", "Novaq Prime phone|诺凡 手机", category="Phones & Audio|手机影音>Phones|手机", brand="Novaq|诺凡",
        color="black|黑色", memory=(8, "GB"), storage=(256, "GB"), screen_size=(6.5, "inch"), fast_charging=True,
    ),
    product(
        "e4", "Clear case for Novaq Prime|诺凡 透明手机壳", brand="Shello|壳乐", color="clear|透明",
        category="Phones & Audio|手机影音>Phone accessories|手机配件>Phone cases|手机壳",
    ),
    product(
        "e5", "Ampkit charger|安派 充电器", brand="Ampkit|安派", connector="Bluetooth|蓝牙",
        category="Phones & Audio|手机影音>Phone accessories|手机配件>Chargers|充电器",
    ),
    product(
        "l1", "Lumibook 14 laptop|朗本 笔记本电脑", category="Computers|电脑办公>Laptops|笔记本电脑", brand="Lumibook|朗本",
        color="silver|银色", memory=(16, "GB"), touchscreen=True, weight=(1.2, "kg"),
    ),
    product("l2", "Keystorm keys|键风 机械键盘", category="Computers|电脑办公>Keyboards|键盘", brand="Keystorm|键风"),
    product("b1", "Urbanest laptop bag|城见 电脑包", category="Bags|箱包>Laptop bags|电脑包", brand="Urbanest|城见"),
    product("b2", "Rovena tote|洛凡 托特包", category="Bags|箱包>Tote bags|托特包", brand="Rovena|洛凡", material="canvas|帆布"),
    product("n1", "Dot notebook|点阵笔记本", category="Stationery|文具>Notebooks|笔记本", paper_size="A5"),
    product("f1", "Oat cookies|燕麦饼干", category="Food|食品>Snacks|零食>Cookies|饼干", sugar_free=True, flavor="chicken|鸡肉"),
    product("f2", "Green tea|绿茶", category="Food|食品>Tea|茶>Green tea|绿茶", organic=True),
    product("t1", "Doll shoes|娃娃的鞋", category="Toys|玩具>Doll shoes|娃娃鞋"),
    product("k1", "Travel stories|旅行故事", category="Books|图书>Travel|旅行", genre="travel|旅行"),
]  # fmt: skip
"""Both languages everywhere, as a shop of our own writes them."""

ENGLISH = [
    product("i1", "HP Pavilion notebook silver", brand="HP", category="Notebook", color="Silver", touchscreen=False),
    product("i2", "HP 301 ink cartridge original black", brand="HP", color="Black"),
    product("i3", "HP 301 ink cartridge cyan", brand="Hewlett-Packard", color="Cyan"),
    product("i4", "Kingston DataTraveler USB flash drive", brand="Kingston Technology", color="Black,Silver"),
    product("i5", "Brother HL laser printer", brand="Brother", color="Grey"),
    product("i6", "Philips headphones", brand="Philips", category="Headphones", color="Light Blue"),
    product("i7", "Sony bravia television", brand="SONY", category="TV", full_hd=True),
    product("i8", "Doll dress", brand="Zapf", category="Doll dress"),
]  # fmt: skip
"""English only, with holes, as feeds of electronics are."""

CHINESE = [
    product("z1", "|华为 降噪蓝牙耳机", brand="|华为", category="|数码>|耳机>|蓝牙耳机", **{"颜色": "|黑色", "降噪": True}),
    product("z2", "|回力 小白鞋", brand="|回力", category="|鞋子>|休闲鞋", **{"颜色": "|米白色", "材质": "|真皮"}),
    product("z3", "|美的 电饭煲", brand="|美的", category="|家电>|电饭煲", **{"容量": (4, "L")}),
    product("z4", "|得力 笔记本", brand="|得力", category="|文具>|笔记本"),
]  # fmt: skip
"""Chinese only."""
