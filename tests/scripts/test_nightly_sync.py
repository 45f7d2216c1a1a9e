"""The real script, with a stand-in for the eig-sheets program that it runs."""

import os
import re
import signal
import subprocess

import pytest

from tests.effort import first, spread
from tests.scripts.conftest import executable, link_programs, wait_for


def test_it_runs_sync_from_its_own_checkout_and_logs_each_line_with_its_date(nightly):
    nightly.sync_does('echo "$1 $# $PWD"; echo "un avertissement" >&2')
    done = nightly.run()
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    assert nightly.said() == [
        "Début de la synchronisation.",
        f"sync 1 {nightly.root}",
        "un avertissement",
        "Synchronisation réussie.",
    ]
    dates = re.findall(r"^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d  ", nightly.log.read_text(encoding="utf-8"), re.MULTILINE)
    assert len(dates) == 4


def test_it_finds_its_checkout_through_a_link(nightly, tmp_path):
    link = tmp_path / "eig sheets de nuit"
    link.symlink_to(nightly.script)
    done = subprocess.run([link], env=nightly.env(), cwd=tmp_path, check=False)
    assert done.returncode == 0
    assert nightly.said()[-1] == "Synchronisation réussie."


def test_a_program_on_the_path_does_when_there_is_no_virtual_environment(nightly, tmp_path):
    (nightly.root / ".venv" / "bin" / "eig-sheets").unlink()
    executable(tmp_path / "bin" / "eig-sheets", '#!/bin/sh\necho "celui du PATH"\n')
    nightly.path = f"{tmp_path / 'bin'}:{nightly.path}"
    assert nightly.run().returncode == 0
    assert "celui du PATH" in nightly.said()


def test_a_missing_program_is_a_failure_that_names_the_remedy(nightly, health):
    (nightly.root / ".venv" / "bin" / "eig-sheets").unlink()
    nightly.settings(f"EIG_SHEETS_HEALTH_URL={health.url}\nEIG_SHEETS_ALERT=cat > alerte.txt\n")
    done = nightly.run()
    assert done.returncode == 127
    assert "make venv" in done.stderr
    assert nightly.said()[-1] == done.stderr.strip()
    assert health.asked == ["/ping/c0ffee-secret/fail"]
    assert (nightly.root / "alerte.txt").read_text(encoding="utf-8").startswith(done.stderr)


@pytest.mark.parametrize("code", [1, 2, 42, 143])
def test_the_exit_code_of_sync_is_kept(nightly, code):
    nightly.sync_does(f'echo "onglet Jury absent"; exit {code}')
    done = nightly.run()
    assert done.returncode == code
    assert f"(code {code})" in done.stderr
    assert str(nightly.log) in done.stderr
    assert nightly.said()[1] == "onglet Jury absent"


def test_a_last_line_without_an_end_is_logged(nightly):
    nightly.sync_does('printf "coupé"; exit 1')
    nightly.run()
    assert nightly.said()[1] == "coupé"


def test_it_needs_no_terminal_and_leaves_the_input_alone(nightly):
    nightly.sync_does('cat; test -t 0 && echo "un terminal"; exit 0')
    assert nightly.run().returncode == 0
    assert nightly.said() == ["Début de la synchronisation.", "Synchronisation réussie."]


@pytest.mark.parametrize("mask", [0o022, 0o000])
def test_what_a_night_makes_is_its_owner_s_alone_and_what_was_there_keeps_its_rights(nightly, mask):
    shared = nightly.root / "classeur.xlsx"
    shared.touch()
    shared.chmod(0o664)
    nightly.sync_does("echo x >> classeur.xlsx; echo x > nouveau.xlsx")
    nightly.settings("EIG_SHEETS_LOG_MAX_KB=1")
    before = os.umask(mask)
    try:
        nightly.run()
        nightly.log.write_text("x" * 2000, encoding="utf-8")
        nightly.run()
    finally:
        os.umask(before)
    state = nightly.root / ".eig-sheets"
    made = {path.name: path for path in (state, *state.rglob("*"), nightly.root / "nouveau.xlsx")}
    assert {*made} == {".eig-sheets", "logs", "nightly.log", "nightly.log.1", "nightly.log.lock", "nouveau.xlsx"}
    assert {name for name, path in made.items() if path.stat().st_mode & 0o077} == set()
    assert shared.stat().st_mode & 0o777 == 0o664


