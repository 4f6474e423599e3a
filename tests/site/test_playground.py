"""The playground's page: trained, drawn on and shared, on a screen and on a phone, by day and by night."""

import math
import re

import pytest
from axe_playwright_python.sync_playwright import Axe

PAGE = "playground/index.html"


def nats(page, name="heldOut"):
    return float(page.locator(f"#{name}").inner_text().replace("−", "-"))


def trained(page, steps):
    page.locator("#play").press("Enter")
    page.wait_for_function(
        f"parseInt(document.querySelector('#clock').textContent) >= {steps}", timeout=200_000
    )
    page.locator("#play").press("Enter")


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize("width", [1280, 390])
def test_training_lowers_the_loss(visit, width, dark):
    page = visit(PAGE, width, dark)
    assert page.title() == "Normalizing flow playground"
    assert page.evaluate("document.documentElement.dataset.theme") == ("dark" if dark else "light")
    before = nats(page)
    page.locator("#play").press("Enter")
    page.wait_for_timeout(2000)
    page.locator("#play").press("Enter")
    assert nats(page) < before - 0.2
    assert nats(page, "train") > nats(page, "floor") - 0.2
    assert 0.97 <= nats(page, "mass") <= 1.03
    assert re.match(r"After \d+ steps: .* nats", page.locator("#status").inner_text())
    assert page.evaluate("document.scrollingElement.scrollWidth - innerWidth") <= 0
    found = Axe().run(
        page, options={"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "best-practice"]}
    )
    assert found.violations_count == 0, found.generate_report()


def test_moons_are_learned(visit):
    """In 3,000 steps, to a tenth of a nat of what the exact density itself scores on the same points."""
    page = visit(PAGE)
    page.locator("#play").press("Enter")
    reached = page.wait_for_function(
        """() => {
            const [held, truth, steps] = ["heldOut", "truth", "clock"].map(
                id => parseFloat(document.getElementById(id).textContent.replace("−", "-")));
            return steps > 300 && (held - truth <= 0.1 || steps > 3000) ? [held - truth, steps] : null;
        }""",
        timeout=200_000,
    ).json_value()
    page.locator("#play").press("Enter")
    assert reached[0] <= 0.1, reached
    assert abs(nats(page, "mass") - 1) <= 0.01


def test_steps_by_keyboard_and_the_address(visit):
    """Three steps give the same loss after Reset, and in another window that gets the address."""
    page = visit(f"{PAGE}#data=rings&couplings=2&seed=5&rate=0.03")
    start = nats(page)
    page.locator("[name=hidden]").select_option("8")

    def steps():
        for _ in range(3):
            page.locator("#step").press("Enter")
        return page.locator("#status").inner_text()

    first = steps()
    assert first.startswith("After 3 steps") and nats(page) != start
    page.locator("#reset").press("Enter")
    assert page.locator("#clock").inner_text() == "0 steps" and nats(page) == start
    assert steps() == first
    page.locator("[name=place]").press("ArrowRight")
    page.wait_for_function("location.hash.includes('place=1')")
    page = visit(page.url[page.url.index(PAGE) :])
    assert page.locator("[name=hidden]").input_value() == "8"
    assert page.locator("[name=place]").input_value() == "1"
    assert steps() == first


def test_the_address_refuses_what_is_not_there(visit):
    page = visit(f"{PAGE}#couplings=99&data=cats&colour=red")
    assert (
        page.locator("#problem")
        .inner_text()
        .startswith("The address asks for couplings = 99, data = cats, colour = red")
    )
    assert page.locator("[name=couplings]").input_value() == "6"
    page.evaluate("location.hash = 'couplings=1'")
    page.wait_for_function("document.querySelector('[name=place]').max === '2'")
    assert not page.locator("#problem").is_visible()


def test_drawing(visit):
    page = visit(PAGE)
    page.get_by_label("draw").check(force=True)
    assert page.locator("#play").is_disabled()
    picture = page.locator("#pick-data")
    box = picture.bounding_box()
    page.mouse.move(box["x"] + 100, box["y"] + 100)
    page.mouse.down()
    page.mouse.move(box["x"] + 250, box["y"] + 150, steps=12)
    page.mouse.up()
    drawn = page.locator("[name=drawing]").input_value()
    assert 10 <= len(drawn) // 2 <= 13
    assert page.locator("#play").is_enabled()
    picture.focus()
    for _ in range(4):
        page.keyboard.press("ArrowDown")
    page.keyboard.press("Space")
    assert page.locator("[name=drawing]").input_value()[:-2] == drawn
    trained(page, 100)
    assert 0.97 <= nats(page, "mass") <= 1.03
    page.locator("#undo").press("Enter")
    assert page.locator("[name=drawing]").input_value() == drawn
    page.locator("#clear").press("Enter")
    assert page.locator("#play").is_disabled() and not page.locator("#heldOut").is_visible()


def test_an_absurd_step_size_is_said(visit):
    page = visit(f"{PAGE}#rate=10")
    page.locator("#play").press("Enter")
    page.locator("#problem", has_text="smaller step size").wait_for()
    assert page.locator("#play").inner_text() == "Train"
    assert "NaN" not in page.locator("body").inner_text()
    page.locator("[name=rate]").select_option("0.003")
    assert not page.locator("#problem").is_visible()


def test_a_point_and_its_account(visit):
    """The terms that are shown add up to the log-density; keys move the point, and where it is is said."""
    page = visit(PAGE)
    trained(page, 50)

    def account():
        lines = page.locator("#formula span").all_inner_texts()
        numbers = [re.findall(r"[−+]? ?\d+\.\d+", line) for line in lines]
        return [[float(n.replace("−", "-").replace(" ", "")) for n in line] for line in numbers]

    _, terms, (log_p, p), _ = account()
    assert len(terms) == 13  # log N, six ActNorms, six couplings
    assert abs(sum(terms) - log_p) <= 0.0005 * 14 and abs(math.exp(log_p) - p) <= 0.001 * (1 + p)
    page.locator("#pick-data").press("ArrowLeft")
    assert abs(float(page.locator("[name=x1]").input_value()) - (0.5 - 2.2 / 16)) <= 0.0006
    page.locator("#status", has_text="x = (0.36, 0.80), z = ").wait_for()
    assert account()[2][0] != log_p
    page.locator("#pick-latents").press("ArrowUp")
    assert page.locator("[name=x2]").input_value() != "0.8"


def test_motion_only_where_it_is_wanted(visit):
    """The middle picture glides to the slider's place, or is there at once."""
    seen = {}
    for motion in ("no-preference", "reduce"):
        page = visit(PAGE, reduced_motion=motion)
        slider = page.locator("[name=place]")
        seen[motion] = slider.evaluate(
            """(slider) => {
              const canvas = document.querySelector("#pick-layers canvas");
              slider.value = 6;
              slider.dispatchEvent(new Event("input", { bubbles: true }));
              const first = canvas.toDataURL();
              return new Promise((resolve) => setTimeout(() => resolve(canvas.toDataURL() === first), 1500));
            }"""
        )
        assert "6 of 12: coupling 3" in page.locator("#pick-layers canvas").get_attribute("aria-label")
    assert seen == {"no-preference": False, "reduce": True}
