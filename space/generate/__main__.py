"""`python -m space.generate`: write the generated files, or only look.

With `--check` it names the stale ones, with `--shares` how much is translated.
"""

import argparse
import sys

from space.generate.artefacts import ROOT, refresh, stale
from space.generate.page_translations import outdated
from space.generate.shares import shares


def main(arguments: list[str] | None = None) -> int:
    """Exit code: 0 fine or written, 1 `--check` found stale files.

    Translations of pages whose English has changed since are listed, which is no fault.
    """
    parser = argparse.ArgumentParser(
        prog="python -m space.generate", description=__doc__
    )
    parser.add_argument(
        "--check", action="store_true", help="write nothing; list what is stale"
    )
    parser.add_argument(
        "--shares", action="store_true", help="write nothing; count translations"
    )
    asked = parser.parse_args(arguments)
    if asked.shares:
        for share in shares(ROOT / "i18n"):
            sys.stdout.write(f"{share}\n")
        return 0
    check = asked.check
    paths = tuple(stale()) if check else refresh()
    for path in paths:
        sys.stdout.write(f"{'stale' if check else 'written'}: {path}\n")
    for path, digest in outdated(ROOT).items():
        sys.stdout.write(f"outdated: {path}; its English is {digest} now\n")
    return 1 if check and paths else 0


if __name__ == "__main__":
    sys.exit(main())