# ---- Settings


def test_settings_reach_sync_as_they_are_written_and_nothing_in_them_is_run(nightly):
    nightly.settings(
        "# un commentaire\n"
        "\n"
        "EIG_SHEETS_CONFIG=config/appel 2021.toml\r\n"
        '  export EIG_SHEETS_WORKBOOK="mon classeur.xlsx"\n'
        "OTHER=$(touch piege) `touch piege`; touch piege"
    )
    nightly.sync_does('printf "%s|" "$EIG_SHEETS_CONFIG" "$EIG_SHEETS_WORKBOOK" "$OTHER"')
    assert nightly.run().returncode == 0
    expected = "config/appel 2021.toml|mon classeur.xlsx|$(touch piege) `touch piege`; touch piege|"
    assert nightly.said()[1] == expected
    assert not (nightly.root / "piege").exists()


def test_a_byte_order_mark_is_no_part_of_the_settings(nightly):
    nightly.settings("\ufeffEIG_SHEETS_CONFIG=config/appel.toml\r\nEIG_SHEETS_WORKBOOK=campagne.xlsx\r\n")
    nightly.sync_does('printf "%s|" "$EIG_SHEETS_CONFIG" "$EIG_SHEETS_WORKBOOK"')
    assert nightly.run().returncode == 0
    assert nightly.said()[1] == "config/appel.toml|campagne.xlsx|"


def test_settings_can_be_another_file_named_from_where_one_is(nightly, tmp_path):
    nightly.settings("EIG_SHEETS_CONFIG=celle de tous les jours\n")
    (tmp_path / "essai du soir.env").write_text("EIG_SHEETS_CONFIG=essai\n", encoding="utf-8")
    nightly.sync_does('echo "$EIG_SHEETS_CONFIG"')
    assert nightly.run("essai du soir.env", cwd=tmp_path).returncode == 0
    assert nightly.said()[1] == "essai"


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("EIG_SHEETS_CONFIG=x\nEIG_SHEETS_WORKBOOK : x.xlsx\n", "La ligne 3 "),
        ("EIG_SHEETS_LOG_MAX_KB=beaucoup\n", "EIG_SHEETS_LOG_MAX_KB"),
        ("EIG_SHEETS_LOG_KEEP=0\n", "EIG_SHEETS_LOG_KEEP"),
        ("EIG_SHEETS_HEALTH_TIMEOUT=10s\n", "EIG_SHEETS_HEALTH_TIMEOUT"),
        ("EIG_SHEETS_LOG_DIR=/dev/null/ici\n", "EIG_SHEETS_LOG_DIR"),
    ],
)
def test_bad_settings_are_named_alerted_and_stop_the_run(nightly, text, named):
    alerted = nightly.root / "alerte.txt"
    nightly.sync_does("touch lance")
    nightly.settings(f"EIG_SHEETS_ALERT=cat > '{alerted}'\n{text}")
    done = nightly.run()
    assert done.returncode == 78
    assert named in done.stderr
    assert len(done.stderr.splitlines()) == 1
    assert alerted.read_text(encoding="utf-8").splitlines()[0] == done.stderr.strip()
    assert not (nightly.root / "lance").exists()


def test_a_settings_file_that_is_not_there_stops_the_run(nightly):
    done = nightly.run("/nulle/part.env")
    assert done.returncode == 78
    assert "/nulle/part.env" in done.stderr
    assert "nightly.env.example" in done.stderr


