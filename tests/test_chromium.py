"""Which Chromium `make browser` takes, and what it says where there is none."""

import subprocess

import pytest

import chromium


def program(path):
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("#!/bin/sh\n", encoding="utf-8")
    path.chmod(0o755)
    return str(path)


@pytest.fixture
def path(tmp_path, monkeypatch):
    """An empty PATH, and no usual places."""
    monkeypatch.setenv("PATH", str(tmp_path / "bin"))
    monkeypatch.delenv("CHROMIUM", raising=False)
    monkeypatch.setattr(chromium, "MAC", ())
    return tmp_path


def test_the_one_that_is_named_is_taken(path):
    program(path / "bin" / "chromium")
    named = program(path / "mine")
    assert chromium.find({"CHROMIUM": named}) == named
    assert chromium.find({"CHROMIUM": str(path / "nothing")}) is None


def test_the_first_on_the_path_is_taken(path):
    assert chromium.find({}) is None
    chrome = program(path / "bin" / "google-chrome")
    assert chromium.find({}) == chrome
    first = program(path / "bin" / "chromium")
    assert chromium.find({"CHROMIUM": ""}) == first


def test_places_of_other_systems(path, monkeypatch):
    windows = program(path / "Programs" / "Google" / "Chrome" / "Application" / "chrome.exe")
    assert chromium.find({"PROGRAMFILES": str(path / "Programs")}) == windows
    mac = program(path / "Applications" / "Chromium")
    monkeypatch.setattr(chromium, "MAC", (mac,))
    assert chromium.find({}) == mac


def test_where_there_is_none_it_says_how_to_get_one(path, monkeypatch, capsys):
    monkeypatch.setattr(chromium, "is_root", lambda: False)
    assert chromium.main() == 1
    out, err = capsys.readouterr()
    assert not out
    assert "apt-get install chromium" in err
    assert "make browser CHROMIUM=" in err
    monkeypatch.setenv("CHROMIUM", "/no/such/program")
    assert chromium.main() == 1
    assert "CHROMIUM=/no/such/program is no program" in capsys.readouterr().err


@pytest.mark.parametrize("fails_at_first", [False, True])
def test_debians_is_installed_where_that_may_be_done(path, monkeypatch, capsys, fails_at_first):
    program(path / "bin" / "apt-get")
    ran = []

    def run(command, **_):
        ran.append(command)
        stale = fails_at_first and ("apt-get", "update") not in ran
        if command[1] == "install" and not stale:
            program(path / "bin" / "chromium")
        return subprocess.CompletedProcess(command, int(stale))

    monkeypatch.setattr(subprocess, "run", run)
    monkeypatch.setattr(chromium, "is_root", lambda: True)
    assert chromium.main() == 0
    assert capsys.readouterr().out.strip() == str(path / "bin" / "chromium")
    assert (("apt-get", "update") in ran) == fails_at_first
    assert ran[-1][-1] == "chromium"
