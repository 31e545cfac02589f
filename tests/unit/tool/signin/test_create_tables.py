from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from pathlib import Path
from threading import Barrier

import pytest
from sqlalchemy import inspect

from space.store.tables.engine import open_engine
from tool.signin.sessions import Sessions
from tool.wiki.renderings import Renderings

WORKERS = 4


def now() -> datetime:
    return datetime(2026, 11, 22, tzinfo=UTC)


@pytest.mark.parametrize("attempt", range(5))
def test_tables_when_several_workers_start_at_once_are_made_once(
    tmp_path: Path, attempt: int
) -> None:
    address = f"sqlite:///{tmp_path / f'{attempt}.sqlite'}"
    barrier = Barrier(WORKERS)

    def start() -> None:
        engine = open_engine(address)
        barrier.wait()
        for table in (Sessions(engine, "s" * 32, now), Renderings(engine, now)):
            table.create_tables()
        engine.dispose()

    with ThreadPoolExecutor(WORKERS) as workers:
        for done in [workers.submit(start) for _ in range(WORKERS)]:
            done.result()
    engine = open_engine(address)
    assert {"tool_session", "tool_rendering"} <= set(inspect(engine).get_table_names())
    engine.dispose()