# ---- Log


def test_old_logs_are_kept_up_to_a_number(nightly):
    nightly.settings("EIG_SHEETS_LOG_MAX_KB=1\nEIG_SHEETS_LOG_KEEP=2\n")
    for night in range(5):
        nightly.sync_does(f"echo nuit {night}; printf '%01100d\\n' 0")
        assert nightly.run().returncode == 0
    logs = {path.name: path.read_text(encoding="utf-8") for path in nightly.log.parent.glob("nightly.log*")}
    del logs["nightly.log.lock"]
    nights = {name: re.findall(r"nuit (\d)", text) for name, text in logs.items()}
    assert nights == {"nightly.log": ["4"], "nightly.log.1": ["3"], "nightly.log.2": ["2"]}


def test_a_small_log_goes_on(nightly):
    nightly.run()
    nightly.run()
    assert nightly.said().count("Synchronisation réussie.") == 2
    assert not nightly.log.with_name("nightly.log.1").exists()


def test_the_log_can_be_elsewhere(nightly, tmp_path):
    nightly.settings(f"EIG_SHEETS_LOG_DIR={tmp_path}/un autre/dossier\n")
    assert nightly.run().returncode == 0
    assert "réussie" in (tmp_path / "un autre" / "dossier" / "nightly.log").read_text(encoding="utf-8")
    assert not nightly.log.exists()


# ---- Health and alert


def test_success_and_failure_are_reported_to_the_health_address(nightly, health):
    nightly.settings(f"EIG_SHEETS_HEALTH_URL={health.url}\n")
    nightly.run()
    nightly.sync_does("exit 1")
    nightly.run()
    assert health.asked == ["/ping/c0ffee-secret", "/ping/c0ffee-secret/fail"]


def test_a_query_stays_at_the_end_of_the_failure_address(nightly, health):
    nightly.settings(f'EIG_SHEETS_HEALTH_URL={health.url}/?create=1&name="n"\n')
    nightly.sync_does("exit 1")
    nightly.run()
    assert health.asked == ['/ping/c0ffee-secret/fail?create=1&name="n"']


def test_without_curl_wget_tells_it(nightly, health, tmp_path):
    nightly.path = str(link_programs(tmp_path / "bin", without={"curl"}))
    nightly.settings(f"EIG_SHEETS_HEALTH_URL={health.url}\n")
    assert nightly.run().returncode == 0
    assert health.asked == ["/ping/c0ffee-secret"]
    assert nightly.said()[-1] == "Synchronisation réussie."


TROUBLES = [("refused", 0), ("refused", 3), ("404", 0), ("silent", 0), ("no such address", 3)]


@pytest.mark.parametrize(("trouble", "code"), first(1, spread(3, TROUBLES)))
def test_a_health_service_in_trouble_never_changes_the_outcome_nor_shows_its_address(nightly, health, trouble, code):
    url = health.url
    if trouble == "404":
        health.answer["status"] = 404
    elif trouble == "silent":
        health.answer["wait"].clear()
    elif trouble == "refused":
        url = "http://127.0.0.1:1/c0ffee-secret"
    else:
        url = "c0ffee-secret"
    nightly.settings(f"EIG_SHEETS_HEALTH_URL={url}\nEIG_SHEETS_HEALTH_TIMEOUT=1\n")
    nightly.sync_does(f"exit {code}")
    done = nightly.run()
    assert done.returncode == code
    assert nightly.said()[-1].startswith("Le service de surveillance n’a pas répondu")
    assert "c0ffee" not in nightly.log.read_text(encoding="utf-8") + done.stdout + done.stderr


