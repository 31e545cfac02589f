"""The commands of the Procfile with the libraries of `requirements.txt` alone."""

import re
import subprocess
import sys
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[3]
PINNED = re.compile(r"^([A-Za-z0-9._-]+)==", re.MULTILINE)
REFUSING = """
import sys

class Refusing:
    names = frozenset({names!r})

    @classmethod
    def find_spec(cls, name, path=None, target=None):
        if name.partition(".")[0] in cls.names:
            raise ModuleNotFoundError(f"not in requirements.txt: {{name}}", name=name)

sys.meta_path.insert(0, Refusing)
"""


def plain(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def of_tests() -> set[str]:
    """Modules that only libraries of the tests have."""
    text = (ROOT / "requirements.txt").read_text("utf-8")
    ours = {plain(name) for name in PINNED.findall(text)}
    return {
        module
        for module, names in packages_distributions().items()
        if module.isidentifier() and not ours & set(map(plain, names))
    }


@pytest.fixture(scope="module")
def environment(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """All that a pod has: settings, and a home that cannot be written."""
    folder = tmp_path_factory.mktemp("production")
    refused = of_tests() - {"pip", "setuptools"}
    assert "pytest" in refused
    (folder / "sitecustomize.py").write_text(REFUSING.format(names=sorted(refused)))
    return {
        "PATH": "/usr/bin:/bin",
        "HOME": "/nonexistent",
        "PYTHONPATH": str(folder),
        "SPACE_WIKI_URL": "http://127.0.0.1:9/w/api.php",  # where nothing answers
        "SPACE_ROOT": "Space",
        "SPACE_DATABASE_URL": f"sqlite:///{folder / 'space.sqlite'}",
        "SPACE_PUBLIC_URL": "http://127.0.0.1:8000",
        "SPACE_SECRET_KEY": "k" * 32,
        "SPACE_OAUTH_CLIENT_ID": "client",
        "SPACE_OAUTH_CLIENT_SECRET": "secret",
        "SPACE_BOT_USER": "SpaceBot",
        "SPACE_BOT_PASSWORD": "space@not-a-secret",
    }


def run(
    environment: dict[str, str], *command: str
) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        [sys.executable, "-m", *command],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )


def test_web_when_only_its_libraries_are_there_then_its_application_is_made(
    environment: dict[str, str],
) -> None:
    done = run(environment, "gunicorn", "--check-config", "tool.wsgi:application()")
    assert (done.returncode, "Traceback" in done.stderr) == (0, False), done.stderr


def test_bots_when_only_their_libraries_are_there_then_miss_nothing_but_the_wiki(
    environment: dict[str, str],
) -> None:
    done = run(environment, "bots", "doctor")
    assert (done.returncode, done.stderr) == (1, "")
    assert "wrong Wiki: http://127.0.0.1:9/w/api.php does not answer" in done.stdout
