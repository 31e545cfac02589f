"""gunicorn for Toolforge: little memory, logs without addresses of visitors.

https://docs.gunicorn.org/en/stable/settings.html; the port comes from `PORT`.
"""

import ctypes
import os
from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from gunicorn.glogging import Logger

from space.logs import LineFormatter
from tool.logs import FORMAT, LogfmtAtoms
from tool.start_up import make_index
from tool.upstream.call_limits import WAITERS

HEALTH = "/healthz"
ALLOCATOR = {"M_ARENA_MAX": (-8, 1), "M_MMAP_THRESHOLD": (-3, 2**16)}
"""Setting of glibc's malloc → its number and a value (mallopt(3)).

Each thread would have an arena of its own, and keep what a long page took for a moment.
"""

workers = 2
threads = 2 * WAITERS  # so that half of them never wait for a wiki
timeout = 60
max_requests = 5000
max_requests_jitter = 500
control_socket_disable = True  # nobody asks by it
accesslog = "-"
access_log_format = FORMAT


def on_starting(_server: object) -> None:
    """Make the tables of this version while no worker's start is timed."""
    give_memory_back()
    make_index(os.environ)


class QuietLogger(Logger):
    """Leaves out the health checks, which come every few seconds; logfmt otherwise."""

    atoms_wrapper_class = LogfmtAtoms

    def setup(self, cfg: Any) -> None:
        """Make the handlers, as gunicorn's settings have them."""
        super().setup(cfg)
        for handler in self.error_log.handlers:
            handler.setFormatter(LineFormatter())

    def access(
        self,
        resp: Any,
        req: Any,
        environ: Mapping[str, Any],
        request_time: timedelta,
    ) -> None:
        """Log a request, unless it only asks if we live."""
        if environ.get("PATH_INFO") != HEALTH:
            super().access(resp, req, environ, request_time)


def give_memory_back() -> None:
    """Have workers, which are forks of this process, give back memory they used."""
    set_option = getattr(ctypes.CDLL(None), "mallopt", None)
    if set_option:
        for number, value in ALLOCATOR.values():
            set_option(number, value)


logger_class = QuietLogger
