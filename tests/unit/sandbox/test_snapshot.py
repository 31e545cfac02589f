import sqlite3
from contextlib import closing
from pathlib import Path

from sandbox.snapshot import copy_databases, waiting_jobs


def write(path: Path, *values: int) -> None:
    path.parent.mkdir(exist_ok=True)
    with closing(sqlite3.connect(path)) as database, database:
        database.execute("create table if not exists t (v)")
        database.executemany("insert into t values (?)", [(v,) for v in values])


def read(database: sqlite3.Connection) -> list[int]:
    return [row[0] for row in database.execute("select v from t order by v")]


def test_databases_when_copied_back_are_as_they_were(tmp_path: Path) -> None:
    live, kept = tmp_path / "live", tmp_path / "kept"
    write(live / "a.sqlite", 1)
    write(live / "b.sqlite", 2)
    copy_databases(live, kept)
    write(live / "a.sqlite", 3)
    copy_databases(kept, live)
    with closing(sqlite3.connect(live / "a.sqlite")) as database:
        assert read(database) == [1]


def test_program_when_it_has_the_database_open_sees_the_restored_state(
    tmp_path: Path,
) -> None:
    live, kept = tmp_path / "live", tmp_path / "kept"
    write(live / "a.sqlite", 1)
    copy_databases(live, kept)
    with closing(sqlite3.connect(live / "a.sqlite")) as database:
        write(live / "a.sqlite", 2)
        assert read(database) == [1, 2]
        copy_databases(kept, live)
        assert read(database) == [1]


def test_jobs_when_claimed_by_a_runner_do_not_wait(tmp_path: Path) -> None:
    with closing(sqlite3.connect(tmp_path / "wiki_jobqueue.sqlite")) as queue, queue:
        queue.execute("create table job (job_token text)")
        queue.execute("insert into job values (''), (''), ('claimed')")
    assert waiting_jobs(tmp_path) == 2
