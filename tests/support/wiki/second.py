"""A second wiki beside the sandbox: of the same tree, with people of the same names."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace

from sandbox.wiki import SandboxWiki
from tests.support.wiki.sandbox import Sandbox, free_ports


@contextmanager
def second_wiki(first: Sandbox) -> Iterator[SandboxWiki]:
    """It reads data pages of the first one, and has no gateway, so nobody signs in by
    OAuth."""
    (port,) = free_ports(1)
    place = replace(
        first.place,
        name=f"{first.place.name}-second",
        wiki_port=port,
        gateway_port=port,
    )
    wiki = replace(first.wiki, place=place, data_wiki=first.place.wiki_url)
    wiki.begin_like(first.wiki)
    try:
        wiki.start()
        yield wiki
    finally:
        wiki.remove()
