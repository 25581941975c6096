"""The pages of people: map, table and matrix; who may write, what is refused, and how many questions are asked."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from anahtar_web.accounts.models import Account
from anahtar_web.audit.models import Entry
from anahtar_web.people.models import User
from anahtar_web.stakeholders import actions
from anahtar_web.stakeholders.models import Relation, Stakeholder
from anahtar_web.stakeholders.pages import MiniMap
from anahtar_web.stakeholders.queries import ties_of
from tests.anahtar_web.accounts.pages import asked, nothing_changes, send
from tests.anahtar_web.insight.pages import plain
from tests.anahtar_web.stakeholders.people import add, edit

pytestmark = pytest.mark.django_db

SignedIn = Callable[[User], Client]
HTMX = {"HX-Request": "true"}


def swap(client: Client, address: str, **form: Any) -> Any:
    """Post a form as htmx does."""
    return client.post(address, form, headers={**HTMX, "X-Once": f"token-{Entry.objects.count()}-{len(form)}"})


def test_every_page_is_read_by_who_sees_the_account_and_by_nobody_else(
    acme: Account, ana: User, boris: User, marketing: User, auditor: User, chen: User, signed_in: SignedIn
) -> None:
    who = add(acme, ana, "Nermin Arslan", position="General manager", stance="champion")
    for page in ("", "map/", "relations/", "changes/", f"{who.pk}/"):
        path = f"/accounts/{acme.pk}/people/{page}"
        for reader in (ana, boris, marketing, auditor):
            assert "Nermin Arslan" in signed_in(reader).get(path).content.decode()
        assert signed_in(chen).get(path).status_code == 404
    assert "/people/new/" not in signed_in(auditor).get(f"/accounts/{acme.pk}/people/map/").content.decode()


def test_a_map_of_nobody_says_what_to_do(acme: Account, ana: User, auditor: User, signed_in: SignedIn) -> None:
    for page in ("", "map/", "relations/"):
        html = signed_in(ana).get(f"/accounts/{acme.pk}/people/{page}").content.decode()
        assert "Add the first person" in html
        assert (
            "Add the first person" not in signed_in(auditor).get(f"/accounts/{acme.pk}/people/{page}").content.decode()
        )


def test_the_filter_fades_on_the_map_and_narrows_the_table(acme: Account, ana: User, signed_in: SignedIn) -> None:
    add(acme, ana, "Işıl Irmak", unit="Finance", stance="champion", role="buyer")
    add(acme, ana, "Orhan Er", unit="Production", more_roles=" buyer ")
    client = signed_in(ana)

    def taken(query: str) -> list[str]:
        svg = client.get(f"/accounts/{acme.pk}/people/map/?{query}").content.decode()
        rows = plain(client.get(f"/accounts/{acme.pk}/people/?{query}").content.decode().partition("<tbody>")[2])
        faded = {"Işıl": 'faded" href' in svg.partition("Orhan Er")[0].rpartition("<a class")[2]}
        assert svg.count('<a class="rm-card') == 2, faded
        return [name for name in ("Işıl Irmak", "Orhan Er") if name in rows]

    assert taken("text=IRMAK") == ["Işıl Irmak"]
    assert taken("role=buyer") == ["Işıl Irmak", "Orhan Er"]
    assert taken("stance=none") == ["Orhan Er"]
    assert taken("unit=Finance") == ["Işıl Irmak"]
    page = client.get(f"/accounts/{acme.pk}/people/map/?stance=champion", headers=HTMX).content.decode()
    assert page.count("faded") == 1
    assert "<html" not in page
    assert client.get(f"/accounts/{acme.pk}/people/map/?role=king").status_code == 200
    assert client.get(f"/accounts/{acme.pk}/people/map/?on=yesterday").status_code == 400
    assert client.get(f"/accounts/{acme.pk}/people/map/?name=x").status_code == 400


def test_a_person_is_written_edited_and_shown_with_everything(acme: Account, ana: User, signed_in: SignedIn) -> None:
    client, path = signed_in(ana), f"/accounts/{acme.pk}/people/"
    typed = {
        "name": "Orhan",
        "position": "Buyer",
        "stance": "sceptic",
        "more_roles": ["user", "buyer"],
        "role": "decider",
    }
    answer = send(client, f"{path}new/", **typed, birth_day="30", birth_month="2")
    assert answer.status_code == 422
    assert "There is no such day." in answer.content.decode()
    answer = send(client, f"{path}new/", **typed, birth_day="29", birth_month="2", preferences="- **tea**")
    who = Stakeholder.objects.get()
    assert (answer.status_code, answer.headers["Location"]) == (302, f"{path}map/?who={who.pk}")
    html = client.get(f"{path}{who.pk}/").content.decode()
    assert "<strong>tea</strong>" in html
    text = plain(html)
    for part in ("29 February", "Decider", "User", "Buyer", "Sceptic", "Assumed"):
        assert part in text
    edit(who, ana, position="Head buyer")
    answer = send(client, f"{path}{who.pk}/edit/", version="1", **typed)
    assert answer.status_code == 409
    assert "Head buyer" in answer.content.decode()
    assert send(client, f"{path}{who.pk}/edit/", version="2", **typed).status_code == 302


def test_a_cell_is_opened_saved_and_refused_where_it_stands(
    acme: Account, ana: User, head: User, auditor: User, signed_in: SignedIn
) -> None:
    who = add(acme, ana, "Orhan", role="buyer")
    client, reader, path = signed_in(ana), signed_in(auditor), f"/accounts/{acme.pk}/people/{who.pk}/"
    field = client.get(f"{path}cells/influence/", headers=HTMX).content.decode()
    assert 'name="version" value="1"' in field
    answer = swap(client, f"{path}cells/influence/", version="1", value="4")
    assert f'<tr id="row-{who.pk}"' in answer.content.decode()
    who.refresh_from_db()
    assert (who.influence, who.version) == (4, 2)
    edit(who, head, influence=2)
    answer = swap(client, f"{path}cells/influence/", version="2", value="5", again="")
    assert (answer.status_code, answer.headers["HX-Retarget"]) == (409, f'#row-{who.pk} [data-field="influence"]')
    assert "Changed meanwhile to “2”" in answer.content.decode()
    assert 'name="version" value="3"' in answer.content.decode()
    with nothing_changes():
        assert swap(client, f"{path}cells/name/", version="3", value="x" * 201).status_code == 422
        assert client.get(f"{path}cells/left_on/").status_code == 404
        assert swap(reader, f"{path}cells/influence/", version="3", value="1").status_code == 403


def test_a_card_that_is_dropped_gives_the_map_as_it_is_then(
    acme: Account, ana: User, marketing: User, analyst: User, signed_in: SignedIn
) -> None:
    top, one, other = add(acme, ana, "Top"), add(acme, ana, "One"), add(acme, ana, "Other")
    path = f"/accounts/{acme.pk}/people/map/drop/"
    form = {"who": one.pk, "version": 1, "under": top.pk, "before": "", "after": ""}
    client, reader = signed_in(ana), signed_in(analyst)
    answer = swap(client, path, **form)
    assert "One reports to Top now." in answer.content.decode()
    one.refresh_from_db()
    assert one.reports_to == top
    with nothing_changes():
        assert swap(client, path, **{**form, "under": other.pk}).status_code == 409
        assert swap(client, path, **{**form, "who": 999}).status_code == 409
        assert swap(reader, path, **{**form, "version": 2}).status_code == 403
    assert swap(signed_in(marketing), path, **{**form, "version": 2, "under": "", "x": 1}).status_code == 200
    assert other.reports_to is None


def test_questions_about_a_person_lead_back_to_the_map(acme: Account, ana: User, signed_in: SignedIn) -> None:
    one, other = add(acme, ana, "One", role="buyer"), add(acme, ana, "Other")
    client, path = signed_in(ana), f"/accounts/{acme.pk}/people/{one.pk}/"
    for page, form in (
        ("move/", {"version": 1, "under": other.pk}),
        ("tie/", {"other": other.pk, "kind": "conflict", "strength": 2, "note": "Since the merger"}),
        ("addresses/", {"kind": "email", "value": "one@acme.example"}),
        ("leave/", {"version": 2, "on": "2026-01-05", "went_to": "Birch"}),
        ("back/", {"version": 3}),
    ):
        assert client.get(f"{path}{page}", headers=HTMX).status_code == 200
        answer = send(client, f"{path}{page}", **form)
        assert (answer.status_code, answer.headers.get("Location")) == (
            302,
            f"/accounts/{acme.pk}/people/map/?who={one.pk}",
        ), page
    assert "Since the merger" in client.get(path).content.decode()
    line = ties_of(acme)[0]
    assert send(client, f"/accounts/{acme.pk}/people/ties/{line.pk}/end/").status_code == 302
    point = one.contact_points.get()
    assert send(client, f"{path}addresses/{point.pk}/end/").status_code == 302
    assert ties_of(acme) == []
    assert send(client, f"{path}addresses/", kind="email", value="nonsense").status_code == 422


def test_the_matrix_warns_of_single_threads_and_of_strangers(
    acme: Account, ana: User, boris: User, head: User, signed_in: SignedIn
) -> None:
    one, other = add(acme, ana, "One", influence=5), add(acme, ana, "Other")
    add(acme, ana, position="A gap")
    client, path = signed_in(ana), f"/accounts/{acme.pk}/people/"
    answer = send(client, f"{path}{one.pk}/relations/{ana.pk}/", level="2", desired="4", seen="", note="Fair")
    assert (answer.status_code, answer.headers["Location"]) == (302, f"{path}relations/")
    text = plain(client.get(f"{path}relations/").content.decode())
    assert "1 whom none of us knows Other" in text
    assert "1 on a single thread" in text
    assert "Ana Işık (1)" in text
    assert "One, Ana Işık: know each other; wanted: stand up for each other" in text
    assert "A gap" not in text
    held = Relation.objects.get()
    actions.relate(who=one, colleague=ana, level=3, seen=held.pk, by=head)
    answer = send(client, f"{path}{one.pk}/relations/{ana.pk}/", level="1", seen=str(held.pk))
    assert answer.status_code == 409
    assert "Hale Şef says: trust each other" in answer.content.decode()
    assert client.get(f"{path}{other.pk}/relations/{boris.pk}/", headers=HTMX).status_code == 200


def test_the_picture_is_taken_out_as_a_file_and_the_trail_knows(acme: Account, ana: User, signed_in: SignedIn) -> None:
    add(acme, ana, "Nermin & Söhne")
    answer = send(signed_in(ana), f"/accounts/{acme.pk}/people/map/file/", on="")
    assert answer.headers["Content-Type"] == "image/svg+xml; charset=utf-8"
    assert answer.headers["Content-Disposition"].startswith('attachment; filename="0001-')
    assert "Nermin &amp; Söhne" in answer.content.decode()
    assert Entry.objects.filter(verb="stakeholder.exported", account_id=acme.pk).count() == 1


def test_more_people_ask_no_more_questions(acme: Account, ana: User, boris: User, signed_in: SignedIn) -> None:
    client, path = signed_in(ana), f"/accounts/{acme.pk}/people/"

    def grow(many: int) -> None:
        top = add(acme, ana, f"Top of {many}")
        for number in range(many):
            who = add(acme, ana, f"Person {number} of {many}", reports_to=top, role="user")
            actions.relate(who=who, colleague=(ana, boris)[number % 2], level=2, seen=None, by=ana)
            actions.tie(one=who, other=top, kind="influence", by=ana)

    pages = ("", "map/", "map/?on=2100-01-01", "relations/", "changes/")
    grow(4)
    client.get(path)  # notes that she was here, which is asked once
    few = [asked(client, f"{path}{page}") for page in pages]
    grow(12)
    assert [asked(client, f"{path}{page}") for page in pages] == few
    person = Stakeholder.objects.order_by("pk")[1]
    before = asked(client, f"{path}{person.pk}/")
    grow(5)
    assert asked(client, f"{path}{person.pk}/") == before


def test_the_map_in_small_has_no_links_of_its_own(acme: Account, ana: User) -> None:
    add(acme, ana, "Nermin", stance="champion")
    mini = MiniMap.build(acme, ana)
    assert "<a " not in mini.drawing.body
    assert "href=" not in mini.drawing.body
    assert [(stance.value, count) for stance, count in mini.stances] == [("champion", 1)]
    assert mini.gaps == 8
