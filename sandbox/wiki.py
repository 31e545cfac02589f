"""One disposable MediaWiki: installed, started, restored, stopped."""

import hashlib
import hmac
import json
import os
import secrets
import shutil
import subprocess
import time
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from sandbox.accounts import ACCOUNTS, ADMIN
from sandbox.errors import SandboxError
from sandbox.place import HOST, SandboxPlace
from sandbox.probe import fetch, wait_for_wiki
from sandbox.service import Service
from sandbox.snapshot import copy_databases, waiting_jobs
from sandbox.tree import ensure_tree

SETTINGS = Path(__file__).with_name("mediawiki")
SNAPSHOT = "snapshot"
"""The state in which only tables and accounts exist."""
EXTENSIONS = (
    "AbuseFilter",
    "CategoryTree",
    "Cite",
    "DiscussionTools",
    "Echo",
    "Gadgets",
    "ImageMap",
    "InputBox",
    "Linter",
    "Nuke",
    "PageImages",
    "ParserFunctions",
    "Poem",
    "Scribunto",
    "SpamBlacklist",
    "TemplateData",
    "TextExtracts",
    "Thanks",
    "TitleBlacklist",
    "VisualEditor",
    "WikiEditor",
)

SERVER = (
    "opcache.enable=1",
    "opcache.memory_consumption=256",
    "opcache.interned_strings_buffer=32",
    "apc.shm_size=128M",
)
"""Room in the memory of the server's PHP: for MediaWiki, in MB, and for its caches."""
JOBS_AT_ONCE = 1000
JOBS_FOR = 5  # seconds; a single worker shows no page meanwhile


