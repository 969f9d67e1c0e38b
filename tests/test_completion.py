"""What the shell completes."""

import shutil
import subprocess

import pytest

from jobsearch_stats.cli import main
from jobsearch_stats.cli_args import SHELLS
from jobsearch_stats.strategies import STRATEGIES

BASH = shutil.which("bash")


@pytest.fixture(scope="module")
def script(tmp_path_factory):
    import contextlib
    import io

    out = io.StringIO()
    with contextlib.redirect_stdout(out):
        assert main(["completion", "bash"]) == 0
    path = tmp_path_factory.mktemp("shell") / "completion.bash"
    path.write_text(out.getvalue(), encoding="utf-8")
    return path


def completed(script, *words):
    """Return what bash offers for the last of the words."""
    quoted = " ".join(f"'{word}'" for word in words)
    code = (
        f"source '{script}'; COMP_WORDS=(jobsearch-stats {quoted}); COMP_CWORD={len(words)}; "
        '_shtab_jobsearch_stats; printf "%s\\n" "${COMPREPLY[@]}"'
    )
    done = subprocess.run(
        [BASH, "-c", code], capture_output=True, text=True, check=True, cwd=script.parent
    )
    return done.stdout.split()


@pytest.mark.skipif(BASH is None, reason="bash is not on this machine")
def test_bash_completes_commands_options_strategies_and_files(script):
    assert completed(script, "ag") == ["agenda"]
    assert "--strategy" in completed(script, "agenda", "--str")
    assert completed(script, "agenda", "--strategy", "") == list(STRATEGIES)
    (script.parent / "my_search.csv").touch()
    assert completed(script, "agenda", "my_") == ["my_search.csv"]


@pytest.mark.parametrize("shell", SHELLS)
def test_every_shell_has_its_script(shell, capsys):
    assert main(["completion", shell]) == 0
    out = capsys.readouterr().out
    assert "jobsearch-stats" in out
    assert "follow-ups" in out
