"""The check-ups of bots and tool on a real wiki where all is well."""

import subprocess
import sys

import pytest

from sandbox.product import Product
from tests.support.wiki.forked_bots import run_forked

pytestmark = pytest.mark.wiki


def test_doctor_when_the_wiki_is_set_up_finds_nothing_wrong(
    indexed_wiki: Product,
) -> None:
    done = run_forked(indexed_wiki, "doctor")
    assert done.returncode == 0, done.stdout + done.stderr
    for line in ("ok    Account: SpaceBot", "ok    Wiki: MediaWiki", "ok    Clock"):
        assert line in done.stdout
    refused = run_forked(indexed_wiki, "doctor", SPACE_BOT_PASSWORD="space@wrong")
    assert refused.returncode == 1
    assert "wrong Sign-in" in refused.stdout


def test_check_of_the_tool_when_the_wiki_is_set_up_finds_nothing_wrong(
    indexed_wiki: Product,
) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "tool", "--check"],
        env=indexed_wiki.environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert "ok    OAuth" in done.stdout
