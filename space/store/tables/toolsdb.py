"""The database of `SPACE_DATABASE_URL`, on ToolsDB with Toolforge's credentials.

https://wikitech.wikimedia.org/wiki/Help:Toolforge/ToolsDB
"""

from functools import partial

from sqlalchemy import Engine, make_url

from space.store.tables.engine import open_engine

HOST = "tools.db.svc.wikimedia.cloud"


def open_database(address: str, *, scoped: bool = False) -> Engine:
    """An engine for the address; ToolsDB's may come without a user and password.

    Then they are those of the tool's account (`TOOL_TOOLSDB_USER`, or its
    `replica.my.cnf`), which the `toolforge` library finds. What follows `?` in an
    address is for the driver (`pymysql.connections.Connection`). `scoped` is that of
    `space.store.tables.engine.open_engine`.
    """
    url = make_url(address)
    if url.host != HOST or url.username is not None or url.database is None:
        return open_engine(url, scoped=scoped)
    import toolforge  # noqa: PLC0415 - it brings requests, which only Toolforge needs

    options = {name: str(value) for name, value in url.query.items()}
    connect = partial(toolforge.toolsdb, url.database, **options)
    return open_engine(url, connect, scoped=scoped)
