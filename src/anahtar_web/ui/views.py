"""Pages of the shell: palette, shortcuts, components, and the choice of a language."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render

from anahtar_web.gate.policy import came_from, reads, writes
from anahtar_web.ui.language import choose
from anahtar_web.ui.palette import search
from anahtar_web.ui.specimens import SpecimensPage


@reads(parameters={"q"})
def palette(request: HttpRequest) -> HttpResponse:
    text = request.GET.get("q", "")[:100]
    return render(request, "ui/_found.html", {"groups": search(request, text), "text": text})


@reads()
def shortcuts(request: HttpRequest) -> HttpResponse:
    return render(request, "ui/shortcuts.html")


@reads(parameters={"sort", "page", "on"})
def components(request: HttpRequest) -> HttpResponse:
    page = SpecimensPage.build(sort=request.GET.get("sort", "-revenue"), number=request.GET.get("page", "2"))
    return render(request, "ui/components.html", {"page": page})


@writes(public=True)
def language(request: HttpRequest) -> HttpResponse:
    """Speak another language from now on; an unknown one changes nothing."""
    response = HttpResponseRedirect(came_from(request))
    wanted = request.POST.get("language", "")
    return choose(request.user, wanted, response) if wanted in dict(settings.LANGUAGES) else response
