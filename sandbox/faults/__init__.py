"""HTTP proxy before a wiki that fails in a chosen way, for tests and for drills.

    python -m sandbox.faults http://127.0.0.1:8090 --port 8095 --fault silent

`catalogue` has the faults, `proxy` the proxy, which a test programs by rules: which
fault, for which requests (`asked`), and how often.
"""

from sandbox.faults.asked import AskedRequest, Concern
from sandbox.faults.broken import STATUSES
from sandbox.faults.catalogue import AFTER_ACTING, ALL, BROKEN, REFUSED
from sandbox.faults.fault import Fault
from sandbox.faults.proxy import FaultProxy

__all__ = [
    "AFTER_ACTING",
    "ALL",
    "BROKEN",
    "REFUSED",
    "STATUSES",
    "AskedRequest",
    "Concern",
    "Fault",
    "FaultProxy",
]
