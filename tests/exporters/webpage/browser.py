"""Chromium without a window, without a network, and driven over a pipe."""

from __future__ import annotations

import fcntl
import json
import os
import subprocess
from base64 import b64decode
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, BinaryIO

__all__ = ["Browser", "opened"]

FLAGS = (
    "--headless=new",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--hide-scrollbars",
    "--host-resolver-rules=MAP * ~NOTFOUND",
    "--remote-debugging-pipe",
)
LOADED = """new Promise(done => {
  const settle = () => requestAnimationFrame(() => setTimeout(done, 100));
  document.readyState === "complete" ? settle() : addEventListener("load", settle);
})"""
HIGH = 64
"""File descriptors from here on are nobody else's."""


class Browser:
    """Speaks the DevTools protocol: a JSON object a message, a zero byte after each.

    ``events`` has what a page told of itself: requests, console messages, what was refused.
    """

    def __init__(self, to: int, answers: BinaryIO) -> None:
        self._to, self._answers = to, answers
        self._number, self._session = 0, None
        self.events: list[dict[str, Any]] = []
        target = self.call("Target.createTarget", url="about:blank")["targetId"]
        attached = self.call("Target.attachToTarget", targetId=target, flatten=True)
        self._session = attached["sessionId"]
        for domain in ("Page", "Network", "Runtime", "Log"):
            self.call(f"{domain}.enable")

    def call(self, method: str, **parameters: Any) -> dict[str, Any]:
        """Ask for something and wait for the answer."""
        self._number += 1
        asked = {"id": self._number, "method": method, "params": parameters}
        asked |= {"sessionId": self._session} if self._session else {}
        os.write(self._to, json.dumps(asked).encode() + b"\0")
        while True:
            told = self._told()
            if told.get("id") == self._number:
                assert "error" not in told, told
                return told["result"]
            self.events.append(told)

    def open(self, path: Path, part: str = "", width: int = 1280, height: int = 900) -> None:
        """Open a page, at a part of it, in a window of so many pixels."""
        self.call(
            "Emulation.setDeviceMetricsOverride",
            width=width,
            height=height,
            deviceScaleFactor=1,
            mobile=False,
        )
        still = {"name": "prefers-reduced-motion", "value": "reduce"}
        self.call("Emulation.setEmulatedMedia", features=[still])
        self.events.clear()
        self.call("Page.navigate", url="about:blank")
        self.call("Page.navigate", url=f"{path.as_uri()}{part}")
        self.ask(LOADED)

    def ask(self, expression: str) -> Any:
        """Return what an expression is on the page."""
        answer = self.call(
            "Runtime.evaluate", expression=expression, awaitPromise=True, returnByValue=True
        )
        assert "exceptionDetails" not in answer, answer
        return answer["result"].get("value")

    def photograph(self) -> bytes:
        """Return what is seen as PNG."""
        return b64decode(self.call("Page.captureScreenshot")["data"])

    def printed(self) -> bytes:
        """Return the page as PDF, on the paper that it asks for."""
        made = self.call("Page.printToPDF", preferCSSPageSize=True, printBackground=True)
        return b64decode(made["data"])

    def _told(self) -> dict[str, Any]:
        message = bytearray()
        while (byte := self._answers.read(1)) != b"\0":
            assert byte, "the browser has gone"
            message += byte
        return json.loads(message)


@contextmanager
def opened(program: str, home: Path) -> Iterator[Browser]:
    """Lend a browser whose profile is in a folder of its own."""
    asked, to = os.pipe()
    answers, answered = os.pipe()
    ends = [fcntl.fcntl(one, fcntl.F_DUPFD, HIGH) for one in (asked, answered)]
    os.close(asked)
    os.close(answered)

    def take_ends() -> None:
        for place, end in enumerate(ends, start=3):
            os.dup2(end, place)

    process = subprocess.Popen(
        [program, *FLAGS, f"--user-data-dir={home}"],
        preexec_fn=take_ends,  # noqa: PLW1509  # it only renames two descriptors
        close_fds=False,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    for end in ends:
        os.close(end)
    try:
        with os.fdopen(answers, "rb") as told:
            yield Browser(to, told)
    finally:
        process.terminate()
        process.wait(30)
        os.close(to)
