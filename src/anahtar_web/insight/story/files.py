"""The documents of the largest key account, and the company's logo on its letterhead."""

import io
from collections.abc import Callable, Sequence
from datetime import timedelta
from importlib.resources import files
from pathlib import Path
from typing import Any, Final

from django.db import transaction
from docx import Document
from openpyxl import Workbook  # type: ignore[import-untyped]  # it ships no types
from PIL import Image, ImageDraw, ImageFont

from anahtar.demo.files import COMPANY
from anahtar_web.accounts.models import Account
from anahtar_web.company.queries import company, now, today
from anahtar_web.files.actions import attach, put_logo
from anahtar_web.files.incoming import take_in_stream
from anahtar_web.gate.rights import Role
from anahtar_web.insight.story.house import named, who
from anahtar_web.ui import paper

_ACCOUNT: Final = "Anatolya Otomotiv San. ve Tic. A.Ş."
_CLAUSES: Final = (
    (
        "Konu",
        "Alıcının Bursa ve Kocaeli fabrikalarının rulman, hidrolik ve pnömatik ihtiyacının 2026 yılı boyunca "
        "çerçeve fiyatlarla karşılanması.",
    ),
    ("Fiyat", "Fiyatlar altı ayda bir ÜFE ile güncellenir. Yıllık alım 60 milyon TRY üstünde % 2 ciro primi verilir."),
    (
        "Teslim",
        "A grubu 40 kalem konsinye stoktan, diğerleri siparişten sonra üç iş gününde teslim edilir. 1 milyon TRY "
        "üstündeki siparişlerde gecikmenin her günü için % 0,5 ceza uygulanır.",
    ),
    ("Kalite", "Her parti 3.1 malzeme sertifikasıyla gelir; sertifika irsaliyeyle aynı gün portala yüklenir."),
    ("Süre", "Sözleşme 31.12.2026 gününe kadar geçerlidir; on gün önceden bildirilmezse bir yıl uzar."),
)
_MINUTES: Final = (
    ("Teslimat", "Son çeyrekte 178 satırın 156’sı zamanında ve tam geldi; üç satır hâlâ bekliyor."),
    ("Şikâyet", "Bir parti rulmanda gres eksikti; 48 saatte değiştirildi, kök neden raporu istendi."),
    ("Yeni hat", "Elektrikli aks hattının rulman şartnamesi ocakta çıkacak; 18.000 devirde gürültü raporu bekleniyor."),
    ("Sonraki adım", "Elif Işık yenilenen çerçeve sözleşmenin taslağını gönderecek."),
)
_PRICES: Final = (
    ("BR-6203", "Bilyalı Rulman 6203", 84.5, 92.0),
    ("BR-6212", "Bilyalı Rulman 6212", 412.0, 447.0),
    ("HS-21", "Hidrolik Silindir HS-21", 18_450.0, 19_900.0),
    ("PV-10", "Pnömatik Valf PV-10", 3_260.0, 3_480.0),
    ("SPB-1400", "V Kayışı SPB 1400", 655.0, 690.0),
)


@transaction.atomic
def file_all() -> None:
    """Put a contract, a price list and minutes into the dossier, and the logo on the letterhead."""
    account, by = Account.objects.get(name=_ACCOUNT), named("Elif Işık")
    day = today() - timedelta(days=20)
    for name, content in (
        ("Çerçeve sözleşme 2026.pdf", _contract()),
        ("Fiyat listesi 2027 taslak.xlsx", _price_list()),
        (f"Çeyrek değerlendirmesi tutanağı {day:%Y-%m-%d}.docx", _minutes()),
    ):
        attach(account=account, name=name, content=content, by=by)
    logo = take_in_stream(io.BytesIO(_logo()), "kuzey.png", largest=1 << 20)
    put_logo(file=logo, was=company().logo, by=who(Role.ADMINISTRATOR))


def _contract() -> bytes:
    told = {
        "number": "Sözleşme no. 2026/014",
        "title": "Yıllık çerçeve sözleşme (rulman, hidrolik)",
        "clauses": [list(clause) for clause in _CLAUSES],
        "parties": [COMPANY, _ACCOUNT],
    }
    return paper.pdf(Path(__file__).parent / "papers" / "contract.typ", told, made_at=now())


def _price_list() -> bytes:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "Fiyatlar"
    _rows(sheet, [("Kod", "Ürün", "2026 (TRY)", "2027 öneri (TRY)"), *_PRICES])
    return _saved(book.save)


def _rows(sheet: Any, rows: Sequence[Sequence[object]]) -> None:
    for row in rows:
        sheet.append(list(row))
    for column, width in zip("ABCD", (12, 28, 14, 18), strict=True):
        sheet.column_dimensions[column].width = width


def _minutes() -> bytes:
    doc = Document()
    doc.add_heading("Çeyrek değerlendirmesi tutanağı", 0)
    doc.add_paragraph(f"{_ACCOUNT} · Bursa fabrikası")
    for title, text in _MINUTES:
        doc.add_heading(title, 2)
        doc.add_paragraph(text)
    return _saved(doc.save)


def _logo() -> bytes:
    """Draw a north star beside the company's short name."""
    picture = Image.new("RGBA", (900, 220), (255, 255, 255, 0))
    draw = ImageDraw.Draw(picture)
    draw.rounded_rectangle((4, 4, 216, 216), 44, fill="#1f3a93")
    draw.polygon([(110, 30), (132, 110), (110, 190), (88, 110)], fill="white")
    draw.polygon([(50, 110), (110, 94), (170, 110), (110, 126)], fill="#8fa3ea")
    font = str(files("font_source_sans_pro") / "files" / "SourceSansPro-Bold.ttf")
    draw.text((252, 18), "KUZEY", font=ImageFont.truetype(font, 112), fill="#1f3a93")
    draw.text((256, 146), "Endüstriyel Tedarik", font=ImageFont.truetype(font, 50), fill="#5f6672")
    return _saved(lambda file: picture.save(file, "PNG"))


def _saved(save: Callable[[io.BytesIO], object]) -> bytes:
    file = io.BytesIO()
    save(file)
    return file.getvalue()
