"""Running the small Node programs of `tests/support`."""

import json
import subprocess
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parent


def run_node(program: str, text: str) -> Any:
    """What a program prints, as JSON, of a text on its standard input."""
    done = subprocess.run(
        ["node", FOLDER / program],
        input=text.encode(),
        capture_output=True,
        timeout=60,
        check=False,
    )
    assert done.returncode == 0, done.stderr.decode()[-2000:]
    return json.loads(done.stdout)