def test_the_address_is_on_no_command_line(nightly, health):
    health.answer["wait"].clear()
    nightly.settings(f"EIG_SHEETS_HEALTH_URL={health.url}\nEIG_SHEETS_HEALTH_TIMEOUT=60\n")
    running = nightly.start()
    wait_for(lambda: health.asked)
    lines = subprocess.run(["ps", "-eww", "-o", "args"], capture_output=True, encoding="utf-8", check=True).stdout
    health.answer["wait"].set()
    running.communicate()
    assert running.returncode == 0
    assert "nightly_sync.sh" in lines
    assert "c0ffee" not in lines


def test_the_alert_gets_one_sentence_and_the_last_lines_of_this_run(nightly):
    nightly.sync_does('echo "la nuit d’avant"')
    nightly.run()
    nightly.settings("EIG_SHEETS_ALERT=cat > alerte.txt; printf '%s' \"$1\" > objet.txt\n")
    nightly.sync_does('for i in $(seq 30); do echo "ligne $i."; done; exit 1')
    done = nightly.run()
    sentence, blank, *lines = (nightly.root / "alerte.txt").read_text(encoding="utf-8").splitlines()
    assert sentence == (nightly.root / "objet.txt").read_text(encoding="utf-8") == done.stderr.strip()
    assert sentence.startswith("La synchronisation de la nuit a échoué (code 1) sur ")
    assert blank == ""
    assert len(lines) == 20
    assert lines[-2].endswith("ligne 30.")
    assert lines[-1].endswith(sentence)


def test_the_alert_of_a_short_run_holds_nothing_of_the_night_before(nightly):
    nightly.sync_does('echo "la nuit d’avant"')
    nightly.run()
    nightly.settings("EIG_SHEETS_ALERT=cat > alerte.txt\n")
    nightly.sync_does("exit 1")
    nightly.run()
    text = (nightly.root / "alerte.txt").read_text(encoding="utf-8")
    assert "Début de la synchronisation." in text
    assert "avant" not in text


@pytest.mark.parametrize("command", ["exit 9", "echo motdepasse-inutile >/dev/null; exit 9"])
def test_an_alert_that_fails_is_noted_without_its_command(nightly, command):
    nightly.settings(f"EIG_SHEETS_ALERT={command}\n")
    nightly.sync_does("exit 4")
    assert nightly.run().returncode == 4
    assert nightly.said()[-1] == "La commande d’alerte a échoué (code 9)."
    assert "motdepasse" not in nightly.log.read_text(encoding="utf-8")


def test_an_alert_that_reads_nothing_has_not_failed(nightly):
    nightly.settings("EIG_SHEETS_ALERT=true\n")
    nightly.sync_does("exit 4")
    nightly.run()
    assert "alerte" not in nightly.log.read_text(encoding="utf-8")


def test_a_success_alerts_nobody(nightly):
    nightly.settings("EIG_SHEETS_ALERT=touch alerte.txt\n")
    nightly.run()
    assert not (nightly.root / "alerte.txt").exists()


# ---- Two at once, and runs that are stopped


@pytest.fixture(params=["flock", "link"])
def either_lock(nightly, tmp_path, request):
    if request.param == "link":
        nightly.path = str(link_programs(tmp_path / "bin", without={"flock"}))
    return nightly


def slow_sync(nightly):
    """`sync` says that it started, then waits for the file `fini`."""
    nightly.sync_does("touch commence; while [ ! -e fini ]; do sleep 0.05; done")
    return nightly.root / "commence", nightly.root / "fini"


def test_of_two_runs_at_once_the_second_does_nothing(either_lock):
    nightly = either_lock
    nightly.settings("EIG_SHEETS_ALERT=touch alerte.txt\n")
    started, finish = slow_sync(nightly)
    first = nightly.start()
    wait_for(started.exists)
    second = nightly.run()
    finish.touch()
    first.communicate()
    assert (second.returncode, first.returncode) == (75, 0)
    assert nightly.said()[1].startswith("Une synchronisation est déjà en cours")
    assert nightly.said().count("Début de la synchronisation.") == 1
    assert not (nightly.root / "alerte.txt").exists()
    assert nightly.run().returncode == 0


