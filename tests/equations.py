"""What each numbered equation of the lessons says, as it was last read: digests, kept in equations.json.

    python tests/equations.py    after you have derived anew what has changed, keep all as they are now

The sheet in lesson 12 quotes many of them, letter by letter. No test can read the rest; but a change of any
is noticed, by tests/test_equations.py, which also evaluates those that a few lines of code can say again.
"""

import hashlib
import json
import re
from pathlib import Path

import notebook_rules as rules

KEPT = Path(__file__).resolve().with_suffix(".json")


def equations():
    """{"3.14": its TeX without spaces} of all lessons."""
    found = {}
    for path in sorted(rules.FOLDER.glob("*.ipynb")):
        for text in rules.EQUATION.findall(rules.markdown(rules.load(path))):
            if tag := re.search(r"\\tag\{([\d.]+)\}", text):
                found[tag[1]] = re.sub(r"\s", "", text)
    return found


def digests():
    return {number: hashlib.sha256(tex.encode()).hexdigest()[:12] for number, tex in equations().items()}


def kept():
    return json.loads(KEPT.read_text(encoding="utf-8"))


if __name__ == "__main__":
    old, new = kept() if KEPT.exists() else {}, digests()
    KEPT.write_text(json.dumps(new, indent=1) + "\n", encoding="utf-8", newline="\n")
    print("changed:", " ".join(n for n in new if new[n] != old.get(n)) or "none")
