import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[3]
SKIPPED = "import pytest\n\ndef test_one():\n    pytest.skip('something is missing')\n"


@pytest.mark.parametrize(("ci", "code"), [("true", 1), ("", 0)])
def test_run_when_a_test_is_skipped_fails_in_ci_only(
    tmp_path: Path, ci: str, code: int
) -> None:
    test = tmp_path / "test_skipped.py"
    test.write_text(SKIPPED, "utf-8")
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-p", "tests.conftest", str(test)],
        cwd=ROOT,
        env=os.environ | {"CI": ci, "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == code, done.stdout
    assert "1 skipped" in done.stdout
