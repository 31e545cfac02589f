"""The gateway as a service."""

import json
import os
import sys
from dataclasses import dataclass

from sandbox.accounts import BOT_CONSUMER
from sandbox.gateway.authority import Authority
from sandbox.gateway.consumers import Consumers
from sandbox.gateway.server import Gateway, serve
from sandbox.gateway.signatures import Signatures
from sandbox.gateway.tokens import TokenStore
from sandbox.gateway.upstream import Upstream
from sandbox.place import SandboxPlace
from sandbox.probe import wait_for_wiki
from sandbox.service import Service


@dataclass(frozen=True, slots=True)
class GatewayService:
    """Starts and ends the gateway; reads and changes tokens and consumers."""

    place: SandboxPlace

    @property
    def service(self) -> Service:
        """The gateway's program."""
        return Service("gateway", self.place.folder / "run")

    @property
    def tokens(self) -> TokenStore:
        """The codes and tokens that it has given out."""
        return TokenStore(self.place.folder / "gateway.sqlite")

    @property
    def consumers(self) -> Consumers:
        """The state of its OAuth 1.0a consumers."""
        return Consumers(self.place.folder / "gateway.sqlite")

    def start(self) -> None:
        """Start the gateway before a running wiki. Raises `SandboxError`."""
        self.service.start(
            [sys.executable, "-m", "sandbox", "gateway", *self.place.arguments],
            os.environ,
        )
        wait_for_wiki(self.service, self.place.public_url, self._setting("nonce"))

    def stop(self) -> None:
        """End the gateway; tokens stay good."""
        self.service.stop()

    def _setting(self, name: str) -> str:
        """A setting of the wiki behind."""
        settings = json.loads((self.place.folder / "wiki.json").read_text("utf-8"))
        return str(settings[name])

    def run(self) -> None:
        """Answer requests until the process is ended."""
        upstream = Upstream(self.place.wiki_port, self._setting("gateway_key"))
        gateway = Gateway(
            Authority(self.tokens),
            Signatures((BOT_CONSUMER,), self.consumers),
            upstream,
            self.place.public_url,
            self.place.folder / "registrations.json",
        )
        serve(gateway, self.place.gateway_port)
