"""How much memory a process has, and has had, as Linux tells it.

This loads nothing else: who measures a process from inside would count that, too.
"""

from pathlib import Path


def most_memory(process: int) -> float:
    """The most megabytes of memory a process has had."""
    return _megabytes(process, "VmHWM")


def memory_now(process: int) -> float:
    """Megabytes of memory that a process has."""
    return _megabytes(process, "VmRSS")


def _megabytes(process: int, name: str) -> float:
    status = Path(f"/proc/{process}/status").read_text(encoding="ascii")
    line = next(line for line in status.splitlines() if line.startswith(name))
    return int(line.split()[1]) / 1024
