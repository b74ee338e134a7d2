import sys

from tools.setup import frontend, python, translations
from tools.setup.trouble import Trouble, explain_error


def main(arguments: list[str]) -> int:
    """Each step looks first whether there is anything to do, so a second call takes no time."""
    try:
        _steps(develop="--develop" in arguments)
    except Trouble as trouble:
        print(trouble, file=sys.stderr)
    except OSError as error:
        print(explain_error(error), file=sys.stderr)
    except KeyboardInterrupt:
        print("\nSet-up was interrupted; start it again to go on.", file=sys.stderr)
    else:
        return 0
    return 1


def _steps(develop: bool) -> None:
    python.environment()
    python.packages(python.RUN)
    if develop:
        python.packages(python.DEVELOP)
    frontend.packages()
    frontend.build()
    translations.compile()
