"""Shops of a few products each, built by hand: one bilingual, one English, one Chinese."""

from tests.catalog.products import product, variant


def sell(path, title, brand="", *, sizes=(), **attributes):
    """A product of a shelf; ``sizes`` are its variants."""
    variants = tuple(variant(f"{title}-{size}", "70", size=size) for size in sizes)
    return product(title, title, category=path, brand=brand, variants=variants, **attributes)


SHOES = "Shoes|鞋靴"
FASHION = "Fashion|服饰"
AUDIO = "Phones & Audio|手机影音"
COMPUTERS = "Computers|电脑办公"

BILINGUAL = [
    sell(
        f"{SHOES}>Running shoes|跑步鞋",
        "Strider Cloud running shoes|疾风 云跑鞋",
        "Strider|疾风",
        sizes=("42", "43"),
        gender="men|男",
        color="navy|藏青色",
        waterproof=True,
    ),
    sell(
        f"{SHOES}>Trail running shoes|越野跑鞋",
        "Strider Peak trail shoes|疾风 越野鞋",
        "Strider|疾风",
        gender="unisex|男女通用",
        color="sky blue|天蓝色",
    ),
    sell(
        f"{SHOES}>Heels|高跟鞋",
        "Pavane heels|帕文 高跟鞋",
        "Pavane|帕文",
        gender="women|女",
        color="red|红色",
        material="genuine leather|真皮",
        heel_height=(7, "cm"),
    ),
    sell(f"{SHOES}>Shoe accessories|鞋配件>Insoles|鞋垫", "Cork insoles|软木鞋垫"),
    sell(
        f"{SHOES}>Kids' shoes|童鞋",
        "Tinyleaf school shoes|小叶子 童鞋",
        "Tinyleaf|小叶子",
        gender="boys|男孩",
        age_group="kids|儿童",
        color="black|黑色",
    ),
    sell(
        f"{FASHION}>Tops|上衣>Shirts|衬衫",
        "Lunessa shirt|月织 衬衫",
        "Lunessa|月织",
        sizes=("M", "XL"),
        gender="women|女",
        color="cream|奶油色",
        material="cotton|纯棉",
        season="summer|夏季",
        pattern="striped|条纹",
        sleeve_length="long sleeve|长袖",
    ),
    sell(
        f"{FASHION}>Tops|上衣>Sweaters|毛衣",
        "Lunessa sweater|月织 毛衣",
        "Lunessa|月织",
        gender="women|女",
        color="beige|米色",
        material="vegan leather|人造革",
        season="winter|冬季",
    ),
    sell(
        f"{FASHION}>Outerwear|外套>Down jackets|羽绒服",
        "Northern down jacket|北维 羽绒服",
        "Nordwick|北维",
        gender="men|男",
        color="black|黑色",
        windproof=True,
        hooded=True,
    ),
    sell(f"{FASHION}>Accessories|配饰>Belts|皮带", "Oak belt|奥可莱 皮带", "Oakline|奥可莱"),
    sell(
        f"{AUDIO}>Headphones|耳机>Bluetooth earbuds|蓝牙耳机",
        "Sonaro Buds 3|声朗 蓝牙耳机",
        "Sonaro|声朗",
        color="white|白色",
        noise_cancelling=True,
        wireless=True,
        battery_life=(8, "hour"),
    ),
    sell(
        f"{AUDIO}>Headphones|耳机>Over-ear headphones|头戴式耳机",
        "Sonaro Studio|声朗 头戴式耳机",
        "Sonaro|声朗",
        color="black|黑色",
        noise_cancelling=False,
        wireless=True,
        battery_life=(30, "hour"),
    ),
    sell(
        f"{AUDIO}>Phones|手机",
        "Novaq Prime phone|诺凡 手机",
        "Novaq|诺凡",
        color="black|黑色",
        memory=(8, "GB"),
        storage=(256, "GB"),
        screen_size=(6.5, "inch"),
        fast_charging=True,
    ),
    sell(
        f"{AUDIO}>Phone accessories|手机配件>Phone cases|手机壳",
        "Clear case for Novaq Prime|诺凡 透明手机壳",
        "Shello|壳乐",
        color="clear|透明",
    ),
    sell(
        f"{AUDIO}>Phone accessories|手机配件>Chargers|充电器",
        "Ampkit charger|安派 充电器",
        "Ampkit|安派",
        connector="Bluetooth|蓝牙",
    ),
    sell(
        f"{COMPUTERS}>Laptops|笔记本电脑",
        "Lumibook 14 laptop|朗本 笔记本电脑",
        "Lumibook|朗本",
        color="silver|银色",
        memory=(16, "GB"),
        touchscreen=True,
        weight=(1.2, "kg"),
    ),
    sell(f"{COMPUTERS}>Keyboards|键盘", "Keystorm keys|键风 机械键盘", "Keystorm|键风"),
    sell("Bags|箱包>Laptop bags|电脑包", "Urbanest laptop bag|城见 电脑包", "Urbanest|城见"),
    sell("Bags|箱包>Tote bags|托特包", "Rovena tote|洛凡 托特包", material="canvas|帆布"),
    sell("Stationery|文具>Notebooks|笔记本", "Dot notebook|点阵笔记本", paper_size="A5"),
    sell(
        "Food|食品>Snacks|零食>Cookies|饼干",
        "Oat cookies|燕麦饼干",
        sugar_free=True,
        flavor="chicken|鸡肉",
    ),
    sell("Food|食品>Tea|茶>Green tea|绿茶", "Green tea|绿茶", organic=True),
    sell("Toys|玩具>Doll shoes|娃娃鞋", "Doll shoes|娃娃的鞋"),
    sell("Books|图书>Travel|旅行", "Travel stories|旅行故事", genre="travel|旅行"),
]
"""Both languages everywhere, as a shop of our own writes them."""

ENGLISH = [
    sell("Notebook", "HP Pavilion notebook silver", "HP", color="Silver", touchscreen=False),
    sell("", "HP 301 ink cartridge original black", "HP", color="Black"),
    sell("", "HP 301 ink cartridge cyan", "Hewlett-Packard", color="Cyan"),
    sell("", "Kingston USB flash drive", "Kingston Technology", color="Black,Silver"),
    sell("", "Brother HL laser printer", "Brother", color="Grey"),
    sell("Headphones", "Philips headphones", "Philips", color="Light Blue"),
    sell("TV", "Sony bravia television", "SONY", full_hd=True),
    sell("Doll dress", "Doll dress", "Zapf"),
]
"""English only, with holes, as feeds of electronics are."""

CHINESE = [
    sell("|数码>|耳机>|蓝牙耳机", "|华为 降噪蓝牙耳机", "|华为", 颜色="|黑色", 降噪=True),
    sell("|鞋子>|休闲鞋", "|回力 小白鞋", "|回力", 颜色="|米白色", 材质="|真皮"),
    sell("|家电>|电饭煲", "|美的 电饭煲", "|美的", 容量=(4, "L")),
    sell("|文具>|笔记本", "|得力 笔记本", "|得力"),
]
"""Chinese only."""
