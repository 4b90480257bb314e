"""`workbench ui`: what it says before it serves; the app itself is tried in tests/browser."""

import os
import socket
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from workbench.cli import serving
from workbench.errors import BadValue


def test_a_project_that_is_none_is_refused_before_anything_is_served(tmp_path, monkeypatch, capsys):
    from workbench.cli.projects import ui
    from workbench.errors import NotAProject

    monkeypatch.setattr(serving, "serve", lambda *_, **__: pytest.fail("served"))
    with pytest.raises(NotAProject, match="there is no such file"):
        ui(str(tmp_path / "nowhere.fwb"))
    assert capsys.readouterr().out == ""


def test_a_port_on_which_something_listens_is_refused_and_otherwise_passed_over(monkeypatch):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        with pytest.raises(BadValue, match="one on which nothing listens yet"):
            serving.free_port(port)
        monkeypatch.setattr(serving, "FIRST_PORT", port)
        assert serving.free_port(None) > port


def test_both_ways_to_start_the_app_have_the_same_settings():
    text = (Path(__file__).resolve().parents[2] / ".streamlit" / "config.toml").read_text()
    flat = {}

    def flatten(table, before):
        for key, value in table.items():
            if isinstance(value, dict):
                flatten(value, f"{before}{key}.")
            else:
                flat[f"{before}{key}"] = value

    flatten(tomllib.loads(text), "")
    assert flat == serving.SETTINGS


ADVERTISED = """
from streamlit.web import bootstrap, skills
from workbench.cli import serving
bootstrap.run = lambda *_: print("withheld:", skills.nudge_suppression_reason())
serving.serve(None, 8501, open_browser=True)
"""


def test_nothing_of_streamlits_is_advertised_on_the_pages(tmp_path):
    (tmp_path / ".cursor").mkdir()  # a program for which Streamlit has something to install
    told = subprocess.run(
        [sys.executable, "-c", ADVERTISED],
        env={**os.environ, "HOME": str(tmp_path)},
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=True,
    )
    assert told.stdout == "withheld: welcome_hidden\n"
