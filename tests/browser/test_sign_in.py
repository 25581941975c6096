"""The whole way in: first start, second factor, out and in again; every screen about people, settings, the trail."""

import re
from collections.abc import Callable
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from django.core.management import call_command
from django.urls import reverse
from playwright.sync_api import Page, expect

from anahtar_web.audit.actions import record
from anahtar_web.company.models import Company
from anahtar_web.config.environment import origins
from anahtar_web.people.actions import lock, make_cast
from anahtar_web.people.models import User
from tests.anahtar_web.people.door import code
from tests.anahtar_web.people.provider import running
from tests.browser.conftest import LANGUAGES, Problems, Visit, check

PASSWORD = "rulman-hidrolik-48"
Axe = Callable[[Page], list[str]]


@pytest.fixture
def data(settings: Any, tmp_path: Path) -> Path:
    settings.DATA = tmp_path
    return tmp_path


def test_from_the_first_start_through_a_second_factor_and_in_again(
    visit: Visit, axe: Axe, data: Path, live_server: Any, problems: Problems
) -> None:
    problems.expect(404, 422)
    out = StringIO()
    call_command("setup-link", address=live_server.url, stdout=out)
    page = visit("/")
    expect(page).to_have_url(live_server.url + reverse("company:setup"))
    page.goto(out.getvalue().strip())
    check(page, axe)
    page.get_by_label("Your name").fill("Nalan Soylu")
    page.get_by_label("Your e-mail").fill("nalan@kuzey.example")
    page.get_by_label("Password", exact=False).first.fill(PASSWORD)
    page.get_by_label("Password again").fill(PASSWORD + "x")
    page.get_by_label("Company's name").fill("Kuzey Endüstriyel Tedarik")
    page.get_by_role("button", name="Set up and sign in").click()
    expect(page.get_by_text("The two passwords differ.")).to_be_visible()
    expect(page.get_by_label("Your name")).to_have_value("Nalan Soylu")
    check(page, axe)
    page.get_by_label("Password", exact=False).first.fill(PASSWORD)
    page.get_by_label("Password again").fill(PASSWORD)
    page.get_by_role("button", name="Set up and sign in").click()
    expect(page.get_by_text("Welcome. Anahtar is yours")).to_be_visible()
    page.goto(reverse("company:setup"))
    expect(page.locator("h1")).to_be_visible()

    secret = with_an_app(page, axe)
    signed_out(page)
    page.get_by_label("Email").fill("nalan@kuzey.example")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()
    expect(page).to_have_url(live_server.url + reverse("mfa_authenticate"))
    check(page, axe)
    page.locator("input[name=code]").fill(code(secret))
    page.locator("input[name=code]").press("Enter")
    page.wait_for_url(lambda url: "2fa" not in url)
    page.goto(reverse("people:profile"))
    expect(page.get_by_label("Name")).to_have_value("Nalan Soylu")


def with_an_app(page: Page, axe: Axe) -> str:
    """Add an authenticator app on the pages of a signed-in person; give its secret."""
    page.goto(reverse("people:profile"))
    check(page, axe)
    page.get_by_role("link", name="Second factor and passkeys").click()
    check(page, axe)
    page.goto(reverse("mfa_activate_totp"))
    check(page, axe)
    secret = page.evaluate(
        "document.body.innerText.match(/\\b[A-Z2-7]{32}\\b/)?.[0] ?? "
        "[...document.querySelectorAll('input')].map(i => i.value).find(v => /^[A-Z2-7]{32}$/.test(v))"
    )
    page.locator("input[name=code]").fill(code(secret))
    page.locator("input[name=code]").press("Enter")
    page.wait_for_url("**" + reverse("mfa_view_recovery_codes"))
    check(page, axe)
    return str(secret)


def signed_out(page: Page) -> None:
    page.locator(".person").click()
    page.get_by_role("button", name="Sign out").click()
    page.wait_for_url("**" + reverse("account_login") + "*")


@pytest.mark.long
def test_a_passkey_is_added_and_opens_the_door_alone(visit: Visit, axe: Axe, ana: User, live_server: Any) -> None:
    page = visit(reverse("account_login"))
    remote = page.context.new_cdp_session(page)
    remote.send("WebAuthn.enable")
    remote.send(
        "WebAuthn.addVirtualAuthenticator",
        {
            "options": {
                "protocol": "ctap2",
                "transport": "internal",
                "hasResidentKey": True,
                "hasUserVerification": True,
                "isUserVerified": True,
                "automaticPresenceSimulation": True,
            }
        },
    )
    page.get_by_label("Email").fill(ana.email)
    page.get_by_label("Password").fill("correct horse battery")
    page.get_by_role("button", name="Sign in", exact=True).click()
    page.wait_for_url(live_server.url + "/**")
    page.goto(reverse("mfa_add_webauthn"))
    page.locator("input[name=password]").fill("correct horse battery")
    page.locator("input[name=password]").press("Enter")
    page.wait_for_url("**" + reverse("mfa_add_webauthn"))
    check(page, axe)
    page.get_by_label("Name").fill("My laptop")
    page.locator("input[name=passwordless]").check()
    page.locator("#mfa_webauthn_add, [data-passkey=add], main button").last.click()
    page.wait_for_url(lambda url: "webauthn/add" not in url)
    assert Authenticator.objects.filter(user=ana, type="webauthn").count() == 1
    page.goto(reverse("mfa_list_webauthn"))
    check(page, axe)
    signed_out(page)
    page.locator("#passkey_login").click()
    page.wait_for_url(lambda url: "/login" not in url)
    page.goto(reverse("people:profile"))
    expect(page.get_by_label("Name")).to_have_value(ana.name)


