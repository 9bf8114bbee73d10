"""A headless Chromium, driven over a pipe by its DevTools protocol: nothing but Python and the browser is needed.

https://chromedevtools.github.io/devtools-protocol/
"""

import base64
import fcntl
import json
import os
import shutil
import subprocess
import time

KEYS = {"Enter": 13, "Escape": 27, "Tab": 9, "ArrowLeft": 37, "ArrowUp": 38, "ArrowRight": 39, "ArrowDown": 40,
        "Home": 36, "End": 35}


def found():
    """The browser's program, or None."""
    for name in ("chromium-headless-shell", "chromium", "google-chrome", "chrome"):
        if path := shutil.which(name):
            return path
    return None


class Browser:
    """One browser with one page; `with` ends it."""

    def __init__(self, profile):
        commands, self._out = os.pipe()
        self._in, answers = os.pipe()
        # The browser reads commands from 3 and writes to 4: both are moved out of their way first.
        reading, writing = (fcntl.fcntl(end, fcntl.F_DUPFD, 20) for end in (commands, answers))

        def place():
            os.dup2(reading, 3)
            os.dup2(writing, 4)

        self._process = subprocess.Popen(
            [found(), "--headless", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage",
             f"--user-data-dir={profile}", "--remote-debugging-pipe", "about:blank"],
            preexec_fn=place, close_fds=False, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL)
        for end in (commands, answers, reading, writing):
            os.close(end)
        self._pending, self._count, self._session, self._events = b"", 0, None, []
        target = self.send("Target.createTarget", url="about:blank")["targetId"]
        self._session = self.send("Target.attachToTarget", targetId=target, flatten=True)["sessionId"]
        for domain in ("Page", "Runtime", "Log", "Accessibility"):
            self.send(f"{domain}.enable")

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self._process.terminate()
        self._process.wait()

    def send(self, method, **parameters):
        self._count += 1
        message = {"id": self._count, "method": method, "params": parameters}
        if self._session:
            message["sessionId"] = self._session
        os.write(self._out, json.dumps(message).encode() + b"\0")
        while True:
            answer = self._read()
            if answer.get("id") != self._count:
                self._events.append(answer)
            elif "error" in answer:
                raise RuntimeError(f"{method}: {answer['error']}")
            else:
                return answer["result"]

    def _read(self):
        while b"\0" not in self._pending:
            part = os.read(self._in, 1 << 20)
            if not part:
                raise RuntimeError("the browser has gone")
            self._pending += part
        message, self._pending = self._pending.split(b"\0", 1)
        return json.loads(message)

    def window(self, width, height, dark=False):
        self.send("Emulation.setDeviceMetricsOverride", width=width, height=height, deviceScaleFactor=1,
                  mobile=width < 600)
        self.send("Emulation.setEmulatedMedia", features=[
            {"name": "prefers-color-scheme", "value": "dark" if dark else "light"}])

    def open(self, file, fragment=""):
        """Loads the file anew and returns how many milliseconds it took until it was there."""
        self.send("Page.navigate", url="about:blank")
        self.send("Page.navigate", url=f"file://{file}{fragment}")
        self.wait("location.protocol === 'file:' && document.readyState === 'complete'"
                  " && performance.getEntriesByType('navigation')[0].loadEventEnd > 0")
        return self.value("performance.getEntriesByType('navigation')[0].loadEventEnd")

    def go(self, fragment):
        """Goes to a place inside the page."""
        self.value(f"location.hash = {json.dumps(fragment)}")
        self.settle()

    def settle(self):
        self.value("new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => done(true))))")

    def value(self, expression):
        result = self.send("Runtime.evaluate", expression=expression, awaitPromise=True, returnByValue=True)
        if "exceptionDetails" in result:
            raise RuntimeError(f"{expression}: {result['exceptionDetails']}")
        return result["result"].get("value")

    def wait(self, condition, seconds=20):
        end = time.monotonic() + seconds
        while not self.value(condition):
            if time.monotonic() > end:
                raise RuntimeError(f"never came true: {condition}")
            time.sleep(0.01)

    def press(self, *keys):
        for key in keys:
            text = {"text": key} if len(key) == 1 else {"text": "\r"} if key == "Enter" else {}
            code = KEYS.get(key, ord(key[0].upper()))
            self.send("Input.dispatchKeyEvent", type="keyDown", key=key, windowsVirtualKeyCode=code, **text)
            self.send("Input.dispatchKeyEvent", type="keyUp", key=key, windowsVirtualKeyCode=code)
        self.settle()

    def type(self, text):
        self.press(*text)

    def problems(self):
        """What the console was told: errors, warnings, and refusals by the security policy."""
        self.value("true")
        told = []
        for event in self._events:
            if event.get("method") == "Runtime.exceptionThrown":
                told.append(str(event["params"]["exceptionDetails"]))
            if event.get("method") in ("Log.entryAdded", "Runtime.consoleAPICalled"):
                told.append(str(event["params"]))
        return told

    def nameless(self):
        """Links, buttons, fields and options that have no name for those who don't see them."""
        tree = self.send("Accessibility.getFullAXTree")["nodes"]
        roles = {"link", "button", "textbox", "searchbox", "combobox", "option", "tab", "gridcell", "columnheader"}
        return [node["role"]["value"] for node in tree
                if not node.get("ignored") and node.get("role", {}).get("value") in roles - {"gridcell"}
                and not node.get("name", {}).get("value")]

    def picture(self, file):
        image = self.send("Page.captureScreenshot", format="png")["data"]
        with open(file, "wb") as output:
            output.write(base64.b64decode(image))
