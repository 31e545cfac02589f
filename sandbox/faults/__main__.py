"""HTTP proxy before a wiki that fails in a chosen way, for tests and for drills.

    python -m sandbox.faults http://127.0.0.1:8090 --port 8095 --fault silent

Set `SPACE_WIKI_URL` of the tool or the bots to the proxy's address, with the path of
the wiki's api.php. Each line that is typed names the next fault; with a word after it
only requests about that fail: edit, token, sign-in, read or page. `none` lets all pass,
`away` listens no more until the next fault, `list` shows all faults.
"""

import argparse
import sys
from collections.abc import Sequence

from sandbox.faults.asked import Concern
from sandbox.faults.broken import NONE
from sandbox.faults.catalogue import ALL
from sandbox.faults.proxy import FaultProxy

AWAY, LIST = "away", "list"


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a proxy until the end of the input; each line names the next fault."""
    parser = argparse.ArgumentParser(
        prog="python -m sandbox.faults",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("target", help="origin of the wiki, http only")
    parser.add_argument("--port", type=int, default=8095)
    parser.add_argument("--fault", default=NONE.name, help="the first fault")
    options = parser.parse_args(arguments)
    with FaultProxy(options.target, options.port).serving() as proxy:
        print(proxy.url, _told(proxy, options.fault), flush=True)
        for line in sys.stdin:
            print(proxy.url, _told(proxy, line), flush=True)
    return 0


def _told(proxy: FaultProxy, line: str) -> str:
    """Do what a line says; what to print of it."""
    name, *about = line.split() or [LIST]
    if name == AWAY:
        proxy.leave()
        return AWAY
    if name not in ALL or not set(about) <= set(Concern):
        return "".join(f"\n  {each.name}: {each.means}" for each in ALL.values())
    proxy.heal()
    proxy.fail(ALL[name], *map(Concern, about))
    proxy.come_back()
    return " ".join((name, *about))


if __name__ == "__main__":
    sys.exit(main())
