"""Waiting until a service of the sandbox answers as this wiki, not as a stranger."""

import json
import time
import urllib.error
import urllib.request

from sandbox.errors import SandboxError
from sandbox.service import Service

PATIENCE = 60.0  # seconds
ONE_TRY = 5.0
PAUSE = 0.05
QUESTION = "/w/api.php?action=query&meta=siteinfo&format=json&formatversion=2"


def wait_for_wiki(service: Service, address: str, server: str) -> None:
    """Return when `address` answers for the wiki whose origin is `server`.

    Raises `SandboxError` with the end of the log when the service ends, answers with
    an error or stays silent: most often another program holds its port.
    """
    deadline = time.monotonic() + PATIENCE
    while True:
        try:
            answer = json.loads(fetch(f"{address}{QUESTION}", ONE_TRY))
            if answer["query"]["general"]["server"] == server:
                return
            problem = "another program answers there"
        except urllib.error.HTTPError as error:
            problem = f"{error}"
        except (OSError, ValueError, LookupError) as error:
            if service.process is not None and time.monotonic() < deadline:
                time.sleep(PAUSE)
                continue
            problem = f"{error}"
        log = service.log.read_text("utf-8", "replace")[-1000:]
        raise SandboxError(f"No {service.name} at {address}: {problem}\n{log}")


def fetch(address: str, timeout: float = PATIENCE) -> bytes:
    """The body of an answer of one of our own servers. Raises `OSError`."""
    with urllib.request.urlopen(address, timeout=timeout) as answer:  # noqa: S310 - ours, http
        return bytes(answer.read())
