import pytest

from catalog.events.bots import is_bot

_PERSON = "Mozilla/5.0 (iPhone; CPU iPhone OS 19_0 like Mac OS X) AppleWebKit/605.1.15"


@pytest.mark.parametrize(
    "agent",
    [
        "Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)",
        "Mozilla/5.0 (compatible; bingbot/2.0)",
        "Mozilla/5.0 (compatible; Baiduspider/2.0)",
        "Sogou web spider/4.0",
        "Mozilla/5.0 (Linux) Bytespider",
        "Mozilla/5.0 (X11) HeadlessChrome/120.0",
        "curl/8.5.0",
        "python-requests/2.32",
        "Scrapy/2.11",
        "AhrefsBot/7.0",
        "Mozilla/5.0 AppleWebKit/537.36 (KHTML, like Gecko); compatible; ChatGPT-User/1.0",
        "Mozilla/5.0 (compatible; Google-InspectionTool/1.0)",
        "Mozilla/5.0 (Linux; Android 6.0.1) Mobile Safari/537.36 (compatible; GoogleOther)",
        "Mozilla/5.0 AppleWebKit/537.36 (compatible; Perplexity-User/1.0)",
        "meta-externalfetcher/1.1",
        "Mediapartners-Google",
    ],
)
def test_programs_are_known(agent):
    assert is_bot(agent)


@pytest.mark.parametrize(
    "agent",
    [
        "",
        _PERSON,
        f"{_PERSON} MicroMessenger/8.0.49 NetType/WIFI Language/zh_CN",
        "Mozilla/5.0 (Linux; Android 15; CUBOT X70) AppleWebKit/537.36 Chrome/130 Mobile",
        "Mozilla/5.0 (Linux; Android 15; Pixel 9) Google-App/15.2 GoogleApp Mobile Safari/537.36",
        "Mozilla/5.0 (Windows NT 10.0; Win64; x64) Chrome/130.0.0.0 Safari/537.36 Edg/130",
    ],
)
def test_people_are_people(agent):
    assert not is_bot(agent)
