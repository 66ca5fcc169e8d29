import re
from pathlib import Path

from docs.generate import with_table

ROOT = Path(__file__).parent.parent


def test_the_settings_table_is_the_settings_class() -> None:
    readme = (ROOT / "README.md").read_text()
    assert readme == with_table(readme), "run 'make readme'"


def test_every_file_the_documents_link_to_exists() -> None:
    for name in ("README.md", "ARCHITECTURE.md", "CHANGELOG.md"):
        for target in re.findall(r"\]\(([^)#:]+)\)", (ROOT / name).read_text()):
            assert (ROOT / target).exists(), f"{name} links to {target}"


def test_the_commands_of_the_readme_are_those_of_the_makefile() -> None:
    readme, makefile = (ROOT / "README.md").read_text(), (ROOT / "Makefile").read_text()
    for name in re.findall(r"make ([a-z-]+)", readme):
        assert re.search(rf"^{name}:", makefile, re.MULTILINE), f"make {name}"
