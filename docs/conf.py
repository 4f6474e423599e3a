"""The site: the notebooks and the docstrings as they are, as pages. `make site` builds it."""

import os
import shutil
import sys
from pathlib import Path

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE))
# Sphinx reads what is below docs/, and looks through symbolic links.
shutil.rmtree(HERE / "notebooks", ignore_errors=True)
shutil.copytree(HERE.parent / "notebooks", HERE / "notebooks", ignore=shutil.ignore_patterns(".*"))

project = "Normalizing flows from the basics"
author = "the authors of the course"
html_title = project
extensions = [
    "myst_nb",
    "sphinx.ext.autodoc",
    "sphinx.ext.napoleon",
    "sphinx.ext.viewcode",
    "sphinx.ext.mathjax",
    "sphinx_copybutton",
    "citations",
    "course_site",
]
smartquotes_action = "D"  # dashes only: f'(x) stays as it is
exclude_patterns = ["_build", "playground"]

nb_execution_mode = "off"
nb_merge_streams = True
myst_enable_extensions = ["attrs_block", "colon_fence", "dollarmath"]
myst_dmath_double_inline = True
myst_dmath_allow_labels = False
myst_heading_anchors = 3

autodoc_default_options = {"members": True, "member-order": "bysource"}
autodoc_preserve_defaults = True  # np.float64, as it is written
toc_object_entries_show_parents = "hide"
copybutton_selector = ".cell_input pre, div.highlight-python pre, div.highlight-default pre"

# MathJax with its fonts, from a package: course_site copies the few files that a page asks for. Without its
# menu: each formula would be a stop of the Tab key.
mathjax_path = "mathjax/tex-chtml.js"
mathjax3_config = {"tex": {"tags": "none"}, "options": {"enableMenu": False}}

html_theme = "sphinx_book_theme"
html_static_path = ["_static"]
html_css_files = ["course.css"]
html_js_files = ["course.js"]
html_favicon = "_static/icon.svg"
html_logo = "_static/icon.svg"
html_context = {"default_mode": "auto"}  # light or dark, as the reader's system has it
html_show_sphinx = False
html_use_index = False
html_domain_indices = False
html_show_copyright = False
html_sourcelink_suffix = ""
html_theme_options = {
    "home_page_in_toc": True,
    "logo": {"text": project, "alt_text": ""},
    "navbar_persistent": [],  # the search is in the sidebar already
    "pygments_light_style": "a11y-high-contrast-light",
    "pygments_dark_style": "a11y-high-contrast-dark",
    "show_toc_level": 2,
    "toc_title": "On this page",
    "use_fullscreen_button": False,
}
if repository := os.environ.get("GITHUB_REPOSITORY"):
    html_theme_options |= {
        "repository_url": f"https://github.com/{repository}",
        "repository_branch": os.environ.get("GITHUB_REF_NAME", "main"),
        "use_repository_button": True,
        "use_issues_button": True,
    }
