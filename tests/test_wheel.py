"""What is shipped: built, installed away from the repository, and used there as a user does.

Nothing is fetched: the dependencies are those of the environment that runs the tests.
"""

import csv
import json
import os
import socket
import subprocess
import sys
import sysconfig
import tarfile
import time
import urllib.error
import urllib.request
import zipfile
from pathlib import Path

import pytest

import jobsearch_stats as js
from jobsearch_stats import lab

ROOT = Path(__file__).resolve().parents[1]
NOTEBOOKS = sorted(path.name for path in (ROOT / "notebooks").glob("0*.ipynb"))
SAMPLE = sorted(path.name for path in (ROOT / "data" / "sample").iterdir())
SHIPPED = "jobsearch_stats/_shipped"

SHEET = """Company,Position,Date applied,Interview,Interviewer,Phone,They decide by
Acme,Analyst,2026-02-01,2026-03-03,Jana Novak,555-0100,2026-03-09
Beta,Clerk,2026-02-02,2026-03-04,Ben Lark,555-0101,2026-03-12
"""
LONG = 120  # seconds within which a program has started on a busy machine


def run(*command, **how):
    """Run a program and return what it said; it must end well."""
    done = subprocess.run(
        [*map(str, command)], capture_output=True, text=True, timeout=LONG, check=False, **how
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def built(target, source, folder):
    """Build a wheel or an sdist without the network, and return its path."""
    run(sys.executable, "-m", "hatchling", "build", "-t", target, "-d", folder, cwd=source)
    (path,) = folder.iterdir()
    return path


@pytest.fixture(scope="module")
def wheel(tmp_path_factory):
    return built("wheel", ROOT, tmp_path_factory.mktemp("wheel"))


@pytest.fixture(scope="module")
def sdist(tmp_path_factory):
    return built("sdist", ROOT, tmp_path_factory.mktemp("sdist"))


@pytest.fixture(scope="module")
def installed(wheel, tmp_path_factory):
    """A fresh environment with the wheel in it, which sees the dependencies."""
    where = tmp_path_factory.mktemp("Söhne & Co") / "venv"
    run(sys.executable, "-m", "venv", "--without-pip", where)
    bin_ = where / "bin"
    pip = [sys.executable, "-m", "pip", "--python", bin_ / "python", "install", "--quiet"]
    run(*pip, "--no-deps", "--no-index", "--disable-pip-version-check", wheel)
    ask = "import sysconfig; print(sysconfig.get_path('purelib'))"
    packages = Path(run(bin_ / "python", "-c", ask).strip())
    (packages / "dependencies.pth").write_text(sysconfig.get_path("purelib") + "\n")
    for name in ("share", "etc"):  # what JupyterLab is made of lies there
        (where / name).symlink_to(Path(sys.prefix) / name)
    return where


@pytest.fixture
def work(tmp_path, monkeypatch):
    """An empty folder away from the repository, and a home that nobody has used."""
    for name in [*os.environ]:
        if name.startswith(("JOBSEARCH_", "JUPYTER", "PYTHON", "COVERAGE")):
            monkeypatch.delenv(name)
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    monkeypatch.setenv("PYTHONWARNINGS", "ignore")  # those of other people's packages
    folder = tmp_path / "my search, Söhne"
    folder.mkdir()
    return folder


def jobsearch(installed, work, *args):
    return run(installed / "bin" / "jobsearch-stats", *args, cwd=work)


# What is in it


def test_the_wheel_has_the_package_the_notebooks_and_the_sample_and_nothing_else(wheel):
    names = zipfile.ZipFile(wheel).namelist()
    ours = {name for name in names if not name.startswith("jobsearch_stats-")}
    source = {
        str(path.relative_to(ROOT / "src"))
        for path in (ROOT / "src").rglob("*")
        if path.is_file() and path.suffix != ".pyc"
    }
    shipped = {f"{SHIPPED}/notebooks/{name}" for name in NOTEBOOKS}
    shipped |= {f"{SHIPPED}/sample/{name}" for name in SAMPLE}
    shipped |= {f"{SHIPPED}/docs/{name}" for name in lab._DOCS}
    assert len(shipped) == 15
    assert ours == source | shipped


def test_what_is_shipped_is_what_the_repository_has(wheel):
    with zipfile.ZipFile(wheel) as archive:
        for name in NOTEBOOKS:
            content = archive.read(f"{SHIPPED}/notebooks/{name}")
            assert content == (ROOT / "notebooks" / name).read_bytes()
        for name in SAMPLE:
            content = archive.read(f"{SHIPPED}/sample/{name}")
            assert content == (ROOT / "data" / "sample" / name).read_bytes()
        for name in lab._DOCS:
            assert archive.read(f"{SHIPPED}/docs/{name}") == (ROOT / "docs" / name).read_bytes()


PRIVATE = (
    "notebooks/private/02_whom_to_call_today.ipynb",
    "notebooks/private/my_log/events.csv",
    "notebooks/06_mine.ipynb",
    "notebooks/jobsearch.json",
    "notebooks/.ipynb_checkpoints/01_import_your_log-checkpoint.ipynb",
    "data/my_search.csv",
    "data/sample/mine.csv",
    "data/sample/private/mine.csv",
    "my_search.xlsx",
    "jobsearch_notebooks/jobsearch.json",
    "docs/my_search.csv",
    "src/my_search.csv",
)


@pytest.mark.parametrize("target", ["wheel", "sdist"])
def test_private_things_that_lie_in_the_repository_are_not_shipped(sdist, target, tmp_path):
    """Without git's list of what it leaves out, as somebody may build from an unpacked archive."""
    with tarfile.open(sdist) as archive:
        archive.extractall(tmp_path, filter="data")
    (source,) = tmp_path.iterdir()
    (source / ".gitignore").unlink()
    for name in PRIVATE:
        (source / name).parent.mkdir(parents=True, exist_ok=True)
        (source / name).write_text("personal")
    folder = tmp_path / "out"
    folder.mkdir()
    path = built(target, source, folder)
    if target == "wheel":
        with zipfile.ZipFile(path) as archive:
            contents = [archive.read(name) for name in archive.namelist()]
    else:
        with tarfile.open(path) as archive:
            contents = [archive.extractfile(m).read() for m in archive if m.isfile()]
    assert len(contents) > 100
    assert b"personal" not in contents


def test_the_sdist_has_what_its_wheel_needs(sdist, wheel, tmp_path):
    with tarfile.open(sdist) as archive:
        names = {name.split("/", 1)[1] for name in archive.getnames()}
        archive.extractall(tmp_path, filter="data")
    assert {"README.md", "LICENSE", "CHANGELOG.md", "pyproject.toml", "Makefile"} <= names
    assert {"tests/test_wheel.py", "tools/lab.py", "docs/rules.md", "requirements.lock"} <= names
    (source,) = tmp_path.iterdir()
    folder = tmp_path / "out"
    folder.mkdir()
    again = built("wheel", source, folder)
    assert zipfile.ZipFile(again).namelist() == zipfile.ZipFile(wheel).namelist()


# What it does where it is installed


def test_the_command_knows_its_version_and_shows_the_sample(installed, work):
    assert jobsearch(installed, work, "--version").strip() == js.__version__
    said = jobsearch(installed, work, "agenda")
    assert said.startswith("The made-up sample as of Tue 10 March 2026")
    here = run(sys.executable, "-m", "jobsearch_stats", "agenda")
    assert said == here
    assert list(work.iterdir()) == []


def test_the_repository_is_not_on_its_path(installed, work):
    code = (
        "import sys, json, jobsearch_stats as js; from jobsearch_stats.sample import *; "
        "print(json.dumps([js.__file__, str(sample_path()), str(REPOSITORY), sys.path]))"
    )
    file, sample, repository, paths = json.loads(
        run(installed / "bin" / "python", "-c", code, cwd=work)
    )
    assert Path(file).is_relative_to(installed)
    assert Path(sample).is_relative_to(installed)
    assert repository == "None"
    assert not {str(ROOT), str(ROOT / "src")} & set(paths)


def free_port():
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return free.getsockname()[1]


def asked(port, path, *, root="api", method="GET"):
    """Ask the server, by its token, and return its answer."""
    request = urllib.request.Request(
        f"http://127.0.0.1:{port}/{root}/{path}",
        headers={"Authorization": "token secret"},
        method=method,
    )
    direct = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    with direct.open(request, timeout=30) as answer:
        return json.loads(answer.read() or "null")


def once_up(port, program):
    """Return what the server lists, as soon as it answers."""
    until = time.monotonic() + LONG
    while time.monotonic() < until and program.poll() is None:
        try:
            return asked(port, "contents")
        except (urllib.error.URLError, ConnectionError):
            time.sleep(0.2)
    program.kill()
    raise AssertionError(program.communicate()[0])


def test_lab_opens_jupyterlab_on_the_copied_notebooks(installed, work):
    (work / "log.csv").write_text(SHEET, encoding="utf-8")
    port = free_port()
    settings = [f"--ServerApp.port={port}", "--ServerApp.port_retries=0"]
    settings += ["--ServerApp.ip=127.0.0.1", "--IdentityProvider.token=secret"]
    command = [installed / "bin" / "jobsearch-stats", "lab", "log.csv", "--no-browser", "--"]
    with subprocess.Popen(
        [*map(str, command), *settings],
        cwd=work,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    ) as program:
        listed = once_up(port, program)
        names = {found["name"] for found in listed["content"]}
        first = asked(port, f"contents/{NOTEBOOKS[0]}")["content"]["cells"]
        kernels = asked(port, "kernelspecs")
        news = asked(port, "settings/@jupyterlab/apputils-extension:notification", root="lab/api")
        asked(port, "shutdown", method="POST")
        said = program.communicate(timeout=LONG)[0]
    assert program.returncode == 0, said
    assert {*NOTEBOOKS, "jobsearch.json"} <= names
    assert first[0]["source"].startswith("# Import your log")
    assert kernels["default"] == "python3"
    # else it asks whether to fetch news
    assert news["schema"]["properties"]["fetchNews"]["default"] == "false"
    assert news["schema"]["properties"]["checkForUpdates"]["default"] is False
    assert "Extension Manager is 'readonly'" in said
    assert "5 new, 0 as they were." in " ".join(said.split())


EXECUTE = """
import sys, nbformat, nbclient
book = nbformat.read(sys.argv[1], as_version=4)
book.cells.append(nbformat.v4.new_code_cell(
    "import sys, jobsearch_stats; print(jobsearch_stats.__file__, *sys.path, sep='\\\\n')"
))
class QuietClient(nbclient.NotebookClient):  # as in tools/run_notebooks.py
    def on_comm_open_jupyter_widget(self, _msg):
        pass
QuietClient(
    book, timeout=100, kernel_name="python3", extra_arguments=["--log-level=ERROR"]
).execute()
nbformat.write(book, sys.argv[1])
"""


def test_a_copied_notebook_runs_on_ones_own_log(installed, work):
    """As any program does that opens it later: it finds the log by the settings beside it."""
    (work / "log.csv").write_text(SHEET, encoding="utf-8")
    stop = ["--", "--version"]  # JupyterLab says its version, and ends
    options = ["--as-of", "2026-03-10", "--map", "Phone=notes"]
    jobsearch(installed, work, "lab", "log.csv", *options, *stop)
    folder = work / "jobsearch_notebooks"
    shown = ("'Phone': 'notes'", "Jana Novak")
    for name, mine in zip(NOTEBOOKS[:2], shown, strict=True):
        run(installed / "bin" / "python", "-c", EXECUTE, name, cwd=folder)
        cells = json.loads((folder / name).read_text(encoding="utf-8"))["cells"]
        outputs = [output for cell in cells for output in cell.get("outputs", [])]
        said = json.dumps(outputs, ensure_ascii=False)
        assert "log.csv, as of Tue 10 March 2026." in said
        assert mine in said
        assert "Osprey" not in said  # of the sample
        file, *paths = "".join(outputs[-1]["text"]).split("\n")
        assert Path(file).is_relative_to(installed)
        assert not {str(ROOT), str(ROOT / "src")} & set(paths)
    first = (folder / NOTEBOOKS[0]).read_text(encoding="utf-8")
    assert "keeps what was read in my_log beside this notebook" in first
    assert (work / "log.csv").read_text(encoding="utf-8") == SHEET
    assert sorted(path.name for path in work.iterdir()) == ["jobsearch_notebooks", "log.csv"]


def test_a_log_that_cannot_be_read_starts_nothing(installed, work):
    done = subprocess.run(
        [installed / "bin" / "jobsearch-stats", "lab", "gone.csv"],
        cwd=work,
        capture_output=True,
        text=True,
        timeout=LONG,
        check=False,
    )
    assert done.returncode == 2
    assert "there is no file" in done.stderr
    assert list(work.iterdir()) == []


def test_the_sample_as_shipped_is_a_log(installed, work):
    """`check --format csv` reads all of it, wherever one stands."""
    rows = list(csv.reader(jobsearch(installed, work, "check", "--format", "csv").splitlines()))
    assert len(rows) > 5
