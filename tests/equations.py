"""What each numbered equation says and which are cited where, as they were last read: kept in equations.json.

    python tests/equations.py    when you have read what has changed, keep all as it is now

The sheet in lesson 12 quotes many equations, letter by letter. No test can read the rest; but a change of any
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


def citations():
    """{"nflow_ref/actnorm.py": "7.5 7.11"}: what each module and each cell cites, in its order."""
    notebooks = {int(path.name[:2]): rules.load(path) for path in sorted(rules.FOLDER.glob("*.ipynb"))}
    texts = {name: text for name, text in rules.citing_sources(notebooks).items() if name.endswith(".py")}
    texts |= {cell.id: cell.source for notebook in notebooks.values() for cell in notebook.cells}
    found = {name: " ".join(f"{n}.{k}" for n, k in rules.cited(text)) for name, text in texts.items()}
    return {name: numbers for name, numbers in found.items() if numbers}


def now():
    """{"equations": {number: digest}, "citations": {place: numbers}}."""
    digests = {n: hashlib.sha256(tex.encode()).hexdigest()[:12] for n, tex in equations().items()}
    return {"equations": digests, "citations": citations()}


def kept():
    return json.loads(KEPT.read_text(encoding="utf-8"))


if __name__ == "__main__":
    old, new = kept(), now()
    for kind, entries in new.items():
        changed = [name for name in entries.keys() | old[kind] if entries.get(name) != old[kind].get(name)]
        print(f"{kind} that have changed: {' '.join(sorted(changed)) or 'none'}")
    KEPT.write_text(json.dumps(new, indent=1, ensure_ascii=False) + "\n", encoding="utf-8", newline="\n")