@pytest.mark.long
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_screen_about_people_settings_and_the_trail_is_readable_and_fits(
    visit: Visit, axe: Axe, admin: User, ana: User, chen: User, problems: Problems, language: str
) -> None:
    problems.expect(400, 422)
    Company.objects.create(pk=1, name="Kuzey", currency="TRY")
    lock(person=chen, reason="Left the company", by=admin)
    record("person.role_given", ana, by=admin, before={"role": "kam"}, after={"role": "head"}, reason="Promoted")
    page = visit(reverse("people:list"), admin, language=language)
    check(page, axe, language)
    for name, arguments in (
        ("people:invite", []),
        ("people:person", [ana.pk]),
        ("people:edit", [ana.pk]),
        ("people:lock", [ana.pk]),
        ("people:factors", [ana.pk]),
        ("people:profile", []),
        ("company:settings", []),
        ("company:thresholds", []),
        ("company:criteria", []),
        ("audit:trail", []),
    ):
        page.goto(reverse(name, args=arguments))
        check(page, axe, language)
    page.goto(reverse("people:list") + "?q=zzz")
    check(page, axe, language)
    page.goto(reverse("audit:trail") + "?since=nonsense")
    check(page, axe, language)


def test_the_trail_is_narrowed_without_a_reload_and_the_address_follows(
    visit: Visit, admin: User, ana: User, live_server: Any
) -> None:
    record("person.invited", ana, by=admin)
    record("sign_in.succeeded", ana, by=ana)
    page = visit(reverse("audit:trail"), admin)
    expect(page.locator("#trail li")).to_have_count(2)
    page.get_by_label("What").select_option("sign_in")
    expect(page.locator("#trail li")).to_have_count(1)
    expect(page).to_have_url(re.compile("noun=sign_in"))
    page.go_back()
    expect(page.locator("#trail li")).to_have_count(2)


@pytest.mark.long
def test_two_administrators_at_one_person_see_both_versions(
    visit: Visit, axe: Axe, admin: User, ana: User, problems: Problems
) -> None:
    problems.expect(409)
    page = visit(reverse("people:edit", args=[ana.pk]), admin)
    User.objects.filter(pk=ana.pk).update(name="Ana by somebody else", version=ana.version + 1)
    page.get_by_label("Name").fill("Ana by me")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("Somebody else has changed this meanwhile")).to_be_visible()
    expect(page.get_by_label("Name")).to_have_value("Ana by me")
    check(page, axe)
    page.get_by_role("button", name="Save").click()
    expect(page.locator("h1")).to_contain_text("Ana by me")


def test_the_demo_lets_in_with_one_button(visit: Visit, axe: Axe, settings: Any, live_server: Any) -> None:
    settings.DEMO = True
    make_cast()
    page = visit(reverse("people:demo"))
    check(page, axe)
    page.get_by_role("button", name="Sign in as Elif Işık").click()
    page.wait_for_url(lambda url: "demo" not in url)
    page.goto(reverse("people:profile"))
    expect(page.locator(".person")).to_contain_text("Elif Işık")


@pytest.mark.parametrize("allowed", [True, False])
def test_the_button_of_the_companys_provider_leads_there_and_back_under_the_policy_of_the_page(
    visit: Visit, ana: User, settings: Any, problems: Problems, *, allowed: bool
) -> None:
    """Chromium counts the redirects of a form as its action: without the provider's origin the button does nothing."""
    with running() as provider:
        settings.OIDC = True
        settings.SOCIALACCOUNT_PROVIDERS = provider.settings()
        directives = settings.CONTENT_SECURITY_POLICY["DIRECTIVES"]
        actions = [*directives["form-action"], *(origins(f"{provider.address}/realm") if allowed else [])]
        settings.CONTENT_SECURITY_POLICY = {"DIRECTIVES": directives | {"form-action": actions}}
        provider.claims = {"sub": "42", "email": ana.email, "email_verified": True}
        page = visit(reverse("account_login"))
        button = page.get_by_role("button", name="Kuzey ID")
        if allowed:
            button.click()
            page.wait_for_url(lambda url: "/login" not in url)
            page.goto(reverse("people:profile"))
            expect(page.get_by_label("Name")).to_have_value(ana.name)
        else:
            with page.expect_console_message(lambda said: "form-action" in said.text):
                button.click()
            problems.forget("form-action")
