from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from core.translations import catalogue, checks, sources, unmarked


class Command(BaseCommand):
    help = "Bring the server's translations up to date with the source; check them; compile them."
    requires_system_checks = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--check", action="store_true", help="change nothing; fail if it is not complete")
        parser.add_argument("--compile", action="store_true", help="write the .mo file that the server reads")

    def handle(self, *args: Any, **options: Any) -> None:
        root = Path(settings.BASE_DIR)
        if options["check"]:
            self.check_all(root)
        elif options["compile"]:
            self.compile(catalogue.po_path(root))
        else:
            self.update(root)

    def update(self, root: Path) -> None:
        """Bring the .po up to date and say what is left to translate."""
        path, texts = catalogue.po_path(root), sources.find(root)
        catalog = catalogue.updated(catalogue.read(path), texts)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(catalogue.as_po(catalog))
        self.compile(path)
        for problem in (*checks.problems(catalog, texts), *unmarked.problems(root)):
            self.stdout.write(problem)
        self.stdout.write(f"{len(texts)} texts in {path.relative_to(root)}")

    def check_all(self, root: Path) -> None:
        path, texts = catalogue.po_path(root), sources.find(root)
        catalog = catalogue.read(path)
        problems = [*checks.problems(catalog, texts), *unmarked.problems(root)]
        if not problems and catalogue.as_po(catalogue.updated(catalog, texts)) != path.read_bytes():
            problems = ["The .po holds texts that left the source: run `manage.py translations`"]
        if problems:
            raise CommandError("\n".join(["Translations are not complete:", *problems]))

    def compile(self, path: Path) -> None:
        catalogue.compile(catalogue.read(path), path.with_suffix(".mo"))
