"""Browser, system and kind of device, as the browser names itself."""

import functools
import re
from typing import NamedTuple

import ua_parser
from ua_parser import loaders, regex

from protocol.payloads import Device


class System(NamedTuple):
    browser: str = ""
    system: str = ""
    device: Device = "other"


#: Browsers and systems that the parser takes for what they are built on.
_BROWSERS = [
    ("WeChat", re.compile(r"MicroMessenger/(\d+)")),
    ("WeCom", re.compile(r"wxwork/(\d+)")),
    ("DingTalk", re.compile(r"DingTalk/(\d+)")),
    ("Alipay", re.compile(r"AlipayClient/(\d+)")),
    ("UC Browser", re.compile(r"UC ?Browser/(\d+)")),
    ("360 Browser", re.compile(r"QIHU 360[SE]E/(\d+)|360(?:SE|EE|Browser)\b/?(\d*)")),
    ("Quark", re.compile(r"Quark/(\d+)")),
    ("ArkWeb", re.compile(r"ArkWeb/(\d+)")),
]
_HARMONY = re.compile(r"HarmonyOS|OpenHarmony(?: (\d+))?")
#: What the parser says and what people say.
_SAID = {
    "Mac OS X": "macOS",
    "Mobile Safari": "Safari",
    "Chrome Mobile": "Chrome",
    "Chrome Mobile iOS": "Chrome",
    "Chrome Mobile WebView": "Chrome",
    "Firefox Mobile": "Firefox",
    "Firefox iOS": "Firefox",
    "Edge Mobile": "Edge",
    "QQ Browser Mobile": "QQ Browser",
}
#: Systems whose browsers have stopped telling their version.
_VERSIONS = {("Windows", "10"): "10/11", ("Mac OS X", "10"): ""}
_COMPUTERS = {"Windows", "Mac OS X", "Linux", "Ubuntu", "Fedora", "Debian", "Chrome OS", "FreeBSD"}
_TABLET = re.compile(r"iPad|Tablet|PlayBook|Silk/|Android(?!.*Mobile)", re.I)
_PHONE = re.compile(r"Mobile|iPhone|iPod|Android|OpenHarmony|Windows Phone", re.I)
_ROBOT = "Spider"
_LENGTH = 60
#: Longer ones are made up, perhaps to keep the process busy.
_LOOKED_AT = 500


def of(user_agent: str) -> System:
    """What a User-Agent header says; whatever it does not say stays empty."""
    return _of(user_agent[:_LOOKED_AT])


@functools.lru_cache(maxsize=4096)
def _of(user_agent: str) -> System:
    found = _parser().parse(user_agent)
    browser = _own_name(user_agent) or _named(found.user_agent)
    return System(browser[:_LENGTH], _system(user_agent, found)[:_LENGTH], _device(user_agent, found))


@functools.cache
def _parser() -> ua_parser.Parser:
    browsers, systems, devices = loaders.load_builtins()
    # Which of hundreds of devices it is, nobody asks: to know robots is enough, and a third less to load.
    robots = [device for device in devices if getattr(device, "family", "") == _ROBOT]
    return ua_parser.Parser(regex.Resolver((browsers, systems, robots)))


def _own_name(user_agent: str) -> str:
    for name, mark in _BROWSERS:
        if match := mark.search(user_agent):
            version = next((group for group in match.groups() if group), "")
            return f"{name} {version}".strip()
    return ""


def _named(part: ua_parser.UserAgent | ua_parser.OS | None) -> str:
    if part is None:
        return ""
    version = _VERSIONS.get((part.family, part.major or ""), part.major or "")
    return f"{_SAID.get(part.family, part.family)} {version}".strip()


def _system(user_agent: str, found: ua_parser.Result) -> str:
    if match := _HARMONY.search(user_agent):
        return f"HarmonyOS {match.group(1) or ''}".strip()
    return _named(found.os)


def _device(user_agent: str, found: ua_parser.Result) -> Device:
    if found.device is not None and found.device.family == _ROBOT:
        return "other"
    if _TABLET.search(user_agent):
        return "tablet"
    if _PHONE.search(user_agent):
        return "phone"
    return "computer" if found.os is not None and found.os.family in _COMPUTERS else "other"
