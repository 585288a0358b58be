import json
import subprocess
import sys

import pytest


@pytest.mark.parametrize(("how", "kills"), [("crash", 50), ("sigkill", 3)])
def test_killing_add_at_random_moments_leads_to_the_same_archive(how: str, kills: int) -> None:
    command = [sys.executable, "-m", "tests.index.killing", how, "--kills", str(kills)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    result = json.loads(done.stdout)
    assert result["different"] == []
    assert result["kills"] >= kills
