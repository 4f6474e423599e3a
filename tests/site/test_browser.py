"""The pages of the site as a reader has them: on a screen and on a phone, in light and in dark."""

import pytest
from axe_playwright_python.sync_playwright import Axe

PAGES = [
    "index.html",
    "api.html",
    "accessibility.html",
    *(f"notebooks/{name}.html" for name in ("00_start_here", "01_change_of_variables", "06_coupling_layers")),
    *(f"notebooks/{name}.html" for name in ("10_glow_on_digits", "12_formulas_and_words")),
]
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa"]
FIRST = "notebooks/01_change_of_variables.html"


def settled(page):
    """All formulas are set, and what the page does when it has loaded is done."""
    page.wait_for_load_state("load")
    page.evaluate("async () => { await window.MathJax?.startup?.promise }")


@pytest.mark.parametrize("name", PAGES)
@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize("width", [1280, 390])
def test_page(visit, name, width, dark):
    """No error, nothing from outside (see `visit`), nothing too wide, nothing that axe-core finds."""
    page = visit(name, width, dark)
    settled(page)
    assert page.evaluate("document.documentElement.dataset.theme") == ("dark" if dark else "light")
    assert page.evaluate("document.scrollingElement.scrollWidth - innerWidth") <= 0
    found = Axe().run(page, options={"runOnly": RULES, "preload": False})
    assert found.violations_count == 0, found.generate_report()


def test_formulas_are_set_and_cites_lead_to_them(visit):
    page = visit("notebooks/02_the_proof.html")
    settled(page)
    assert page.locator("mjx-container").count() > 100
    assert page.locator("mjx-merror").count() == 0
    link = page.locator("a.cites[href*='01_change_of_variables.html#eq-1-']").first
    target = link.get_attribute("href").partition("#")[2]
    link.click()
    page.wait_for_url(f"**#{target}")
    assert page.locator(f"#{target}").is_visible()


def test_search_finds_coupling(visit):
    page = visit("index.html")
    settled(page)
    page.keyboard.press("Control+k")
    page.keyboard.type("coupling")
    page.keyboard.press("Enter")
    page.wait_for_url("**/search.html?q=coupling*")
    page.locator("ul.search a", has_text="Coupling layers").first.wait_for()


def test_slider_moves_by_the_keyboard_and_plays(visit):
    page = visit(FIRST)
    figure = page.locator("div.slider").first
    slider, says = figure.locator("input[type=range]"), figure.locator("p")
    before, drawn = says.inner_text(), figure.locator("svg").first.inner_html()
    assert slider.get_attribute("aria-valuetext") == before
    slider.press("ArrowRight")
    assert says.inner_text() != before and slider.get_attribute("aria-valuetext") == says.inner_text()
    assert figure.locator("svg").first.inner_html() != drawn
    slider.press("Home")
    first = says.inner_text()
    figure.get_by_role("button").click()
    page.wait_for_function("([node, text]) => node.textContent != text", arg=[says.element_handle(), first])
    assert len(figure.locator("[role=img]").get_attribute("aria-label")) > 40


def test_pictures_have_their_words(visit):
    """The alternative texts of the notebooks reach the pictures of the pages."""
    page = visit(FIRST)
    alts = page.locator(".cell_output img").evaluate_all("all => all.map(image => image.alt)")
    assert alts and min(map(len, alts)) > 40


def test_hints_and_solution_unfold(visit):
    page = visit(FIRST)
    exercise = page.locator("div.exercise").first
    solution = exercise.locator("details", has_text="Solution").last
    assert not solution.locator("pre").first.is_visible()
    solution.locator("summary").press("Enter")
    solution.locator("pre").first.wait_for(state="visible")


def test_a_prediction_answers(visit):
    page = visit(FIRST)
    form = page.locator("form.question").first
    right = form.get_attribute("data-answer")
    wrong = form.locator(f"input[type=radio]:not([value={right}])").first
    wrong.check()
    assert form.get_by_role("status").inner_text().startswith("Not yet.")
    form.locator(f"input[value={right}]").check()
    assert form.get_by_role("status").inner_text().startswith("Right.")


def test_progress_is_kept_in_this_browser_and_can_be_forgotten(visit):
    page = visit(FIRST)
    page.locator("input[data-done='01']").check()
    page.reload()
    assert page.locator("input[data-done='01']").is_checked()
    address = page.url.partition("/notebooks/")[0]
    page.goto(f"{address}/index.html")
    assert page.locator(".progress").inner_text().startswith("1 of ")
    page.goto(f"{address}/accessibility.html")
    page.get_by_role("button", name="Forget").click()
    page.goto(f"{address}/index.html")
    assert not page.locator(".progress").is_visible()


def test_the_short_way_hides_what_is_in_depth(visit):
    page = visit(FIRST)
    section = page.locator("section.depth").first
    inside = section.locator("p").first
    assert inside.is_visible()
    page.locator("#short-way").check()
    assert not inside.is_visible()
    section.locator("button.badge").first.press("Enter")
    assert inside.is_visible()


def test_without_scripts_all_can_be_read(visit):
    page = visit(FIRST, java_script_enabled=False)
    assert page.locator(".bd-article h1").inner_text()
    assert "A figure that moves" in page.locator("div.slider").first.inner_text()