@dataclass(frozen=True, slots=True)
class SandboxWiki:
    """The wiki of a place.

    `workers` is the number of PHP's processes: on SQLite more than one stall each other
    when they edit the same page. `data_wiki` is the origin of the wiki whose pages
    `Data:…` this one reads, as wikis read those of Commons; empty for its own.

    With `comments_on_pages` DiscussionTools looks for comments on all pages of the main
    namespace, as on Meta, for which the wiki renders each once more at every edit;
    without, on those alone that ask for new sections.
    """

    place: SandboxPlace
    workers: int = 1
    data_wiki: str = ""
    comments_on_pages: bool = True

    @property
    def data(self) -> Path:
        """The folder of the live databases."""
        return self.place.folder / "data"

    @property
    def nonce(self) -> str:
        """What this wiki says in answers and no other one does."""
        return str(self._settings["nonce"])

    @property
    def server(self) -> Service:
        """PHP's own web server."""
        return Service("wiki", self.place.folder / "run")

    def start(self) -> None:
        """Bring the wiki up, from whatever is missing; safe to call again.

        Raises `SandboxError` where a package is missing or the wiki does not answer.
        """
        if shutil.which("php") is None:
            raise SandboxError("PHP is not installed: run `make setup`")
        ensure_tree(self.place.tree)
        self._configure()
        if not self.is_prepared:
            self.server.stop()
            self._prepare()
        self.server.start(
            [
                "php",
                *(part for each in SERVER for part in ("-d", each)),
                "-S",
                f"{HOST}:{self.place.wiki_port}",
                "-t",
                str(self.place.tree / "images"),
                str(SETTINGS / "router.php"),
            ],
            self._environment() | {"PHP_CLI_SERVER_WORKERS": str(self.workers)},
        )
        wait_for_wiki(self.server, self.place.wiki_url, self.nonce)

    def stop(self) -> None:
        """End the server; the wiki's content stays."""
        self.server.stop()

    def remove(self) -> None:
        """End the server and delete everything that belongs to this wiki."""
        self.server.stop()
        shutil.rmtree(self.place.folder, ignore_errors=True)

    @property
    def is_prepared(self) -> bool:
        """Whether tables and accounts are those of the present code."""
        path = self.place.folder / "prepared"
        return path.exists() and path.read_text("utf-8") == self._fingerprint()

    def begin_like(self, other: "SandboxWiki") -> None:
        """Take the tables and accounts of a prepared wiki in place of making them."""
        copy_databases(other.place.folder / SNAPSHOT, self.place.folder / SNAPSHOT)
        copy_databases(other.place.folder / SNAPSHOT, self.data)
        (self.place.folder / "prepared").write_text(self._fingerprint(), "utf-8")

    def restore(self, snapshot: str = SNAPSHOT) -> None:
        """Return to the state of a snapshot, without switches and with fresh caches."""
        self.settle()
        copy_databases(self.place.folder / snapshot, self.data)
        (self.place.folder / "switches.json").unlink(missing_ok=True)
        self._forget_caches()

    def take_snapshot(self, snapshot: str = SNAPSHOT) -> None:
        """Make the present state the one that `restore` returns to by this name."""
        self.settle()
        copy_databases(self.data, self.place.folder / snapshot)

    def switch(self, settings: Mapping[str, Any]) -> None:
        """Set `$wg…` variables from the next request on; an empty mapping ends that."""
        _write(self.place.folder / "switches.json", settings)

    def run_jobs(self) -> None:
        """Let the running server work off the queue, with the jobs that those add.

        It has the code and the caches in memory, which a maintenance script has not.
        Raises `OSError` where no server answers.
        """
        self.settle()
        while waiting_jobs(self.data):
            if self._run_some_jobs() not in {"job-limit", "time-limit"}:
                break

    def _run_some_jobs(self) -> str:
        """Why the wiki ended: no job was ready, or it had enough."""
        values = {
            "title": "Special:RunJobs",
            "tasks": "jobs",
            "async": "0",
            "stats": "1",
            "maxjobs": str(JOBS_AT_ONCE),
            "maxtime": str(JOBS_FOR),
            "sigexpiry": str(int(time.time()) + 60),
        }
        query = urlencode(sorted(values.items()))
        secret = str(self._settings["secret"])
        signature = hmac.new(secret.encode(), query.encode(), "sha1").hexdigest()
        sent = f"{query}&signature={signature}".encode()
        answer = fetch(f"{self.place.wiki_url}/w/index.php", data=sent)
        return str(json.loads(answer)["reached"])

    def settle(self) -> None:
        """Wait until what earlier answers left for after them is written.

        A single worker starts the next request only when it has finished the last.
        """
        if self.server.process is not None:
            fetch(f"{self.place.wiki_url}/w/resources/assets/poweredby_mediawiki.svg")

    def maintain(self, script: str, *arguments: str) -> str:
        """Run a maintenance script; its output."""
        return _run(
            ["php", str(self.place.tree / "maintenance/run.php"), script, *arguments],
            self._environment(),
        )

    @property
    def _settings(self) -> dict[str, Any]:
        """The wiki's own settings as they were written last."""
        path = self.place.folder / "wiki.json"
        settings: dict[str, Any] = json.loads(path.read_text("utf-8"))
        return settings

    def _configure(self) -> None:
        """Write the wiki's own settings; addresses and extensions may change."""
        path = self.place.folder / "wiki.json"
        stored = json.loads(path.read_text("utf-8")) if path.exists() else {}
        settings = {
            "secret": secrets.token_hex(32),
            "nonce": secrets.token_hex(16),
            "gateway_key": secrets.token_hex(32),
            "tool_secret": secrets.token_hex(32),
        } | stored
        settings |= {
            "port": self.place.wiki_port,
            "server": self.place.public_url,
            "cookies": f"wiki{self.place.wiki_port}",
            "extensions": EXTENSIONS,
            "data_wiki": self.data_wiki,
            "comments_on_pages": self.comments_on_pages,
        }
        if settings["port"] != stored.get("port"):
            self.server.stop()
        for name in ("data", "cache", "images", "run"):
            (self.place.folder / name).mkdir(parents=True, exist_ok=True)
        _write(path, settings)
        _write(self.place.folder / "accounts.json", [asdict(a) for a in ACCOUNTS])

    def _fingerprint(self) -> str:
        """A hash of the code and data from which tables and accounts were made."""
        parts = [
            json.dumps([EXTENSIONS, [asdict(account) for account in ACCOUNTS]]),
            (SETTINGS / "Prepare.php").read_text("utf-8"),
            (self.place.tree / "includes/Defines.php").read_text("utf-8"),
        ]
        return hashlib.sha256("\0".join(parts).encode()).hexdigest()

    def _prepare(self) -> None:
        """Make or update tables and accounts, and take the snapshot of that state."""
        if not (self.data / "wiki.sqlite").exists():
            self._install()
        self.maintain("update", "--quick", "--quiet")
        self.maintain(str(SETTINGS / "Prepare.php"))
        self.take_snapshot()
        self._forget_caches()
        (self.place.folder / "prepared").write_text(self._fingerprint(), "utf-8")

    def _install(self) -> None:
        scratch = self.place.folder / "install"
        shutil.rmtree(scratch, ignore_errors=True)
        scratch.mkdir()
        environment = self._environment()
        del environment["MW_CONFIG_FILE"]  # the installer refuses a configured wiki
        _run(
            [
                "php",
                str(self.place.tree / "maintenance/run.php"),
                "install",
                "--dbtype=sqlite",
                "--dbname=wiki",
                f"--dbpath={self.data}",
                f"--confpath={scratch}",
                f"--server={self.place.public_url}",
                "--scriptpath=/w",
                f"--pass={ADMIN.password}",
                "--skins=Vector",
                "Space sandbox",
                ADMIN.name,
            ],
            environment,
        )
        shutil.rmtree(scratch)

    def _forget_caches(self) -> None:
        (self.place.folder / "generation").write_text(secrets.token_hex(8), "utf-8")

    def _environment(self) -> dict[str, str]:
        return os.environ | {
            "MW_CONFIG_FILE": str(SETTINGS / "LocalSettings.php"),
            "SPACE_SANDBOX_WIKI": str(self.place.folder),
            "SPACE_SANDBOX_TREE": str(self.place.tree),
        }


def _write(path: Path, value: object) -> None:
    """Replace a JSON file atomically: the wiki may read it at any moment."""
    new = path.with_suffix(".new")
    new.write_text(json.dumps(value, ensure_ascii=False, indent=1), "utf-8")
    new.replace(path)


def _run(command: list[str], environment: dict[str, str]) -> str:
    done = subprocess.run(  # noqa: S603 - the sandbox's own programs
        command, env=environment, capture_output=True, text=True, check=False
    )
    if done.returncode:
        raise SandboxError(
            f"{' '.join(command)} failed:\n{(done.stdout + done.stderr)[-3000:]}"
        )
    return done.stdout
