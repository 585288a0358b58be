"""What npm brings to these tests, and how it is asked: axe-core's source and html-validate's verdict.

`make test` installs both from `package-lock.json` beside this file into `.cache/npm`, wherever there is npm.
html-validate stays at 9, the last to run on the Node 18 of Debian 12.
"""

from __future__ import annotations

import json
import subprocess
from dataclasses import dataclass
from pathlib import Path

from tests.browser.served import ROOT

NPM = ROOT / ".cache" / "npm" / "node_modules"

#: What HTML's own standard asks for, not what people prefer; and no style in the markup.
CONFIG = Path(__file__).parent / "htmlvalidate.json"


@dataclass(frozen=True, slots=True, order=True)
class Fault:
    """What html-validate finds wrong: in which file, which rule, and where."""

    file: str
    rule: str
    message: str
    line: int


def faults(folder: Path, verdict: Path) -> list[Fault]:
    """Return what html-validate finds wrong in the HTML files of a folder; `verdict` is a file to write on the way."""
    program = NPM / "html-validate" / "bin" / "html-validate.mjs"
    command = ["node", str(program), "--config", str(CONFIG), "--formatter", f"json={verdict}", str(folder)]
    done = subprocess.run(command, capture_output=True, text=True, check=False, cwd=ROOT)
    assert verdict.exists(), done.stderr
    return sorted(
        Fault(Path(page["filePath"]).stem, found["ruleId"], found["message"], found["line"])
        for page in json.loads(verdict.read_text("utf-8"))
        for found in page["messages"]
    )
