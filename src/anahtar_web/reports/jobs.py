"""What the app does in the background."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from anahtar_web.jobs.registry import every, job
from anahtar_web.jobs.work import Work
from anahtar_web.reports.actions import KIND, ask_for_due, mail


@job(KIND, title=_("Mail a monthly report"))
def mail_report(work: Work) -> dict[str, Any] | None:
    """Mail one report; begun again after a kill, it mails nothing that may have gone out."""
    return mail(work.payload["delivery"], check=work.check)


@every(600, "reports.ask_for_due")
def ask_for_monthly_reports() -> None:
    """Ask for the monthly reports that are due."""
    ask_for_due()
