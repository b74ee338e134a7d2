"""Browser, system and device from the header that browsers send."""

import time

import pytest

from core import systems
from core.systems import System

WEBKIT = "AppleWebKit/537.36 (KHTML, like Gecko)"
CASES = {
    f"Mozilla/5.0 (Windows NT 10.0; Win64; x64) {WEBKIT} Chrome/130.0.0.0 Safari/537.36": System(
        "Chrome 130", "Windows 10/11", "computer"
    ),
    f"Mozilla/5.0 (Windows NT 10.0; Win64; x64) {WEBKIT} Chrome/130.0.0.0 Safari/537.36 Edg/130.0.0.0": System(
        "Edge 130", "Windows 10/11", "computer"
    ),
    f"Mozilla/5.0 (Windows NT 10.0; WOW64) {WEBKIT} Chrome/86.0.4240.198 Safari/537.36 QIHU 360SE/13.1": System(
        "360 Browser 13", "Windows 10/11", "computer"
    ),
    f"Mozilla/5.0 (Windows NT 10.0; WOW64) {WEBKIT} Chrome/107.0.5304.122 Safari/537.36 QQBrowser/19.2": System(
        "QQ Browser 19", "Windows 10/11", "computer"
    ),
    "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.4 "
    "Safari/605.1.15": System("Safari 17", "macOS", "computer"),
    "Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0": System(
        "Firefox 128", "Linux", "computer"
    ),
    "Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) "
    "Mobile/15E148 MicroMessenger/8.0.49(0x18003137) NetType/WIFI Language/zh_CN": System(
        "WeChat 8", "iOS 17", "phone"
    ),
    f"Mozilla/5.0 (Linux; Android 13; 22081212C Build/TKQ1; wv) {WEBKIT} Version/4.0 Chrome/116 MQQBrowser/6.2 "
    "TBS/046721 Mobile Safari/537.36 MMWEBID/1234 MicroMessenger/8.0.47.2560(0x28002F51) WeChat/arm64": System(
        "WeChat 8", "Android 13", "phone"
    ),
    f"Mozilla/5.0 (Linux; U; Android 13; zh-CN; V2230A Build/TP1A.220624.014) {WEBKIT} Version/4.0 "
    "Chrome/100.0.4896.58 UCBrowser/15.5.8.1288 Mobile Safari/537.36": System(
        "UC Browser 15", "Android 13", "phone"
    ),
    f"Mozilla/5.0 (Phone; OpenHarmony 5.0) {WEBKIT} Chrome/114.0.0.0 Safari/537.36 ArkWeb/4.1.6.1 Mobile": System(
        "ArkWeb 4", "HarmonyOS 5", "phone"
    ),
    f"Mozilla/5.0 (Linux; Android 12; HarmonyOS; ALN-AL00; HMSCore 6.13.0.302) {WEBKIT} Chrome/114.0.5735.196 "
    "HuaweiBrowser/15.0.2.302 Mobile Safari/537.36": System("Huawei Browser 15", "HarmonyOS", "phone"),
    "Mozilla/5.0 (iPad; CPU OS 16_6 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/16.6 "
    "Mobile/15E148 Safari/604.1": System("Safari 16", "iOS 16", "tablet"),
    f"Mozilla/5.0 (Linux; Android 14; SM-X910) {WEBKIT} Chrome/126.0.0.0 Safari/537.36": System(
        "Chrome 126", "Android 14", "tablet"
    ),
    f"Mozilla/5.0 (Linux; Android 10; K) {WEBKIT} Chrome/126.0.0.0 Mobile Safari/537.36": System(
        "Chrome 126", "Android 10", "phone"
    ),
    "Mozilla/5.0 (compatible; Baiduspider/2.0; +http://www.baidu.com/search/spider.html)": System(
        "Baiduspider 2", "", "other"
    ),
    "curl/8.0": System("curl 8", "", "other"),
    "": System(),
}


@pytest.mark.parametrize(
    ("user_agent", "system"), CASES.items(), ids=[str(each) for each in range(len(CASES))]
)
def test_a_browser_is_known_by_what_it_says(user_agent, system):
    assert systems.of(user_agent) == system


def test_what_a_stranger_writes_is_bounded():
    found = systems.of("Mozilla/5.0 QQBrowser/" + "9" * 400)
    assert len(found.browser) == 60
    began = time.perf_counter()
    systems.of("Android" * 100_000)
    assert time.perf_counter() - began < 0.5
