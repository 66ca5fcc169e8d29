"""Read the scripts and styles of the page's own elements, which stand beside this module.

What several of them share is in `elements.js` and `elements.css`, which come first in each.
"""

from pathlib import Path

_FOLDER = Path(__file__).parent


def read_script(*names: str) -> str:
    """Return one script made of the shared functions and the named scripts, in this order."""
    return "\n".join(_read(f"{name}.js") for name in ("elements", *names))


def read_styles(*names: str) -> str:
    """Return one style sheet made of the shared styles and the named ones, in this order."""
    return "\n".join(_read(f"{name}.css") for name in ("elements", *names))


def _read(name: str) -> str:
    return (_FOLDER / name).read_text(encoding="utf-8")
