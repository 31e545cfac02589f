"""The known state of a wiki's databases, and the way back to it in milliseconds."""

import sqlite3
from contextlib import closing
from pathlib import Path


def copy_databases(source: Path, target: Path) -> None:
    """Copy every SQLite file of one folder over those of another, page by page.

    Uses SQLite's online backup: programs that have the target open see the new
    content at their next transaction. Files that only the target has are emptied of
    meaning for nobody, so they are left.
    """
    target.mkdir(parents=True, exist_ok=True)
    for path in sorted(source.glob("*.sqlite")):
        with (
            closing(sqlite3.connect(path, timeout=30)) as old,
            closing(sqlite3.connect(target / path.name, timeout=30)) as new,
        ):
            old.backup(new)


def waiting_jobs(data: Path) -> int:
    """How many jobs of the wiki wait to be run."""
    with closing(sqlite3.connect(data / "wiki_jobqueue.sqlite", timeout=30)) as queue:
        query = "select count(*) from job where job_token = ''"
        (count,) = queue.execute(query).fetchone()
        return int(count)
