"""What brought a visitor, from the referrer and the page's address."""

import pytest

from protocol.payloads import Source
from widgets import sources

PAGE = "https://www.acme.example/prices"
ONLINE_SERVICE = "%E5%9C%A8%E7%BA%BF%E5%AE%A2%E6%9C%8D"
IN_OLD_ENCODING = "%D4%DA%CF%DF%BF%CD%B7%FE"


@pytest.mark.parametrize(
    ("referrer", "engine", "words"),
    [
        (
            f"https://www.baidu.com/s?ie=utf-8&f=8&rsv_bp=1&wd={ONLINE_SERVICE}&rsv_pq=abc",
            "Baidu",
            "在线客服",
        ),
        (f"http://www.baidu.com/s?ie=gb2312&wd={IN_OLD_ENCODING}", "Baidu", "在线客服"),
        (f"http://www.baidu.com/s?wd={IN_OLD_ENCODING}&tn=site", "Baidu", "在线客服"),
        (f"https://m.baidu.com/from=1012/s?word={ONLINE_SERVICE}&sa=tb", "Baidu", "在线客服"),
        ("https://www.baidu.com/link?url=gKd7", "Baidu", ""),
        (f"https://www.sogou.com/web?query={ONLINE_SERVICE}&_asf=www.sogou.com", "Sogou", "在线客服"),
        (f"https://m.sogou.com/web/searchList.jsp?keyword={ONLINE_SERVICE}", "Sogou", "在线客服"),
        (f"https://weixin.sogou.com/weixin?type=2&query={ONLINE_SERVICE}", "Sogou", "在线客服"),
        (f"https://www.so.com/s?q={ONLINE_SERVICE}&src=srp", "360", "在线客服"),
        ("https://m.so.com/s?q=chat", "360", "chat"),
        (f"https://m.sm.cn/s?q={ONLINE_SERVICE}&from=wm", "Shenma", "在线客服"),
        (f"https://so.toutiao.com/search?keyword={ONLINE_SERVICE}", "Toutiao", "在线客服"),
        (f"https://cn.bing.com/search?q={ONLINE_SERVICE}&form=QBLH", "Bing", "在线客服"),
        ("https://www.bing.com/", "Bing", ""),
        ("https://www.google.com/", "Google", ""),
        ("https://www.google.com.hk/search?q=live+chat&hl=en", "Google", "live chat"),
        ("https://www.google.co.uk/url?q=chat", "Google", "chat"),
        ("https://yandex.ru/search/?text=%D1%87%D0%B0%D1%82&lr=213", "Yandex", "чат"),
        ("https://duckduckgo.com/?q=live+chat&t=h_", "DuckDuckGo", "live chat"),
        ("https://search.yahoo.com/search?p=live+chat", "Yahoo", "live chat"),
        ("https://search.yahoo.co.jp/search?p=%E3%83%81%E3%83%A3%E3%83%83%E3%83%88", "Yahoo", "チャット"),
    ],
)
def test_a_search_engine_and_its_words(referrer, engine, words):
    assert sources.of(PAGE, referrer) == Source(kind="search", name=engine, words=words)


@pytest.mark.parametrize(
    ("page", "name", "words"),
    [
        (
            "https://acme.example/?utm_source=wechat&utm_medium=social&utm_campaign=spring",
            "spring (wechat)",
            "",
        ),
        ("https://acme.example/?utm_source=baidu&utm_term=%E5%AE%A2%E6%9C%8D", "baidu", "客服"),
        ("https://acme.example/?utm_campaign=%E5%8F%8C11", "双11", ""),
    ],
)
def test_a_campaign_comes_before_everything(page, name, words):
    found = sources.of(page, "https://www.baidu.com/s?wd=x")
    assert found == Source(kind="campaign", name=name, words=words)


@pytest.mark.parametrize(
    "host", ["blog.example.org", "mail.google.com", "tieba.baidu.com", "notbaidu.com", "mp.weixin.qq.com"]
)
def test_another_website(host):
    assert sources.of(PAGE, f"https://{host}/x") == Source(kind="referral", name=host)


@pytest.mark.parametrize(
    "referrer",
    [
        "",
        "https://acme.example/",
        "https://www.acme.example/x",
        "https://shop.acme.example/",
        "about:blank",
        "https://[bad",
        "nonsense",
    ],
)
def test_ones_own_website_and_nonsense_are_no_source(referrer):
    assert sources.of(PAGE, referrer) == Source()


def test_the_companys_other_sites_are_ones_own():
    sites = ["https://acme-shop.example"]
    assert sources.of(PAGE, "https://acme-shop.example/basket", sites) == Source()
    assert sources.of(PAGE, "https://other.example/", sites).kind == "referral"


def test_what_is_kept_is_bounded_and_in_one_line():
    found = sources.of(PAGE, f"https://www.bing.com/search?q=a%00b%0Ac{'x' * 500}")
    assert found.words.startswith("ab cx")
    assert len(found.words) == 200
    assert len(sources.of(PAGE, f"https://{'a.' * 400}example/").name) == 200
    # So many parameters that no website means them.
    assert sources.of(PAGE, "https://www.bing.com/search?" + "&a" * 1000 + "&q=x").name == "Bing"