def test_a_lock_left_by_a_power_cut_holds_nobody(either_lock):
    nightly = either_lock
    started, finish = slow_sync(nightly)
    first = nightly.start()
    wait_for(started.exists)
    os.killpg(first.pid, signal.SIGKILL)
    first.communicate()
    finish.touch()
    assert nightly.run().returncode == 0


def test_a_slow_alert_does_not_hold_the_next_run(either_lock):
    nightly = either_lock
    nightly.settings("EIG_SHEETS_ALERT=touch alerte; while [ ! -e lue ]; do sleep 0.05; done\n")
    nightly.sync_does("exit 1")
    first = nightly.start()
    wait_for((nightly.root / "alerte").exists)
    nightly.sync_does("exit 0")
    assert nightly.run().returncode == 0
    (nightly.root / "lue").touch()
    first.communicate()
    assert first.returncode == 1


def test_a_run_that_is_stopped_says_so(nightly, health):
    nightly.settings(f"EIG_SHEETS_HEALTH_URL={health.url}\nEIG_SHEETS_ALERT=touch alerte.txt\n")
    started, _ = slow_sync(nightly)
    running = nightly.start()
    wait_for(started.exists)
    os.killpg(running.pid, signal.SIGTERM)
    _, errors = running.communicate()
    assert running.returncode == 143
    assert "(code 143)" in errors
    assert health.asked == ["/ping/c0ffee-secret/fail"]
    assert (nightly.root / "alerte.txt").exists()


@pytest.mark.parametrize("signal_", [signal.SIGTERM, signal.SIGINT, signal.SIGHUP], ids=lambda one: one.name)
def test_a_signal_to_the_script_alone_stops_sync(either_lock, signal_):
    nightly = either_lock
    nightly.sync_does(
        "trap 'echo rien n’a été écrit; touch arrete; exit 143' TERM; touch commence; while :; do sleep 0.05; done"
    )
    running = nightly.start()
    wait_for((nightly.root / "commence").exists)
    running.send_signal(signal_)
    _, errors = running.communicate()
    assert (running.returncode, (nightly.root / "arrete").exists()) == (143, True)
    assert "(code 143)" in errors
    assert "rien n’a été écrit" in nightly.said()


def test_a_signal_that_comes_before_sync_is_there_stops_it(nightly, tmp_path):
    executable(
        tmp_path / "mktemp", '#!/bin/sh\nwhile ! kill -TERM "$(cat pid)"; do sleep 0.05; done\n/bin/mktemp "$@"\n'
    )
    nightly.path = f"{tmp_path}:{nightly.path}"
    nightly.sync_does("sleep 20")
    running = nightly.start()
    (nightly.root / "pid").write_text(str(running.pid), encoding="utf-8")
    _, errors = running.communicate()
    assert running.returncode == 143
    assert "(code 143)" in errors


@pytest.mark.slow
def test_a_sync_that_ends_well_in_spite_of_the_signal_is_a_success(nightly):
    nightly.sync_does("trap 'sleep 0.2; exit 0' TERM; touch commence; while :; do sleep 0.05; done")
    running = nightly.start()
    wait_for((nightly.root / "commence").exists)
    running.send_signal(signal.SIGTERM)
    running.communicate()
    assert running.returncode == 0
    assert nightly.said()[-1] == "Synchronisation réussie."


@pytest.mark.slow
def test_the_last_words_of_a_run_that_is_stopped_are_in_the_log(nightly):
    nightly.sync_does(
        "trap 'sleep 0.2; echo rien n’a été écrit; exit 143' TERM; touch commence; while :; do sleep 0.05; done"
    )
    running = nightly.start()
    wait_for((nightly.root / "commence").exists)
    os.killpg(running.pid, signal.SIGTERM)
    running.communicate()
    assert "rien n’a été écrit" in nightly.said()
