from sandbox.tree import suite_sources

DEB822 = """Types: deb deb-src
# a snapshot
URIs: http://mirror.example/debian
Suites: bookworm bookworm-updates
Components: main
Signed-By: /usr/share/keyrings/debian.gpg

Types: deb
URIs: http://mirror.example/debian-security
Suites: bookworm-security
Components: main

Types: deb
URIs: http://vendor.example/node
Suites: nodistro
Components: main
"""


def test_deb822_sources_when_turned_keep_mirror_and_keys() -> None:
    first, second = suite_sources(DEB822, "bookworm").strip().split("\n\n")
    assert first.splitlines() == [
        "Types: deb",
        "URIs: http://mirror.example/debian",
        "Suites: trixie trixie-updates",
        "Components: main",
        "Signed-By: /usr/share/keyrings/debian.gpg",
    ]
    assert "Suites: trixie-security" in second


def test_deb822_sources_when_of_other_vendors_are_left_out() -> None:
    assert "vendor" not in suite_sources(DEB822, "bookworm")


def test_one_line_sources_when_turned_keep_options() -> None:
    text = """# deb http://mirror.example/debian bookworm main
deb [signed-by=/k.gpg] http://mirror.example/debian bookworm main contrib

deb-src http://mirror.example/debian bookworm main

deb http://vendor.example/apt vendor-bookworm main
"""
    assert suite_sources(text, "bookworm").strip() == (
        "deb [signed-by=/k.gpg] http://mirror.example/debian trixie main contrib"
    )


def test_sources_when_already_of_the_suite_stay() -> None:
    line = "deb http://mirror.example/debian trixie main"
    assert suite_sources(line, "trixie").strip() == line


def test_sources_when_none_is_of_the_release_are_empty() -> None:
    assert suite_sources(DEB822, "sid").strip() == ""
