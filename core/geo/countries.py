"""Codes of countries from their Chinese names, as the packaged data write them."""

import functools

from babel import Locale

#: Names that differ from Unicode's.
_ALSO = {
    "中非": "CF",
    "刚果布": "CG",
    "刚果金": "CD",
    "圣马丁": "MF",
    "多米尼加": "DO",
    "孟加拉": "BD",
    "巴勒斯坦": "PS",
    "托克劳群岛": "TK",
    "法国南部领地": "TF",
    "波黑": "BA",
    "瓦利斯和富图纳群岛": "WF",
    "留尼旺": "RE",
    "蒙塞拉特岛": "MS",
    "阿联酋": "AE",
    "马其顿": "MK",
    "南乔治亚岛和南桑威奇群岛": "GS",
}


def code(name: str) -> str:
    """The code of two letters; empty for a continent and whatever else is no country."""
    return _codes().get(name, "")


@functools.cache
def _codes() -> dict[str, str]:
    names = Locale.parse("zh_Hans").territories
    return {name: key for key, name in names.items() if len(key) == 2 and key.isalpha()} | _ALSO
