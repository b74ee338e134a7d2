from pathlib import Path

from tools.setup import stamps
from tools.setup.progress import heading
from tools.setup.shell import PYTHON, run


def compile() -> None:  # noqa: A001 - read as translations.compile()
    sources = sorted(Path().glob("locale/*/LC_MESSAGES/*.po"))
    wanted = stamps.digest(sources)
    made = all(source.with_suffix(".mo").exists() for source in sources)
    if made and stamps.is_fresh("translations", wanted):
        return
    heading("Compiling translations")
    run([str(PYTHON), "manage.py", "translations", "--compile"], "manage.py")
    stamps.write("translations", wanted)
