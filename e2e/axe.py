"""Asks axe what people with disabilities would trip over."""

from functools import cache
from typing import Any

from playwright.sync_api import Frame

from e2e import packages

RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


def violations(frame: Frame) -> list[str]:
    """One sentence each; frames inside are asked by themselves, since they may be of another origin."""
    frame.evaluate(_source())
    found: dict[str, Any] = frame.evaluate(
        "rules => axe.run(document, { runOnly: rules, iframes: false, resultTypes: ['violations'] })", RULES
    )
    return [_sentence(each) for each in found["violations"]]


def places(frame: Frame, rule: str) -> list[str]:
    """Where one rule is broken, as selectors."""
    frame.evaluate(_source())
    options = {"runOnly": {"type": "rule", "values": [rule]}, "iframes": False}
    found: dict[str, Any] = frame.evaluate("options => axe.run(document, options)", options)
    return [str(node["target"][0]) for each in found["violations"] for node in each["nodes"]]


def _sentence(violation: dict[str, Any]) -> str:
    places = ", ".join(str(node["html"])[:160] for node in violation["nodes"][:5])
    details = violation["nodes"][0]["failureSummary"].splitlines()[-1].strip()
    return f"{violation['id']}: {violation['help']}: {details} {places}"


@cache
def _source() -> str:
    return (packages.find("axe-core") / "axe.min.js").read_text(encoding="utf8")
