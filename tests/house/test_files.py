"""What every file of the repository keeps to, whatever is in it."""

import ast

from tests.house.tree import ROOT, files, lesson, modules

TEXT = (
    ".py",
    ".md",
    ".toml",
    ".html",
    ".css",
    ".js",
    ".yaml",
    ".yml",
    ".svg",
    ".lock",
    ".cfg",
    "Makefile",
    "run",
)
REGISTRIES = (
    "pypi" + ".org",
    "python" + "hosted",
    "npm" + "js.",
    "npm" + "js.org",
    "registry." + "npm",
    "deb." + "debian",
)
"""Package registries are the reader's own choice; a lock with hashes needs none."""

FURNITURE = {"__init__.py", "apps.py", "room.py", "texts.py", "page_texts.py", "pages_urls.py"}
"""Files that every room has and whose name says it all."""


def _texts() -> list[tuple[str, bytes]]:
    return [
        (name, (ROOT / name).read_bytes())
        for name in files()
        if name.endswith(TEXT) and not ("/data/" in name or "/golden/" in name)
    ]


def test_text_is_utf8_with_unix_line_ends_and_a_last_one() -> None:
    found = []
    for name, content in _texts():
        try:
            content.decode("utf-8")
        except UnicodeDecodeError:
            found.append(f"{name}: not UTF-8")
        if content.startswith(b"\xef\xbb\xbf"):
            found.append(f"{name}: byte order mark")
        if b"\r" in content:
            found.append(f"{name}: carriage return")
        if content and not content.endswith(b"\n"):
            found.append(f"{name}: no line end at the end")
    assert not found, lesson(found, "Save as UTF-8 with \\n; odd bytes for a test belong in a data/ folder.")


def test_no_file_names_a_package_registry() -> None:
    found = []
    for name in files():
        content = (ROOT / name).read_bytes()
        found.extend(f"{name}: {host}" for host in REGISTRIES if host.encode() in content)
    assert not found, lesson(
        found, "Write the package's name only; where it comes from is the reader's setting."
    )


def test_no_file_depends_on_the_machine_it_was_written_on() -> None:
    places = ("/opt/" + "wheels", "/work/" + "main", "/work/" + "shared", "/tmp/" + "team")
    found = [
        f"{name}: {place}" for name, content in _texts() for place in places if place.encode() in content
    ]
    assert not found, lesson(found, "Use a path relative to the repository, or an argument.")


def test_no_large_file_is_tracked() -> None:
    found = [
        f"{name}: {size:,} bytes" for name in files() if (size := (ROOT / name).stat().st_size) > 1_500_000
    ]
    assert not found, lesson(found, "Generate it, or ship a smaller one.")


def test_every_source_file_says_what_it_is_for() -> None:
    found = [
        module.path
        for module in modules("src/yutang", "benchmarks")
        if module.tree.body
        and module.path.rsplit("/", 1)[-1] not in FURNITURE
        and ast.get_docstring(module.tree) is None
    ]
    assert not found, lesson(found, "Begin the module with one sentence: what it knows about.")
