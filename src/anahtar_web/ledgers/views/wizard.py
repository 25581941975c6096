"""The steps of an import: the file as read, its columns, the checks, the import."""

from django.http import HttpResponse
from django.shortcuts import redirect, render

from anahtar_web.gate.policy import edits
from anahtar_web.gate.request import Request
from anahtar_web.gate.rights import Right
from anahtar_web.ledgers.access import import_for
from anahtar_web.ledgers.pages.file import FilePage
from anahtar_web.ledgers.pages.steps import address_of, is_open


@edits(Right.IMPORT)
def file(request: Request, pk: int) -> HttpResponse:
    of = import_for(pk)
    if not is_open(of, "file"):
        return redirect(address_of(of, request.user))
    page = FilePage.build(of=of)
    return render(request, "ledgers/file.html", {"page": page}, status=422 if request.method == "POST" else 200)
