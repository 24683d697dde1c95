"""Without this file a release could put a package called `api` into site-packages."""

import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PACKAGES = ("api", "commands", "domain", "ledger", "projections", "replay", "scenarios")
NOT_SHIPPED = {".pyc", ".orig", ".rej"}


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build the wheel once, offline, with the build tools of this environment."""
    folder = tmp_path_factory.mktemp("wheel")
    subprocess.run(
        [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", folder, ROOT],
        check=True,
        capture_output=True,
    )
    (built,) = folder.glob("*.whl")
    return built


def test_wheel_has_one_public_module_and_one_private_folder(wheel: Path) -> None:
    """Nothing but taizhang.py, _taizhang/ and the metadata lies at the top."""
    with zipfile.ZipFile(wheel) as archive:
        top = {name.split("/")[0] for name in archive.namelist()}

    metadata = {name for name in top if name.endswith(".dist-info")}
    assert len(metadata) == 1
    assert top - metadata == {"taizhang.py", "_taizhang"}


def test_wheel_holds_every_file_of_every_package(wheel: Path) -> None:
    """SQL, TOML, HTML and other data are shipped beside the modules."""
    with zipfile.ZipFile(wheel) as archive:
        shipped = {name.removeprefix("_taizhang/") for name in archive.namelist()}
    tracked = subprocess.run(
        ["git", "ls-files", "--", *PACKAGES], cwd=ROOT, capture_output=True, text=True, check=False
    )
    if tracked.returncode != 0:
        pytest.skip("this is no git checkout, so there is no list of files to compare with")
    present = {name for name in tracked.stdout.splitlines() if (ROOT / name).is_file()}

    assert present
    assert present - shipped == set()
    assert {name for name in shipped if Path(name).suffix in NOT_SHIPPED} == set()


def test_wheel_resolves_packages_to_the_private_folder(wheel: Path, tmp_path: Path) -> None:
    """An unpacked wheel works from another directory, without the checkout."""
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(tmp_path / "site")
    # -I keeps the current directory out; the checkout's own path entry is taken away.
    probe = (
        "import sys;"
        f"sys.path = [p for p in sys.path if p != {str(ROOT)!r}];"
        f"sys.path.append({str(tmp_path / 'site')!r});"
        "import taizhang, domain.text, commands.main;"
        "print(domain.__file__);"
        "sys.argv[1:] = ['--help'];"
        "sys.exit(taizhang.main())"
    )
    shown = subprocess.run(
        [sys.executable, "-I", "-c", probe],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=True,
    )

    private = tmp_path / "site" / "_taizhang" / "domain" / "__init__.py"
    assert shown.stdout.splitlines()[0] == str(private)
    assert "taizhang" in shown.stdout.splitlines()[1]


def test_wheel_states_its_licence_and_the_console_script(wheel: Path) -> None:
    """The metadata carry the licence texts and the one command."""
    with zipfile.ZipFile(wheel) as archive:
        texts = {
            Path(name).name: archive.read(name).decode()
            for name in archive.namelist()
            if ".dist-info/" in name
        }

    assert "License-Expression: Apache-2.0" in texts["METADATA"]
    assert "taizhang = taizhang:main" in texts["entry_points.txt"]
    assert {"LICENSE", "NOTICE", "THIRD_PARTY.md"} <= set(texts)
