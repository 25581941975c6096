"""Texts that would do something wherever they are not treated as text, and how to see that they do nothing."""

from html.parser import HTMLParser
from typing import Final

from django.apps import apps
from django.db import IntegrityError, models, transaction

PAYLOADS: Final = (
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    '"><svg onload=alert(1)>',
    "'><svg/onload=alert(1)>",
    '" autofocus onfocus=alert(1) x="',
    "' autofocus onfocus=alert(1) x='",
    "</title><script>alert(1)</script>",
    "</textarea><script>alert(1)</script>",
    "</script><script>alert(1)</script>",
    "--><script>alert(1)</script><!--",
    "]]><script>alert(1)</script>",
    "<a href=javascript:alert(1)>x</a>",
    "<iframe src=javascript:alert(1)>",
    "<base href=//evil.example/>",
    "<form action=//evil.example/><button>",
    "<style>*{background:url(//evil.example)}</style>",
    "<x hx-get=/jobs/ hx-trigger=load>",
    "<x hx-on:load=alert(1)>",
    "\\u003cscript\\u003ealert(1)",
    "{{ 1234567*9 }}{% now 'Y' %}${1234567*9}",
)

FORMULAS: Final = (
    *("=1+1", "+1", "-1+1", "@SUM(A1)", "\t=1", "\r=1", " =1", "＝1", '"=1', '=HYPERLINK("http://x")'),
    *("=cmd|' /C calc'!A0", "a;=1", "\n=1", "﹢1", "－1", "＠SUM(A1)"),
)

_NO_TEXT: Final = frozenset(
    {
        *("accounts.Account.search_key", "accounts.Account.sort_key", "accounts.Account.country"),
        *("reports.Subscription.query", "reports.Subscription.origin"),
        *("accounts.Account.created_by_batch", "accounts.Account.origin"),
        *("company.Company.currency", "company.Company.time_zone", "company.Company.language"),
        *("company.Company.window", "company.Company.criteria", "company.Company.logo"),
        *("files.Attachment.digest", "files.Attachment.media_type"),
        *("insight.SavedView.query", "jobs.Job.kind", "jobs.Job.worker", "jobs.Job.fault", "jobs.Job.subject_type"),
        *("jobs.Job.subject_id", "jobs.Round.name", "ledgers.Import.batch", "ledgers.Import.currency"),
        *("ledgers.SavedMapping.signature", "ledgers.StoredFile.stored", "ledgers.StoredFile.sha256"),
        "stakeholders.Stakeholder.more_roles",
        *("ledgers.StoredFile.search_key", "people.User.password", "people.User.email", "people.User.language"),
    }
)
"""Fields that no person writes: kinds, keys, digests, codes of countries and currencies."""

_MADE: Final = frozenset({"insight.Run", "insight.Standing", "gate.Submission", "audit.Entry"})
"""Models whose texts are computed, or that nothing can change."""


def dress(texts: tuple[str, ...]) -> dict[str, str]:
    """Write a text into every field that a person or a file fills, a different one into each; field -> text."""
    written = {}
    for model in apps.get_models():
        if not model.__module__.startswith("anahtar_web.") or model._meta.label in _MADE:
            continue
        for column in model._meta.concrete_fields:
            label = f"{model._meta.label}.{column.name}"
            if isinstance(column, models.CharField | models.TextField) and not column.choices and label not in _NO_TEXT:
                for number, row in enumerate(model._base_manager.order_by("pk")):
                    text = texts[(len(written) + number) % len(texts)] + f" Qz{number}"
                    if _write(row, column.name, text[: column.max_length or 500]):
                        written[label] = text
    return written


def _write(row: models.Model, name: str, text: str) -> bool:
    """Write it unless the row may not hold it: the reason of a removal, where nothing was removed."""
    try:
        with transaction.atomic():
            type(row)._base_manager.filter(pk=row.pk).update(**{name: text})
    except IntegrityError:
        return False
    return True


class _Live(HTMLParser):
    """Looks for what a browser would act on."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        told = {name: (value or "") for name, value in attrs}
        if tag in ("iframe", "object", "embed", "base", "style", "x"):
            self.found.append(f"<{tag}>")
        if tag == "script" and told.get("type") != "application/json" and not told.get("src", "").startswith("/"):
            self.found.append("<script>")
        for name, value in told.items():
            address = value.strip().lower().replace("\t", "").replace("\n", "")
            if name.startswith(("on", "hx-on")) or name == "style":
                self.found.append(f"{tag} {name}={value[:40]}")
            if name in ("href", "src", "action", "formaction", "hx-get", "hx-post") and address.startswith(
                ("javascript:", "data:text", "vbscript:", "//")
            ):
                self.found.append(f"{tag} {name}={value[:40]}")


def live(html: str) -> list[str]:
    """Name what in a page is not ours: scripts, handlers, frames, styles, addresses that run."""
    reader = _Live()
    reader.feed(html)
    return reader.found
