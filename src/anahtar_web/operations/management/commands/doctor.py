"""`anahtar-web doctor`: check that everything that is kept is as it was written."""

import json
from argparse import ArgumentParser
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from anahtar_web.audit.doctor import Outcome, run_checks
from anahtar_web.operations.terminal import SpokenCommand


class Command(SpokenCommand):
    """Ask every question, name what is wrong, exit with 1 where anything is."""

    help = gettext_lazy("check everything that is kept: database, trail, ledger, standings, files, jobs, disk")

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("names", nargs="*", metavar=_("CHECK"), help=_("only these checks (all)"))
        parser.add_argument("--json", action="store_true", help=_("print the findings for a program"))

    def handle(self, *, names: list[str], json: bool, **options: Any) -> None:
        outcomes = []
        for outcome in run_checks(names):
            outcomes.append(outcome)
            if not json:
                self._show(outcome)
        if json:
            self.say(_as_json(outcomes))
        if not all(outcome.well for outcome in outcomes):
            raise SystemExit(1)

    def _show(self, outcome: Outcome) -> None:
        sign = self.style.SUCCESS("✓") if outcome.well else self.style.ERROR("✗")
        self.say(f"{sign} {outcome.check.title}")
        for fault in outcome.faults:
            self.say(f"    {fault}")


def _as_json(outcomes: list[Outcome]) -> str:
    told = [
        {"name": outcome.check.name, "title": str(outcome.check.title), "findings": list(outcome.faults)}
        for outcome in outcomes
    ]
    return json.dumps(told, ensure_ascii=False, indent=2)
