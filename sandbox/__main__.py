"""`python -m sandbox up|down|seed|status|env|demo|reset`: the sandbox by hand."""

import argparse
import os
import shlex
import sys
from collections.abc import Callable, Mapping, Sequence

from sandbox.accounts import ACCOUNTS, PASSWORD
from sandbox.errors import SandboxError
from sandbox.gateway.service import GatewayService
from sandbox.place import place_from
from sandbox.settings import OAUTH_SIGN_IN, settings_of
from sandbox.stack import Stack
from sandbox.tree import ensure_tree
from sandbox.wiki import SandboxWiki


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; 0 if it worked, 1 if not, with the reason on stderr."""
    options = _parser().parse_args(arguments)
    place = place_from(
        os.environ,
        folder=options.dir,
        name=options.name,
        port=options.port,
        gateway_port=options.gateway_port,
        tool_port=options.tool_port,
    )
    try:
        return COMMANDS[options.command](SandboxWiki(place, options.workers))
    except SandboxError as problem:
        print(problem, file=sys.stderr)
        return 1


def _up(wiki: SandboxWiki) -> int:
    """Start wiki, gateway and job runner; nothing that runs is started twice."""
    Stack(wiki).start()
    return _status(wiki)


def _down(wiki: SandboxWiki) -> int:
    """End everything; what was written stays."""
    Stack(wiki).stop()
    return 0


def _reset(wiki: SandboxWiki) -> int:
    """End everything and delete the wiki; the unpacked MediaWiki stays."""
    Stack(wiki).stop()
    wiki.remove()
    return 0


def _seed(wiki: SandboxWiki) -> int:
    """Fill the running wiki with the sample content."""
    from sandbox import seed  # noqa: PLC0415 - starting needs no codec

    seed.main(wiki)
    return 0


def _status(wiki: SandboxWiki) -> int:
    """Print what runs where; 1 if something that `up` starts does not run."""
    services = Stack(wiki).services
    for service in services:
        state = f"running ({service.process})" if service.process else "not running"
        print(f"{service.name:8} {state}")
    print(f"wiki     {wiki.place.public_url}/wiki/Main_Page")
    print(f"folder   {wiki.place.folder}")
    print(f"password {PASSWORD} for all of:")
    for account in ACCOUNTS:
        print(f"  {account.name:10} {', '.join(account.groups) or '-'}")
    return 0 if all(service.process for service in services) else 1


def _env(wiki: SandboxWiki) -> int:
    """Print the settings of tool and bots for this sandbox, as a shell reads them."""
    for name, value in settings_of(wiki).items():
        print(f"export {name}={shlex.quote(value)}")
    other = " ".join(f"{name}={shlex.quote(v)}" for name, v in OAUTH_SIGN_IN.items())
    print(f"# The bot by OAuth 1.0a instead of its password: export {other}")
    return 0


def _fetch(wiki: SandboxWiki) -> int:
    """Unpack MediaWiki, so that later starts need no network."""
    ensure_tree(wiki.place.tree)
    return 0


def _demo(wiki: SandboxWiki) -> int:
    """Run wiki, tool and bots with sample content in the foreground."""
    from sandbox import demo  # noqa: PLC0415 - as `_seed`

    demo.run(wiki)
    return 0


def _jobs(wiki: SandboxWiki) -> int:
    """Run the wiki's jobs until ended; `up` starts this as a program."""
    Stack(wiki).run_jobs_forever()
    return 0


def _gateway(wiki: SandboxWiki) -> int:
    """Run the sign-in gateway until ended; `up` starts this as a program."""
    GatewayService(wiki.place).run()
    return 0


COMMANDS: Mapping[str, Callable[[SandboxWiki], int]] = {
    "up": _up,
    "down": _down,
    "seed": _seed,
    "status": _status,
    "env": _env,
    "fetch": _fetch,
    "demo": _demo,
    "jobs": _jobs,
    "gateway": _gateway,
    "reset": _reset,
}


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m sandbox",
        description="A disposable real MediaWiki.",
        epilog="\n".join(f"{name:7} {run.__doc__}" for name, run in COMMANDS.items()),
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("command", choices=COMMANDS)
    parser.add_argument("--dir", help="base folder (SPACE_SANDBOX_DIR, or .sandbox)")
    parser.add_argument("--name", default="demo", help="the wiki's folder in it")
    parser.add_argument("--port", type=int, help="wiki (SPACE_SANDBOX_PORT, or 8080)")
    parser.add_argument("--gateway-port", type=int, help="default: wiki's + 10")
    parser.add_argument("--tool-port", type=int, help="default: wiki's + 20")
    parser.add_argument("--workers", type=int, default=1, help="of PHP, default 1")
    return parser


if __name__ == "__main__":
    sys.exit(main())
