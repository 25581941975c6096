"""Question of `anahtar-web doctor`: is the content of every document there, and what was put in."""

from collections.abc import Iterator

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from anahtar_web.audit.doctor import register
from anahtar_web.company.queries import company
from anahtar_web.files import storage
from anahtar_web.files.models import Attachment


def register_checks() -> None:
    """Register the question; called when the program starts."""
    register("documents", gettext_lazy("Documents of dossiers, every byte"))(documents)


def documents() -> Iterator[str]:
    """Hash every content once, and name the documents whose content is missing or another one."""
    whole = {digest for digest, path in storage.kept() if storage.sha256(path) == digest}
    there = {digest for digest, _path in storage.kept()}
    for file in Attachment.objects.present().select_related("account").order_by("pk").iterator():
        told = {"name": file.name, "account": file.account}
        if file.digest not in there:
            yield _("The content of %(name)s (%(account)s) is not in the folder of files.") % told
        elif file.digest not in whole:
            yield _("The content of %(name)s (%(account)s) is not what was put in.") % told
    if (logo := company().logo) and logo not in whole:
        yield _("The logo of the letterhead is not in the folder of files, or not what was put in.")
