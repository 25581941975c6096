"""Pages of jobs."""

from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse

from anahtar_web.gate.policy import came_from, reads, writes
from anahtar_web.gate.request import Request
from anahtar_web.gate.rights import Right
from anahtar_web.jobs import actions
from anahtar_web.jobs.access import job_for, job_to_steer
from anahtar_web.jobs.forms import HistoryForm
from anahtar_web.jobs.pages import JobPage, JobsPage, Progress
from anahtar_web.jobs.queries import under_way


@reads(Right.SEE_IMPORTS, parameters={*HistoryForm.base_fields, "page"})
def list_(request: Request) -> HttpResponse:
    page = JobsPage.build(request.user, request.GET)
    template = "jobs/_history.html" if request.htmx else "jobs/list.html"
    return render(request, template, {"page": page}, status=400 if page.form.errors else 200)


@reads(Right.SEE_IMPORTS, parameters={"seen"})
def now(request: Request) -> HttpResponse:
    jobs = under_way(request.user)
    answer = render(request, "jobs/_under_way.html", {"jobs": jobs})
    seen = set(request.GET.get("seen", "").split(",")) - {""}
    if seen - {str(job.pk) for job in jobs}:
        answer.headers["HX-Trigger"] = "jobs-ended"
    return answer


@reads()
def job(request: Request, pk: int) -> HttpResponse:
    page = JobPage.build(request.user, job_for(request.user, pk))
    return render(request, "jobs/job.html", {"page": page})


@reads(parameters={"then"})
def progress(request: Request, pk: int) -> HttpResponse:
    page = Progress.build(job_for(request.user, pk), request.GET.get("then", ""))
    answer = render(request, "jobs/_progress.html", {"job": page.job, "then": page.then})
    if page.job.ended:
        answer.headers["HX-Trigger"] = "job-finished"
        if page.then:
            answer.headers["HX-Redirect"] = page.then
    return answer


@writes()
def cancel(request: Request, pk: int) -> HttpResponse:
    actions.cancel(job=job_to_steer(request.user, pk), by=request.user)
    return HttpResponseRedirect(came_from(request) if request.POST.get("back") else reverse("jobs:job", args=[pk]))


@writes()
def try_again(request: Request, pk: int) -> HttpResponse:
    actions.try_again(job=job_to_steer(request.user, pk), by=request.user)
    return HttpResponseRedirect(reverse("jobs:job", args=[pk]))
