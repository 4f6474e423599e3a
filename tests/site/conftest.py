"""The built site, a server for it, and a real Chromium: what `make test-browser` runs with."""

import functools
import http.server
import os
import shutil
import sys
import threading
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
sys.path.append(str(ROOT / "tests"))
SITE = ROOT / "docs/_build/site"
QUIET = [
    *("--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-sync"),
    *("--disable-background-networking", "--disable-component-update"),
]


class Handler(http.server.SimpleHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    extensions_map = http.server.SimpleHTTPRequestHandler.extensions_map | {
        ".js": "text/javascript",
        ".mjs": "text/javascript",
        ".wasm": "application/wasm",
    }

    def log_message(self, *args):
        pass


@pytest.fixture(scope="session")
def site():
    """The folder that `make lite site` has made."""
    assert (SITE / "index.html").exists(), (
        "There is no site in docs/_build/site: make it with `make lite site`."
    )
    return SITE


@pytest.fixture(scope="session")
def address(site):
    """The site on a free port of this machine."""
    server = http.server.ThreadingHTTPServer(
        ("127.0.0.1", 0), functools.partial(Handler, directory=str(site))
    )
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


@pytest.fixture(scope="session")
def browser():
    """Chromium, as the system has it."""
    sync_api = pytest.importorskip("playwright.sync_api", exc_type=ImportError)
    names = (os.environ.get("CHROMIUM", "chromium"), "chromium-browser", "google-chrome")
    program = next(filter(None, map(shutil.which, names)), None)
    assert program, (
        "There is no Chromium. On Debian and Ubuntu: sudo apt install chromium. Or name one: CHROMIUM=..."
    )
    with sync_api.sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=program, args=QUIET)
        yield chromium
        chromium.close()


@pytest.fixture
def visit(browser, address):
    """A function that opens a page of the site. In the end: no error in the console, nothing from outside."""
    contexts, faults = [], []

    def route(request):
        inside = request.request.url.startswith((address, "data:", "blob:"))
        if not inside:
            faults.append(f"asks for {request.request.url}")
        request.continue_() if inside else request.abort()

    def visit(path, width=1280, dark=False, **options):
        scheme = "dark" if dark else "light"
        size = {"width": width, "height": 844 if width < 600 else 900}
        context = browser.new_context(viewport=size, color_scheme=scheme, **options)
        contexts.append(context)
        context.route("**/*", route)
        page = context.new_page()
        page.set_default_timeout(20_000)
        page.on("console", lambda m: m.type in ("error", "warning") and faults.append(f"console: {m.text}"))
        page.on("pageerror", lambda error: faults.append(f"error: {error}"))
        page.on("response", lambda r: r.status >= 400 and faults.append(f"{r.status}: {r.url}"))
        page.goto(f"{address}/{path}")
        return page

    yield visit
    for context in contexts:
        context.close()
    assert not faults, "\n".join(faults)
