"""What brought a visitor: a campaign, a search engine, another website, or nothing that can be told."""

import re
from collections.abc import Iterable
from typing import NamedTuple
from urllib.parse import SplitResult, parse_qs, unquote_to_bytes, urlsplit

from protocol.payloads import Source

_LENGTH = 200


class Engine(NamedTuple):
    name: str
    #: What the host is, or ends with after a dot.
    hosts: tuple[str, ...]
    #: Parameters that may hold the words, the likeliest first.
    words: tuple[str, ...]


ENGINES = (
    Engine("Baidu", ("baidu.com",), ("wd", "word", "kw", "q")),
    Engine("Sogou", ("sogou.com",), ("query", "keyword", "kw")),
    Engine("360", ("so.com", "haosou.com"), ("q", "src_q")),
    Engine("Shenma", ("sm.cn", "sm-tc.cn"), ("q",)),
    Engine("Toutiao", ("so.toutiao.com",), ("keyword",)),
    Engine("Quark", ("quark.sm.cn", "quark.cn"), ("q",)),
    Engine("Bing", ("bing.com",), ("q",)),
    Engine("Yandex", ("yandex.com", "yandex.ru", "yandex.kz", "yandex.by", "ya.ru"), ("text",)),
    Engine("DuckDuckGo", ("duckduckgo.com",), ("q",)),
    Engine("Yahoo", ("search.yahoo.com", "search.yahoo.co.jp"), ("p", "q")),
)
_GOOGLE = Engine("Google", (), ("q",))
_GOOGLE_HOST = re.compile(r"(?:^|\.)google\.(?:com?\.)?[a-z]{2,3}$")
#: Hosts of the same names on which nobody searches the web.
_NO_SEARCH = re.compile(
    r"^(?:mail|accounts|docs|drive|plus|groups|tieba|pan|map|maps|passport|zhidao|wenku|baike|translate|fanyi"
    r"|news|sites|meet|cloud|ads|tongji|developer|top)\."
)
#: How a query says that its words are in the encoding of old Chinese pages.
_OLD_ENCODING = re.compile(r"(?:^|&)(?:ie|inputencoding|encoding)=(?:gb2312|gbk|gb18030)(?:&|$)", re.I)


def of(page: str, referrer: str, sites: Iterable[str] = ()) -> Source:
    """The source of a visit that begins on `page`, coming from `referrer`; the company's own sites are none."""
    here, there = _split(page), _split(referrer)
    campaign = _campaign(here)
    if campaign is not None:
        return campaign
    host = _host(there)
    own = [_host(here), *(_host(_split(site)) for site in sites)]
    if not host or any(_is_same_site(host, each) for each in own):
        return Source()
    engine = _engine(host)
    if engine is None:
        return Source(kind="referral", name=host[:_LENGTH])
    return Source(kind="search", name=engine.name, words=_words(engine, there.query))


def _campaign(page: SplitResult) -> Source | None:
    tags = _parameters(page.query, "utf-8") if "utm_" in page.query else {}
    name = _first(tags, ("utm_campaign", "utm_source", "utm_medium"))
    if not name:
        return None
    origin = _first(tags, ("utm_source",))
    full = name if not origin or origin == name else f"{name} ({origin})"
    return Source(kind="campaign", name=full[:_LENGTH], words=_first(tags, ("utm_term",)))


def _split(address: str) -> SplitResult:
    try:
        return urlsplit(address)
    except ValueError:
        return urlsplit("")


def _host(address: SplitResult) -> str:
    try:
        return (address.hostname or "").rstrip(".")
    except ValueError:
        return ""


def _is_same_site(one: str, other: str) -> bool:
    """The same host, or one of them lies within the other's domain."""
    one, other = one.removeprefix("www."), other.removeprefix("www.")
    return one == other or one.endswith("." + other) or other.endswith("." + one)


def _engine(host: str) -> Engine | None:
    if _NO_SEARCH.match(host):
        return None
    if _GOOGLE_HOST.search(host):
        return _GOOGLE
    matches = [(len(name), engine) for engine in ENGINES for name in engine.hosts if _is_of(host, name)]
    return max(matches, key=lambda match: match[0])[1] if matches else None


def _is_of(host: str, name: str) -> bool:
    return host == name or host.endswith("." + name)


def _words(engine: Engine, query: str) -> str:
    return _first(_parameters(query, "gb18030" if _is_old(query) else "utf-8"), engine.words)


def _is_old(query: str) -> bool:
    """Says so, or can be nothing else: some engines do not say."""
    if _OLD_ENCODING.search(query):
        return True
    try:
        unquote_to_bytes(query).decode()
    except UnicodeDecodeError:
        return True
    return False


def _parameters(query: str, encoding: str) -> dict[str, list[str]]:
    try:
        return parse_qs(query, encoding=encoding, errors="replace", max_num_fields=200)
    except ValueError:
        return {}


def _first(query: dict[str, list[str]], names: tuple[str, ...]) -> str:
    for name in names:
        for value in query.get(name, ()):
            if line := " ".join(value.replace("\x00", "").split()):
                return line[:_LENGTH]
    return ""
