"""Rows of a query, read through a connection of their own."""

from collections.abc import Iterator
from typing import Any

from sqlalchemy import Engine, Select

CHUNK = 500
"""How many rows are read at a time."""


def stream(
    engine: Engine, query: Select[Any], chunk: int = CHUNK
) -> Iterator[dict[str, Any]]:
    """The rows of a query by column name, a chunk of them in memory at a time."""
    with engine.connect() as connection:
        streamed = connection.execution_options(stream_results=True, yield_per=chunk)
        for row in streamed.execute(query).mappings():
            yield dict(row)
