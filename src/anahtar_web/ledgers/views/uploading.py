"""Files come in."""

from typing import cast

from django.http import HttpResponse
from django.shortcuts import redirect, render

from anahtar_web.files.incoming import IncomingFile, refusal_of
from anahtar_web.gate.policy import edits
from anahtar_web.gate.request import Request
from anahtar_web.gate.rights import Right
from anahtar_web.ledgers.access import corrected_import, kind_asked
from anahtar_web.ledgers.actions.uploading import FilesAreKnown, UnableToUpload, upload
from anahtar_web.ledgers.forms import UploadForm
from anahtar_web.ledgers.pages.new import NewPage
from anahtar_web.ledgers.queries import Known


@edits(Right.IMPORT, parameters={"corrects", "kind"}, uploads=True)
def new(request: Request) -> HttpResponse:
    corrects, kind = corrected_import(request.GET.get("corrects", "")), kind_asked(request.GET.get("kind", ""))
    form = UploadForm(request.POST if request.method == "POST" else None)
    known: list[Known] = []
    if request.method == "POST" and form.is_valid():
        try:
            if refusal_of(request):
                raise UnableToUpload(refusal_of(request))
            made = upload(
                files=cast(list[IncomingFile], request.FILES.getlist("files")),
                by=request.user,
                corrects=corrects,
                again=form.cleaned_data["again"],
                kind=kind,
            )
            return redirect("ledgers:file", made.pk)
        except FilesAreKnown as refused:
            known = list(refused.known)
        except UnableToUpload as refused:
            form.complain(refused)
    page = NewPage.build(form=form, user=request.user, corrects=corrects, known=known, kind=kind)
    return render(request, "ledgers/new.html", {"page": page}, status=422 if request.method == "POST" else 200)
