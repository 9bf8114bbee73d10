"""Uses catalogue pages as people do, and prints what is not as it should be: `catalogue_page.py DIRECTORY`.

The directory, which CataloguePageBrowserTests.swift fills, has large.html, hostile.html, empty.html and
expected.json. With PPP_TEST_SCREENSHOTS=DIR pictures are left there, to be looked at.
"""

import json
import os
import sys

from browser import Browser

found = []


def check(what, holds, seen=""):
    if not holds:
        found.append(f"{what}: {seen}" if seen != "" else what)


def text(browser, selector):
    return browser.value(f"document.querySelector({json.dumps(selector)})?.textContent ?? null")


def count(browser, selector):
    return browser.value(f"document.querySelectorAll({json.dumps(selector)}).length")


def loading(browser, large, expected):
    times = [browser.open(large) for _ in range(3)]
    check("2,000 bundles load in less than a second", min(times) < 1000, times)
    check("rows are made on demand", count(browser, ".matrix tbody tr") < 200)
    rows = 0
    for _ in range(60):
        browser.value("window.scrollTo(0, document.documentElement.scrollHeight)")
        browser.settle()
        rows = count(browser, ".matrix tbody tr:not(.more)")
    check("every runenv is there in the end", rows == expected["runenvs"], rows)


def searching(browser, large, expected):
    browser.open(large)
    browser.press("/")
    check("/ leads to the search", browser.value("document.activeElement.id") == "search")
    browser.type(expected["package"])
    check("the search finds a package", expected["package"] in (text(browser, "#found") or ""))
    browser.press("ArrowDown")
    check("an arrow key chooses", count(browser, "#found [aria-selected=true]") == 1)
    active = browser.value("document.getElementById('search').getAttribute('aria-activedescendant')")
    check("the choice is told", active == "option-0", active)
    browser.press("Enter")
    check("Enter goes there", browser.value("location.hash") == f"#package/{expected['package']}",
          browser.value("location.hash"))
    check("the heading has the focus", browser.value("document.activeElement.tagName") == "H1")
    browser.press("/")
    browser.type("x")
    browser.press("Escape")
    check("Escape closes what was found", browser.value("document.getElementById('found').hidden"))
    slow = browser.value("""(() => {
      const field = document.getElementById('search');
      const times = ['f', 'fo', 'for', 'fore', '@linux', 'wheel for', 'mit'].map((words) => {
        field.value = words;
        const start = performance.now();
        field.dispatchEvent(new Event('input'));
        return performance.now() - start;
      });
      return Math.max(...times);
    })()""")
    check("a letter is answered within 100 ms", slow < 100, slow)
    browser.go("#search?q=windows-x64%20wheel")
    check("reasons are searched", "pyarrow" in text(browser, "main"))
    browser.go(f"#search?q={expected['bundles'][0]['digest'][:10]}")
    check("digests are searched", expected["bundles"][0]["ref"] in text(browser, "main"))


def keyboard(browser, large):
    browser.open(large)
    for _ in range(60):
        browser.press("Tab")
        if browser.value("document.activeElement.closest('.matrix') !== null"):
            break
    check("Tab reaches the matrix", browser.value("document.activeElement.closest('.matrix') !== null"))
    check("Tab stops in it once", count(browser, '.matrix a[tabindex="0"]') == 1)
    browser.press("ArrowRight", "ArrowDown")
    label = browser.value("document.activeElement.getAttribute('aria-label') ?? ''")
    check("arrows walk over its cells", "passed" in label or "not checked" in label, label)
    browser.press("Enter")
    check("Enter opens a bundle", browser.value("location.hash").startswith("#bundle/"))
    folder = browser.value("new URL('.', location.href).href")
    check("ppp pull comes first, and names the page's own folder",
          text(browser, "[role=tab]") == "ppp pull" and f"--from {folder}" in text(browser, "[role=tabpanel] code"))
    browser.value("document.querySelector('[role=tab]').focus()")
    browser.press("ArrowRight")
    check("arrows choose a command", text(browser, "[role=tab][aria-selected=true]") == text(browser, "[role=tab]:nth-child(2)"))
    browser.value("document.querySelector('.tile').focus()")
    first = text(browser, ".caption")
    browser.press("ArrowRight")
    check("arrows walk over the treemap", text(browser, ".caption") != first)
    browser.value("document.querySelector('thead button').focus()")
    browser.press("Enter")
    check("the head of a table sorts it", count(browser, "[aria-sort=descending]") >= 1)
    browser.value("history.back()")
    browser.wait("!location.hash.startsWith('#bundle/')")


