"""`python -m sandbox` as a person uses it, on a wiki of its own."""

import os
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import replace

import pytest

from sandbox.place import HOST, SandboxPlace, place_from
from sandbox.probe import QUESTION, fetch
from sandbox.stack import Stack
from sandbox.wiki import SandboxWiki
from tests.support.wiki.sandbox import free_ports

pytestmark = pytest.mark.wiki

Command = Callable[[str], subprocess.CompletedProcess[str]]


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SandboxPlace]:
    wiki, gateway, tool = free_ports(3)
    base = place_from()
    one = replace(
        base,
        base=tmp_path_factory.mktemp("sandbox"),
        tree_folder=base.tree,
        wiki_port=wiki,
        gateway_port=gateway,
        tool_port=tool,
    )
    yield one
    Stack(SandboxWiki(one)).stop()


@pytest.fixture
def command(place: SandboxPlace) -> Command:
    def run(name: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "-m", "sandbox", name, *place.arguments],
            env=os.environ | {"SPACE_MEDIAWIKI_DIR": str(place.tree)},
            capture_output=True,
            text=True,
            check=False,
        )

    return run


def test_wiki_when_it_goes_up_and_down_is_there_and_gone(
    place: SandboxPlace, command: Command
) -> None:
    assert command("status").returncode == 1
    up = command("up")
    assert up.returncode == 0, up.stderr
    assert f"{place.public_url}/wiki/Main_Page" in up.stdout
    assert b"1.43" in fetch(f"{place.public_url}{QUESTION}")
    running = [service.process for service in Stack(SandboxWiki(place)).services]
    assert command("up").returncode == 0
    assert [s.process for s in Stack(SandboxWiki(place)).services] == running
    assert f"SPACE_WIKI_URL={place.api_url}" in command("env").stdout
    assert command("down").returncode == 0
    assert command("status").returncode == 1
    assert (place.folder / "data/wiki.sqlite").exists()
    assert command("reset").returncode == 0
    assert not place.folder.exists()


def test_wiki_when_a_stranger_holds_its_port_says_so(
    place: SandboxPlace, command: Command
) -> None:
    with socket.create_server((HOST, place.wiki_port)):
        up = command("up")
    assert up.returncode == 1
    assert f"No wiki at {place.wiki_url}" in up.stderr
    assert "Address already in use" in up.stderr
