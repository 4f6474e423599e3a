"""Check a built site: every link, picture and anchor in it exists, and no page loads anything from outside.

python docs/links.py docs/_build/site
"""

import re
import sys
from functools import cache
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urlsplit

NOT_OURS = {"lite"}  # JupyterLite's own pages: what they ask for is not known before they run
OUTSIDE = re.compile(r"(?:https?:)?//")
URL = re.compile(r"""(?:url\(\s*|@import\s+(?=["']))["']?([^"')\s;]+)""")
LOADED = {
    "script",
    "img",
    "source",
    "iframe",
    "audio",
    "video",
    "embed",
}  # what an <a> leads to may be outside
DECLARED = {"stylesheet", "icon", "preload", "modulepreload", "shortcut"}  # of <link>, the rels that load


class Page(HTMLParser):
    """The anchors of a page, and its addresses: (address, whether the page itself loads it)."""

    def __init__(self, text):
        super().__init__()
        self.anchors, self.addresses = {"", "top"}, []
        self.feed(text)

    def handle_starttag(self, tag, attributes):
        a = dict(attributes)
        self.anchors |= {a[key] for key in ("id", "name") if a.get(key)}
        loads = tag in LOADED or (tag == "link" and bool(DECLARED & set(a.get("rel", "").split())))
        self.addresses += [(a[key], loads) for key in ("href", "src", "poster") if a.get(key)]
        self.addresses += [
            (part.split()[0], True) for part in (a.get("srcset") or "").split(",") if part.strip()
        ]
        self.addresses += [(address, True) for address in URL.findall(a.get("style") or "")]


@cache
def read(path):
    return Page(path.read_text(encoding="utf-8"))


def problems(site):
    """What is wrong, one sentence each, with the page and the address."""
    read.cache_clear()
    files = [f for f in sorted(site.rglob("*")) if f.relative_to(site).parts[0] not in NOT_OURS]
    for file in files:
        if file.suffix == ".html" and "_static" not in file.parts:  # the theme leaves its templates there
            addresses = read(file).addresses
        elif file.suffix == ".css":
            addresses = [(address, True) for address in URL.findall(file.read_text(encoding="utf-8"))]
        else:
            continue
        for address, loads in dict.fromkeys(addresses):
            if problem := wrong(site, file, address, loads):
                yield f"{file.relative_to(site)}: {address} {problem}"


def wrong(site, file, address, loads):
    """Why an address is wrong, or None."""
    if OUTSIDE.match(address):
        return "is loaded from outside" if loads else None
    parts = urlsplit(address)
    if parts.scheme:  # mailto:, data:
        return None
    path = (file.parent / unquote(parts.path)).resolve() if parts.path else file
    path = path / "index.html" if path.is_dir() else path
    if not path.is_relative_to(site.resolve()):
        return "leaves the site"
    if not path.exists():
        return "does not exist"
    if path.suffix == ".html" and path.relative_to(site.resolve()).parts[0] not in NOT_OURS:
        anchor = unquote(parts.fragment)  # one with = is no anchor, but the state of the playground
        return None if "=" in anchor or anchor in read(path).anchors else "has no such anchor"
    return None


if __name__ == "__main__":
    site = Path(sys.argv[1]).resolve()
    if not (site / "index.html").exists():
        sys.exit(f"links.py: there is no site in {site}; `make site` builds it")
    found = list(problems(site))
    print(*found, sep="\n")
    sys.exit(f"{len(found)} links are wrong" if found else 0)
