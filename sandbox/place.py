"""The place of a sandbox: its folder and its ports."""

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

HOST = "127.0.0.1"
GATEWAY_OFFSET = 10
TOOL_OFFSET = 20


@dataclass(frozen=True, slots=True)
class SandboxPlace:
    """The folder of one wiki, the folder of the MediaWiki it runs on, and the ports.

    Several wikis (`name`: "demo", "tests") of one base folder share one unpacked
    MediaWiki tree and nothing else.
    """

    base: Path
    name: str = "demo"
    wiki_port: int = 8080
    gateway_port: int = 8090
    tool_port: int = 8100
    tree_folder: Path | None = None

    @property
    def folder(self) -> Path:
        """The folder of everything that belongs to this wiki alone."""
        return self.base / self.name

    @property
    def tree(self) -> Path:
        """The folder of the unpacked MediaWiki."""
        return self.tree_folder or self.base / "mediawiki"

    @property
    def wiki_url(self) -> str:
        """The URL of the wiki's own server, without the gateway before it."""
        return f"http://{HOST}:{self.wiki_port}"

    @property
    def public_url(self) -> str:
        """The wiki's origin, which is the gateway's, without a slash at the end."""
        return f"http://{HOST}:{self.gateway_port}"

    @property
    def api_url(self) -> str:
        """The URL of the action API (`SPACE_WIKI_URL`)."""
        return f"{self.public_url}/w/api.php"

    @property
    def index_url(self) -> str:
        """The URL of index.php, the script of pages and forms."""
        return f"{self.public_url}/w/index.php"

    @property
    def tool_url(self) -> str:
        """The URL of the demo's tool."""
        return f"http://{HOST}:{self.tool_port}"

    @property
    def arguments(self) -> list[str]:
        """The options that let another `python -m sandbox` find the same place."""
        return [
            f"--dir={self.base}",
            f"--name={self.name}",
            f"--port={self.wiki_port}",
            f"--gateway-port={self.gateway_port}",
            f"--tool-port={self.tool_port}",
        ]


def place_from(  # noqa: PLR0913 - what a command line may choose
    environment: Mapping[str, str] = os.environ,
    *,
    folder: str | None = None,
    name: str = "demo",
    port: int | None = None,
    gateway_port: int | None = None,
    tool_port: int | None = None,
) -> SandboxPlace:
    """The place that the arguments and then the environment choose.

    `SPACE_SANDBOX_DIR` (default `.sandbox`) is the base folder, `SPACE_SANDBOX_PORT`
    (default 8080) the wiki's port; the gateway's is 10 and the tool's 20 higher
    unless chosen. `SPACE_MEDIAWIKI_DIR` lets several base folders share one tree.
    """
    base = Path(folder or environment.get("SPACE_SANDBOX_DIR", ".sandbox")).resolve()
    wiki_port = port or int(environment.get("SPACE_SANDBOX_PORT", "8080"))
    tree = environment.get("SPACE_MEDIAWIKI_DIR")
    return SandboxPlace(
        base=base,
        name=name,
        wiki_port=wiki_port,
        gateway_port=gateway_port or wiki_port + GATEWAY_OFFSET,
        tool_port=tool_port or wiki_port + TOOL_OFFSET,
        tree_folder=Path(tree).resolve() if tree else None,
    )
