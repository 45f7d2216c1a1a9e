"""What runs one call a unit: the systemd template and the Kubernetes CronJob."""

import re
import shutil
import subprocess

import pytest
import yaml

from tests.scripts.conftest import SCRIPTS

pytestmark = pytest.mark.newest

FLEET = SCRIPTS / "fleet"
SERVICE = (FLEET / "eig-sheets-sync@.service").read_text(encoding="utf-8")


@pytest.mark.skipif(not shutil.which("systemd-analyze"), reason="systemd is not installed")
def test_systemd_takes_the_template(tmp_path):
    script = tmp_path / "scripts" / "nightly_sync.sh"
    script.parent.mkdir()
    shutil.copy(SCRIPTS / script.name, script)
    for unit in FLEET.glob("*@.*"):
        text = unit.read_text(encoding="utf-8").replace("ExecStart=/opt/eig-sheets", f"ExecStart={tmp_path}")
        (tmp_path / unit.name.replace("@", "@eig5")).write_text(text, encoding="utf-8")
    units = sorted(map(str, tmp_path.glob("eig-sheets-*.*")))
    assert len(units) == 2
    done = subprocess.run(["systemd-analyze", "verify", *units], capture_output=True, encoding="utf-8", check=False)
    about_ours = [line for line in done.stderr.splitlines() if "eig-sheets" in line]
    assert (done.returncode, about_ours) == (0, [])


def test_each_call_has_an_account_settings_and_a_folder_of_its_own():
    lines = SERVICE.splitlines()
    assert "User=eig-%i" in lines
    assert "ExecStart=/opt/eig-sheets/scripts/nightly_sync.sh /etc/eig-sheets/%i.env" in lines
    assert [line for line in lines if line.startswith("ReadWritePaths=")] == ["ReadWritePaths=/srv/eig-sheets/%i"]


def test_it_opens_nothing_that_the_unit_of_a_single_call_keeps_closed():
    single = (SCRIPTS / "systemd" / "eig-sheets-sync.service").read_text(encoding="utf-8")
    restriction = re.compile(r"^(?:Protect|Private|Restrict|NoNew|Capability|Lock|System|UMask).*", re.MULTILINE)
    assert restriction.findall(single) == restriction.findall(SERVICE)


@pytest.fixture(scope="module")
def cronjob():
    volume, job = yaml.safe_load_all((FLEET / "cronjob.yaml").read_text(encoding="utf-8"))
    return volume, job


def test_a_cronjob_never_runs_twice_at_once_and_keeps_its_state(cronjob):
    volume, job = cronjob
    assert (volume["kind"], job["kind"]) == ("PersistentVolumeClaim", "CronJob")
    assert volume["spec"]["accessModes"] == ["ReadWriteOnce"]
    assert job["spec"]["concurrencyPolicy"] == "Forbid"
    pod = job["spec"]["jobTemplate"]["spec"]["template"]["spec"]
    assert (pod["restartPolicy"], job["spec"]["jobTemplate"]["spec"]["backoffLimit"]) == ("Never", 0)
    claims = [one["persistentVolumeClaim"]["claimName"] for one in pod["volumes"] if "persistentVolumeClaim" in one]
    assert claims == [volume["metadata"]["name"]]


def test_what_a_cronjob_writes_lies_on_a_volume_that_it_may_write(cronjob):
    pod = cronjob[1]["spec"]["jobTemplate"]["spec"]["template"]["spec"]
    [container] = pod["containers"]
    mounts = {one["mountPath"]: one for one in container["volumeMounts"]}
    assert {one["name"] for one in mounts.values()} == {one["name"] for one in pod["volumes"]}
    settings = {one["name"]: one["value"] for one in container["env"]}
    written = ("EIG_SHEETS_STATE", "GOOGLE_APPLICATION_CREDENTIALS", "TMPDIR")
    mounted = {name: next(path for path in mounts if settings[name].startswith(path)) for name in written}
    assert [name for name in written if mounts[mounted[name]].get("readOnly")] == []
    assert container["securityContext"]["readOnlyRootFilesystem"] is True


def test_its_key_is_one_that_the_robot_takes(cronjob, tmp_path):
    """Kubernetes gives a secret to a group, and a key that others may read is refused."""
    [container] = cronjob[1]["spec"]["jobTemplate"]["spec"]["template"]["spec"]["containers"]
    (tmp_path / "robot.json").write_text("{}", encoding="utf-8")
    (tmp_path / "robot.json").chmod(0o440)
    shell = container["command"][2].replace("/appel/secret", str(tmp_path)).replace("exec eig-sheets sync", "true")
    copy = tmp_path / "copie.json"
    subprocess.run(["sh", "-c", shell], env={"GOOGLE_APPLICATION_CREDENTIALS": str(copy)}, check=True)
    assert copy.stat().st_mode & 0o077 == 0