def facts(browser, large, expected):
    """What the page shows of bundles is what is in them: its reader of number lists agrees with the writer."""
    browser.open(large)
    for bundle in expected["bundles"]:
        browser.go(f"#bundle/{bundle['ref']}")
        shown = browser.value("""[...document.querySelectorAll('main section')]
          .find((one) => one.querySelector('h2')?.textContent === 'Packages')
          .querySelectorAll('tbody tr:not(.more)').length""")
        check(f"{bundle['ref']} has its packages", shown == len(bundle["packages"]), shown)
        rows = browser.value("""[...document.querySelectorAll('main section')]
          .find((one) => one.querySelector('h2')?.textContent === 'Packages').querySelectorAll('tbody tr').values()
          .map((row) => [0, 1, 3].map((at) => row.children[at].textContent).join(' ').trim()).toArray()""")
        check(f"{bundle['ref']} has the right packages", rows == bundle["packages"],
              [pair for pair in zip(rows, bundle["packages"]) if pair[0] != pair[1]][:3])
        digests = browser.value("""[...document.querySelectorAll('main section')]
          .find((one) => one.querySelector('h2')?.textContent === 'Layers').querySelectorAll('tbody tr').values()
          .map((row) => row.lastChild.textContent).toArray().sort()""")
        check(f"{bundle['ref']} has the right layers", digests == bundle["layers"])
    difference = expected["difference"]
    browser.go(f"#compare/{difference['old']}...{difference['new']}")
    for word in difference["packages"]:
        check(f"the difference names {word}", word in text(browser, "main"))
    browser.go("#matrix?state=failed")
    failed = count(browser, ".matrix tbody tr")
    check("the matrix shows what failed", failed == expected["failed"], failed)
    browser.go("#left-out")
    check("the rule's place is shown", "shared-config.json:9:24" in text(browser, "main"))
    browser.go("#bundle/no@where")
    check("a wrong address says so", "There is no bundle 'no@where'" in text(browser, "main"))


def looks(browser, large, expected, pictures):
    ref, pair = expected["bundles"][0]["ref"], expected["difference"]
    places = {
        "matrix": "#matrix", "failed": "#matrix?state=failed", "bundle": f"#bundle/{ref}", "size": "#size",
        "runenv": f"#runenv/{ref.split('@')[0]}", "packages": "#packages", "package": f"#package/{expected['package']}",
        "left-out": "#left-out", "compare": f"#compare/{pair['old']}...{pair['new']}", "search": "#search?q=web",
    }
    for name, (width, height, dark) in {
            "light": (1280, 860, False), "dark": (1280, 860, True), "phone": (390, 844, False)}.items():
        browser.window(width, height, dark)
        browser.open(large)
        for place, fragment in places.items():
            browser.go(fragment)
            wide = browser.value("document.documentElement.scrollWidth > window.innerWidth")
            check(f"{place} fits the window ({name})", not wide)
            nameless = browser.nameless() if name == "light" else []
            check(f"everything in {place} has a name", not nameless, nameless[:5])
            if pictures:
                browser.picture(f"{pictures}/{place}-{name}.png")
    browser.window(1280, 860)
    browser.open(large)
    paper = "getComputedStyle(document.documentElement).backgroundColor"
    light = browser.value(paper)
    browser.value("document.getElementById('theme').click()")
    check("the button makes it dark", browser.value(paper) != light)


def hostile(browser, page, expected):
    browser.open(page)
    for fragment in expected["hostile"]["places"]:
        browser.go(fragment)
        check(f"nothing of it runs at {fragment}", not browser.value("'hacked' in window"))
        check(f"nothing of it becomes an element at {fragment}", count(browser, "img, iframe, main script, object") == 0)
        for words in expected["hostile"]["words"]:
            check(f"it is shown as it is at {fragment}", words in text(browser, "main"), words)


def main(directory):
    if pictures := os.environ.get("PPP_TEST_SCREENSHOTS"):
        os.makedirs(pictures, exist_ok=True)
    with open(f"{directory}/expected.json", encoding="utf-8") as file:
        expected = json.load(file)
    large = f"{directory}/large.html"
    with Browser(f"{directory}/profile") as browser:
        browser.window(1280, 860)
        loading(browser, large, expected)
        searching(browser, large, expected)
        keyboard(browser, large)
        facts(browser, large, expected)
        looks(browser, large, expected, pictures)
        hostile(browser, f"{directory}/hostile.html", expected)
        browser.open(f"{directory}/empty.html")
        check("an empty catalogue says what to do", "ppp build" in text(browser, "main"))
        check("the console is quiet", not browser.problems(), browser.problems()[:3])
    print("\n".join(found) if found else "all is as it should be")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
