import pytest

from anahtar.ledger.columns.services import is_service_code
from anahtar.ledger.columns.totals import is_total_label


@pytest.mark.parametrize(
    ("code", "name"),
    [
        ("POST", "POSTAGE"),
        ("DOT", "DOTCOM POSTAGE"),
        ("BANK CHARGES", "Bank Charges"),
        ("AMAZONFEE", "AMAZON FEE"),
        ("CRUK", "CRUK Commission"),
        ("C2", "CARRIAGE"),
        ("M", "Manual"),
        ("m", "Manual"),
        ("D", "Discount"),
        ("S", "SAMPLES"),
        ("B", "Adjust bad debt"),
        ("M", None),
        ("gift_0001_40", "Dotcomgiftshop Gift Voucher £40.00"),
        ("23444", "Next Day Carriage"),
        ("KARGO", None),
        ("900.01", "Kargo Bedeli"),
        ("900.02", "NAKLİYE HİZMETİ"),
        ("900.03", "Vade Farkı"),
        ("HİZMET", "Hizmet bedeli"),
        ("НФ-01", "Доставка товара"),
        ("V1", "Versandkosten"),
    ],
)
def test_services_of_the_sale_are_told(code, name):
    assert is_service_code(code, name)


@pytest.mark.parametrize(
    ("code", "name"),
    [
        ("85123A", "WHITE HANGING HEART T-LIGHT HOLDER"),
        ("M", "Mavi boya 5 lt"),
        ("S", "Somun M8"),
        ("KP-1", "Kargo Poşeti 30x40"),
        ("B-7", "Bakım Hizmeti"),
        ("POST-CARD", "Postcard, sea view"),
        ("22734", "amazon"),  # a note about stock, not a product called so
        ("D10", None),
        ("", None),
        ("1234", "Bank of charges"),
        ("FRT-9", "Freight lift, 2 t"),
    ],
)
def test_goods_stay_goods(code, name):
    assert not is_service_code(code, name)


@pytest.mark.parametrize(
    "text",
    [
        "TOPLAM", "Toplam:", "Genel Toplam", "GENEL TOPLAM :", "Ara toplam", "Yekün", "Итого", "Итого по отчету:",
        "ВСЕГО", "Total", "Grand total", "Subtotal", "Sub-Total", "Gesamtsumme", "Summe", "Toplam (2156 kayıt)",
        "Grand total (2 156 rows)", "GENEL TOPLAMLAR", "Müşteri Toplamı",
    ],
)  # fmt: skip
def test_labels_of_totals_are_told(text):
    assert is_total_label(text)


@pytest.mark.parametrize(
    "text",
    ["", "Total Oil Türkiye A.Ş.", "Toplam Gıda Ltd", "Summer Ltd", "VINET", "12.345,67", "Genel Müdürlük", "Sumitomo"],
)
def test_customers_are_no_totals(text):
    assert not is_total_label(text)
