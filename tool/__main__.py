"""The check-up of the web tool: `python -m tool --check`."""

import argparse
import os
import sys

from tool.check import check_up

if __name__ == "__main__":
    parser = argparse.ArgumentParser(
        prog="python -m tool",
        description="Look whether the web tool can run; gunicorn starts it.",
    )
    parser.add_argument("--check", action="store_true", required=True)
    parser.parse_args()
    sys.exit(check_up(os.environ))
