"""Copies of a wiki's databases, to return to a known state in milliseconds."""

import sqlite3
from contextlib import closing
from pathlib import Path


def copy_databases(source: Path, target: Path) -> None:
    """Copy every SQLite file of one folder over its namesake in another, page by page.

    SQLite's online backup does it: programs that have the target open see the new
    content at their next transaction. Files that only the target has stay. Nothing
    waits for the disk: what a crash of the machine leaves is not worth keeping.
    """
    target.mkdir(parents=True, exist_ok=True)
    for path in sorted(source.glob("*.sqlite")):
        with (
            closing(sqlite3.connect(path, timeout=30)) as old,
            closing(sqlite3.connect(target / path.name, timeout=30)) as new,
        ):
            new.execute("PRAGMA synchronous = OFF")
            old.backup(new)


def waiting_jobs(data: Path) -> int:
    """The number of jobs in the wiki's job queue."""
    with closing(sqlite3.connect(data / "wiki_jobqueue.sqlite", timeout=30)) as queue:
        query = "select count(*) from job where job_token = ''"
        (count,) = queue.execute(query).fetchone()
        return int(count)
