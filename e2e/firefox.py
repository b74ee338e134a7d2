"""Drives the machine's Firefox over WebDriver BiDi, which it speaks by itself: no driver needed."""

import json
import re
import shutil
import subprocess
import tempfile
from contextlib import ExitStack, suppress
from itertools import count
from pathlib import Path
from typing import Any, Self

from websockets.sync.client import connect

from e2e.patience import waited

INSTALLED = ("firefox-esr", "firefox")
START_SECONDS = 30
ANSWER_SECONDS = 20
#: Trees that a page keeps apart from its own: our button on other people's pages stands in one.
SHADOWS = "[...document.querySelectorAll('*')].map(each => each.shadowRoot).filter(Boolean)"

Json = dict[str, Any]


def find() -> str | None:
    return next(filter(None, map(shutil.which, INSTALLED)), None)


class Firefox:
    def __init__(self, executable: str) -> None:
        self.profile = Path(tempfile.mkdtemp(prefix="parley-firefox-"))
        self.log = self.profile / "log.txt"
        self.errors: list[str] = []
        self.numbers = count(1)
        self.open = ExitStack()
        options = ["--headless", "--no-remote", "--profile", str(self.profile), "--remote-debugging-port=0"]
        with self.log.open("w") as log:
            self.process = subprocess.Popen([executable, *options], stdout=log, stderr=log)

    def __enter__(self) -> Self:
        self.socket = self.open.enter_context(
            connect(f"{self._address()}/session", max_size=None, proxy=None)
        )
        self.send("session.new", {"capabilities": {}})
        self.send("session.subscribe", {"events": ["log.entryAdded"]})
        return self

    def __exit__(self, *_: object) -> None:
        self.open.close()
        self.process.terminate()
        with suppress(subprocess.TimeoutExpired):
            self.process.wait(10)
        self.process.kill()
        shutil.rmtree(self.profile, ignore_errors=True)

    def tab(self, url: str) -> "Frame":
        context = self.send("browsingContext.create", {"type": "tab"})["context"]
        self.send("browsingContext.navigate", {"context": context, "url": url, "wait": "complete"})
        return Frame(self, context)

    def send(self, method: str, params: Json) -> Json:
        number = next(self.numbers)
        self.socket.send(json.dumps({"id": number, "method": method, "params": params}))
        while (answer := json.loads(self.socket.recv(ANSWER_SECONDS))).get("id") != number:
            if answer["params"].get("level") == "error":
                self.errors.append(answer["params"]["text"])
        if answer["type"] == "error":
            raise AssertionError(f"{method}: {answer['error']}: {answer['message']}")
        result: Json = answer["result"]
        return result

    def _address(self) -> str:
        listening = re.compile(r"WebDriver BiDi listening on (\S+)")
        return waited(lambda: listening.search(self.log.read_text()), "Firefox", START_SECONDS)[1]


class Frame:
    """A page or an iframe in it. Things are found by role and name, as screen readers find them."""

    def __init__(self, firefox: Firefox, context: str) -> None:
        self.firefox = firefox
        self.context = context

    def find(self, role: str, name: str) -> Json:
        """In the page or in its shadow trees, where the browser does not look by itself."""
        locator = {"type": "accessibility", "value": {"role": role, "name": name}}
        return waited(lambda: self._located(locator), f"{role} {name!r}")

    def frame(self, title: str) -> "Frame":
        """The iframe with this title."""
        roots = f"[document, ...{SHADOWS}].flatMap(root => [...root.querySelectorAll('iframe')])"
        script = f"{roots}.find(each => each.title === {json.dumps(title)})?.contentWindow"
        found = waited(lambda: self.evaluate(script).get("value"), f"the frame {title!r}")
        return Frame(self.firefox, found["context"])

    def click(self, role: str, name: str) -> None:
        target = {"type": "element", "element": {"sharedId": self.find(role, name)["sharedId"]}}
        move: Json = {"type": "pointerMove", "x": 0, "y": 0, "origin": target}
        press: list[Json] = [{"type": "pointerDown", "button": 0}, {"type": "pointerUp", "button": 0}]
        self._perform({"type": "pointer", "id": "mouse", "actions": [move, *press]})

    def type(self, role: str, name: str, text: str) -> None:
        self.click(role, name)
        keys = [{"type": kind, "value": key} for key in text for kind in ("keyDown", "keyUp")]
        self._perform({"type": "key", "id": "keyboard", "actions": keys})

    def wait_for_text(self, text: str) -> None:
        script = f"document.body.innerText.includes({json.dumps(text)})"
        waited(lambda: self.evaluate(script)["value"], f"the words {text!r}")

    def evaluate(self, script: str) -> Json:
        options = {"target": {"context": self.context}, "awaitPromise": True}
        answer = self.firefox.send("script.evaluate", {"expression": script, **options})
        assert answer["type"] == "success", answer
        result: Json = answer["result"]
        return result

    def _located(self, locator: Json) -> Json | None:
        roots = [{"sharedId": root["sharedId"]} for root in self.evaluate(SHADOWS)["value"]]
        for where in [{}, {"startNodes": roots}] if roots else [{}]:
            look = {"context": self.context, "locator": locator, **where}
            if nodes := self.firefox.send("browsingContext.locateNodes", look)["nodes"]:
                found: Json = nodes[0]
                return found
        return None

    def _perform(self, source: Json) -> None:
        self.firefox.send("input.performActions", {"context": self.context, "actions": [source]})
