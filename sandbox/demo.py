"""`make demo`: wiki, tool and bots with sample content, in the foreground."""

import fcntl
import signal
import time
from contextlib import ExitStack, suppress

from sandbox import seed
from sandbox.accounts import ACCOUNTS, PASSWORD
from sandbox.errors import SandboxError
from sandbox.product import Product
from sandbox.service import Service
from sandbox.stack import Stack
from sandbox.wiki import SandboxWiki

LOOK_EVERY = 5.0  # seconds


def run(wiki: SandboxWiki) -> None:
    """Bring everything up, say where it is, and look after it until ended.

    Ctrl-C (or SIGTERM) ends what this call started and nothing else.
    Raises `SandboxError` when a part does not start or ends by itself.
    """
    for number in (signal.SIGINT, signal.SIGTERM):  # shells ignore the first for `&`
        signal.signal(number, signal.default_int_handler)
    with ExitStack() as cleanup, suppress(KeyboardInterrupt):
        _only_one(wiki, cleanup)
        stack = Stack(wiki)
        product = Product(wiki)
        services = [*stack.services, product.tool, product.bots]
        _stop_afterwards(services, cleanup)
        print("Starting the wiki …", flush=True)
        stack.start_wiki()
        print("Deploying templates, writing sample content, indexing it …", flush=True)
        _bots(product, "deploy_templates")
        product.write_at_once()
        product.change_settings(digest_languages="en; ar")
        seed.main(wiki)
        _bots(product, "run")
        stack.start_jobs()
        product.start_tool()
        product.start_watching()
        print(_summary(wiki), flush=True)
        while True:
            time.sleep(LOOK_EVERY)
            _all_alive(services)


def _only_one(wiki: SandboxWiki, cleanup: ExitStack) -> None:
    """Refuse a second demo of a folder, which would end the first one's programs."""
    wiki.place.folder.mkdir(parents=True, exist_ok=True)
    lock = cleanup.enter_context((wiki.place.folder / "demo.lock").open("w"))
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError as problem:
        raise SandboxError(f"A demo of {wiki.place.folder} runs already") from problem


def _stop_afterwards(services: list[Service], cleanup: ExitStack) -> None:
    for service in services:
        if service.process is None:
            cleanup.callback(service.stop)
    cleanup.callback(print, "Stopping …", flush=True)
    cleanup.callback(signal.signal, signal.SIGINT, signal.SIG_IGN)  # once is enough


def _bots(product: Product, task: str) -> None:
    """Run one task of the bots; a task that fails is printed, and the demo goes on."""
    done = product.run_bots(task)
    if done.returncode:
        log = product.wiki.place.folder / "run/bots.log"
        log.write_text(done.stdout + done.stderr, "utf-8")
        print(f"bots {task}: exit {done.returncode}, see {log}", flush=True)


def _all_alive(services: list[Service]) -> None:
    for service in services:
        if service.process is None:
            tail = service.log.read_text("utf-8", "replace")[-2000:]
            raise SandboxError(f"{service.name} has ended:\n{tail}")


def _summary(wiki: SandboxWiki) -> str:
    people = "\n".join(
        f"  {account.name:9} {', '.join(account.groups) or 'ordinary'}"
        for account in ACCOUNTS
    )
    return f"""
Space is running, with sample content.

  the tool   {wiki.place.tool_url}/
  the wiki   {wiki.place.public_url}/wiki/{seed.ROOT}

Accounts, all with the password {PASSWORD}:
{people}

Logs: {wiki.place.folder / "run"}. Ctrl-C stops it; `make reset-demo` deletes it.
"""
