"""The real wiki with our templates, and the people of the sandbox signed in to it."""

import os

import pytest

from sandbox.client import Client
from tests.support.wiki.deployed import deploy
from tests.support.wiki.sandbox import Sandbox

# Minutes go by before two processes have watched enough: `make soak` has them.
collect_ignore = [] if "SPACE_SOAK" in os.environ else ["test_watch.py"]


@pytest.fixture(scope="module")
def wiki(fresh_wiki: Sandbox) -> Sandbox:
    """The sandbox with everything deployed, and no tool."""
    deploy(fresh_wiki)
    return fresh_wiki


@pytest.fixture(scope="module")
def olu(wiki: Sandbox) -> Client:
    """An author without rights."""
    return wiki.login("Olu")


@pytest.fixture(scope="module")
def pavati(wiki: Sandbox) -> Client:
    """A patroller, so one whose verdicts count."""
    return wiki.login("Pavati")
