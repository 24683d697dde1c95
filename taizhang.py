"""Without this file the program has no name on PATH and its packages cannot be found.

It is the only module with a public name: in a wheel the packages lie in a private
folder beside it, so that site-packages never holds a package called ``api``.
"""

import sys
from pathlib import Path

__version__ = "0.1.0"

_BUNDLE = Path(__file__).resolve().parent / "_taizhang"
if _BUNDLE.is_dir() and str(_BUNDLE) not in sys.path:
    sys.path.insert(0, str(_BUNDLE))


def main() -> int:
    """Run the command line of this process and return its exit code.

    Blocking. The one place of the program, beside server start-up, that reads the
    arguments and the environment.

    Returns:
        The exit code: 0 done, 1 finding, 2 usage or configuration, 3 not found, 4
        refused by a rule or conflict, 5 not allowed, 6 dependency unavailable, 70
        program error, 130 interrupted.
    """
    if sys.argv[1:] == ["--version"]:
        sys.stdout.write(f"taizhang {__version__}\n")
        return 0
    import os

    from commands.main import run

    return run(sys.argv[1:], os.environ, version=__version__)


if __name__ == "__main__":
    sys.exit(main())
