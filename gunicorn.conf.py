"""gunicorn for Toolforge: little memory, logs without addresses of visitors.

https://docs.gunicorn.org/en/stable/settings.html; the port comes from `PORT`.
"""

import os
from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from gunicorn.glogging import Logger

from tool.logs import EscapedAtoms
from tool.start_up import make_index
from tool.upstream.call_limits import WAITERS

HEALTH = "/healthz"

workers = 2
threads = 2 * WAITERS  # so that half of them never wait for a wiki
timeout = 60
max_requests = 5000
max_requests_jitter = 500
control_socket_disable = True  # nobody asks by it
accesslog = "-"
# No address, no user agent, no query: what people search for is theirs.
access_log_format = "%(m)s %(U)s %(s)s %(B)s %(L)s"


def on_starting(_server: object) -> None:
    """Make the tables of this version while no worker's start is timed."""
    make_index(os.environ)


class QuietLogger(Logger):
    """Leaves out the health checks, which come every few seconds; escapes the rest."""

    atoms_wrapper_class = EscapedAtoms

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


logger_class = QuietLogger
