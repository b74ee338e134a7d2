"""Makes everything ready to run. This file alone must be readable to any Python, to tell it is too old."""

import sys

if sys.version_info < (3, 11):
    sys.exit(
        "Parley needs Python 3.11 or later, and %s is %d.%d: name another with make PYTHON=python3.11"
        % (sys.executable, sys.version_info[0], sys.version_info[1])
    )

from tools.setup import steps

sys.exit(steps.main(sys.argv[1:]))
