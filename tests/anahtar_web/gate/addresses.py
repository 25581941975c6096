"""Views that try what a view of ours could do wrong; only the tests of the gate know these addresses."""

from collections.abc import Iterator

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, StreamingHttpResponse
from django.template import engines
from django.template.response import SimpleTemplateResponse
from django.urls import include, path

from anahtar_web.accounts.models import Account
from anahtar_web.config import urls
from anahtar_web.gate.policy import edits, reads, writes
from anahtar_web.gate.refusals import Refused
from anahtar_web.gate.rights import Right


class UnableToMakeAccount(Refused):
    """Always."""


def make_account(code: str) -> Account:
    return Account.objects.create(code=code, name=code)


@reads()
def read(request: HttpRequest) -> HttpResponse:
    return HttpResponse(f"{Account.objects.count()} accounts")


@reads()
def write_while_reading(request: HttpRequest) -> HttpResponse:
    make_account("slip")
    return HttpResponse()


@reads()
def write_while_rendering(request: HttpRequest) -> SimpleTemplateResponse:
    template = engines["django"].from_string("{{ slip }}")
    return SimpleTemplateResponse(template, {"slip": lambda: make_account("slip")})


@reads()
def write_while_sending(request: HttpRequest) -> StreamingHttpResponse:
    def parts() -> Iterator[str]:
        yield f"{Account.objects.count()}"
        make_account("slip")
        yield "written"

    return StreamingHttpResponse(parts())


@writes()
def make(request: HttpRequest) -> HttpResponse:
    made = make_account(f"made-{Account.objects.count()}")
    return HttpResponseRedirect(f"/made/{made.code}/")


@writes()
def make_by_swap(request: HttpRequest) -> HttpResponse:
    made = make_account(f"made-{Account.objects.count()}")
    return HttpResponse(f"<p>{made.code}</p>", headers={"HX-Trigger": "made"})


@edits()
def make_named(request: HttpRequest) -> HttpResponse:
    """Writes first and looks later: the 422 has to take it back."""
    make_account(request.POST.get("code", "") or "nameless")
    return HttpResponse("which code?", status=422) if not request.POST.get("code") else HttpResponseRedirect("/read/")


@writes()
def refuse(request: HttpRequest) -> HttpResponse:
    make_account("refused")
    raise UnableToMakeAccount("No more <accounts> today.")


@writes(Right.MANAGE_PEOPLE)
def manage(request: HttpRequest) -> HttpResponse:
    return HttpResponse("managed")


@writes(uploads=True)
def upload(request: HttpRequest) -> HttpResponse:
    return HttpResponse(str(len(request.FILES)))


@reads(parameters={"q"})
def search(request: HttpRequest) -> HttpResponse:
    return HttpResponse(request.GET.get("q", ""))


@reads()
def number(request: HttpRequest, pk: int) -> HttpResponse:
    return HttpResponse(str(Account.objects.filter(parent=pk).count()))


@reads(public=True)
def open_to_all(request: HttpRequest) -> HttpResponse:
    return HttpResponse("open")


@reads()
def broken(request: HttpRequest) -> HttpResponse:
    secret = "CNRY-in-a-frame"
    raise ValueError(secret)


urlpatterns = [
    path("read/", read),
    path("write-while-reading/", write_while_reading),
    path("write-while-rendering/", write_while_rendering),
    path("write-while-sending/", write_while_sending),
    path("make/", make),
    path("make-too/", make),
    path("make-by-swap/", make_by_swap),
    path("make-named/", make_named),
    path("refuse/", refuse),
    path("manage/", manage),
    path("upload/", upload),
    path("search/", search),
    path("number/<int:pk>/", number),
    path("open/", open_to_all),
    path("broken/", broken),
    path("", include("anahtar_web.config.urls")),
]

handler400, handler403, handler404, handler500 = urls.handler400, urls.handler403, urls.handler404, urls.handler500
