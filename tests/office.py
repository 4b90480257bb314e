"""LibreOffice as another program that opens and saves our files, and texts to try it with."""

import os
import shutil
import subprocess
from pathlib import Path

import pytest

ODD = [
    "plain",
    "=1+1",
    '=HYPERLINK("http://x";"y")',
    "+47 22 33 44",
    "- yes, I said",
    "@home",
    "\tindented",
    "\r=1+1",
    "'quoted",
    "''twice",
    "#N/A",
    "TRUE",
    "0012",
    "1e5",
    "3,14",
    "2026-03-01",
    "http://example.org/?a=1&b=2",
    " leading and trailing ",
    "one\ntwo\n\nfour",
    "“already quoted”",
    "<b>&amp;</b>",
    "<r>1</r>",
    "<r><t>x</t></r>",
    "_x0041_ and _x000D_x0042_",
    "{=1}",
    "😀 漢字 åéß",
    "e\u0301 is not é",
    "\x00\x01\x0b\x1f\x7f",
    "\ud83d half",
    "w" * 32_767,
    "long " * 8_000,
]


def program() -> str:
    """Return where LibreOffice is; skip the test where it is not, except in CI."""
    found = shutil.which("soffice") or shutil.which("libreoffice")
    if not found:
        if os.environ.get("CI"):
            pytest.fail("LibreOffice (soffice) is needed in CI")
        pytest.skip("LibreOffice (soffice) is not installed")
    return found


def convert(soffice: str, path: Path, to: str) -> Path:
    """Open a file in LibreOffice and save it in another format, in a folder of its own."""
    out = path.parent / "out"
    command = [
        soffice,
        f"-env:UserInstallation={(path.parent / 'profile').as_uri()}",
        "--headless",
        "--convert-to",
        to,
        "--outdir",
        str(out),
        str(path),
    ]
    done = subprocess.run(command, capture_output=True, text=True, timeout=300, check=False)
    assert out.is_dir(), done.stderr
    return out
