"""Waiting for a service of the sandbox to answer, and to be ours."""

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


def wait_for_wiki(service: Service, address: str, nonce: str) -> None:
    """Return when `address` answers for the wiki whose settings have this nonce.

    Another wiki may have the same origin, of another folder or of an earlier start, and
    what is written there is lost or does harm.

    Raises `SandboxError` as `wait_for_answer` does, and when another program answers.
    """
    answer = wait_for_answer(service, f"{address}{QUESTION}")
    if not is_answer_of(nonce, answer):
        raise _unwell(service, address, "another program answers there")


def is_answer_of(nonce: str, answer: bytes) -> bool:
    """Whether this answer to `QUESTION` is one of the wiki with a nonce."""
    try:
        said = json.loads(answer)["query"]["general"]["sandbox"]
    except (ValueError, LookupError, TypeError):
        return False
    return bool(nonce) and said == nonce


def wait_for_answer(service: Service, address: str) -> bytes:
    """The first answer of a service that has just been started.

    Raises `SandboxError` with the end of the log when the service ends, answers with
    an error or stays silent: most often another program holds its port.
    """
    deadline = time.monotonic() + PATIENCE
    while True:
        try:
            return fetch(address, ONE_TRY)
        except urllib.error.HTTPError as error:
            raise _unwell(service, address, error) from error
        except OSError as error:
            if service.process is None or time.monotonic() > deadline:
                raise _unwell(service, address, error) from error
            time.sleep(PAUSE)


def _unwell(service: Service, address: str, problem: object) -> SandboxError:
    log = service.log.read_text("utf-8", "replace")[-1000:]
    return SandboxError(f"No {service.name} at {address}: {problem}\n{log}")


def fetch(address: str, timeout: float = PATIENCE, data: bytes | None = None) -> bytes:
    """The body of an answer by a server of the sandbox, to a form where there is one.

    Raises `OSError`.
    """
    with urllib.request.urlopen(address, data, timeout) as answer:  # noqa: S310 - ours, http
        return bytes(answer.read())
