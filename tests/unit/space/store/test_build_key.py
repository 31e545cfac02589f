import shutil
from dataclasses import fields, replace
from pathlib import Path

import pytest

from space.store.build_key import PACKAGES, build_key, code_fingerprint
from space.wiki.urls import Urls
from tests.support.feeds.publications import ADDRESSES


def test_build_key_when_nothing_differs_then_is_the_same() -> None:
    assert build_key(ADDRESSES) == build_key(replace(ADDRESSES))


@pytest.mark.parametrize("field", [field.name for field in fields(Urls)])
def test_build_key_when_an_address_differs_then_is_another(field: str) -> None:
    assert build_key(replace(ADDRESSES, **{field: "x"})) != build_key(ADDRESSES)


@pytest.mark.parametrize("library", ["icalendar", "tzdata"])
def test_build_key_when_a_library_is_another_then_is_another(
    library: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = build_key(ADDRESSES)
    from space.store import build_key as module

    real = module.version
    monkeypatch.setattr(
        module, "version", lambda name: "0" if name == library else real(name)
    )
    assert build_key(ADDRESSES) != before


WITHOUT_OUTPUT = {
    *("authoring", "checkup", "data_pages", "digest", "follow", "generate")
}
"""Help for writers and operators, pages that are compared with the wiki's own at each
run, messages to people, and files of this repository: nothing of them is a record, a
fragment or a row."""


def copy(folder: Path) -> Path:
    for package in ("feeds", "codec", "authoring"):
        (folder / package).mkdir(parents=True)
    (folder / "feeds" / "icalendar.py").write_text("a", encoding="utf-8")
    (folder / "codec" / "countries.json").write_text("{}", encoding="utf-8")
    (folder / "authoring" / "pasting.py").write_text("a", encoding="utf-8")
    (folder / "feeds" / "icalendar.pyc").write_text("a", encoding="utf-8")
    return folder


@pytest.mark.parametrize(
    ("file", "matters"),
    [
        ("feeds/icalendar.py", True),
        ("codec/countries.json", True),
        ("codec/new.py", True),
        ("authoring/pasting.py", False),
        ("feeds/icalendar.pyc", False),
    ],
)
def test_code_fingerprint_when_a_file_changes_then_only_rendering_matters(
    file: str, *, matters: bool, tmp_path: Path
) -> None:
    before = code_fingerprint(copy(tmp_path / "one"))
    other = copy(tmp_path / "other")
    (other / file).write_text("b", encoding="utf-8")
    assert (code_fingerprint(other) != before) is matters


def test_code_fingerprint_when_a_module_moves_then_is_another(tmp_path: Path) -> None:
    before = code_fingerprint(copy(tmp_path / "one"))
    other = copy(tmp_path / "other")
    shutil.move(other / "feeds" / "icalendar.py", other / "codec" / "icalendar.py")
    assert code_fingerprint(other) != before


def test_packages_when_listed_then_none_is_forgotten() -> None:
    packages = {path.parent.name for path in Path("space").glob("*/__init__.py")}
    assert {*PACKAGES, *WITHOUT_OUTPUT} == packages
