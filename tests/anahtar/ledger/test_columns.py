from datetime import date, datetime
from decimal import Decimal

import pyarrow as pa
import pytest

from anahtar.ledger.columns.recognising import UnableToMap, recognise
from anahtar.ledger.options import ReadOptions
from anahtar.ledger.roles import Role
from anahtar.ledger.sheet import Chunk

CELLS = {
    "day": ["31.12.2025", "01.01.2026", "15.03.2025", "15.03.2025"],
    "later": ["02.01.2026", "03.01.2026", "17.03.2025", "17.03.2025"],
    "money": ["1.234,56", "99,90", "-12,00", "0,00"],
    "whole": ["12", "1", "-3", "40"],
    "code": ["120.01.001", "120.01.002", "120.01.001", "120.01.007"],
    "name": ["Acme A.Ş.", "Birch Ltd", "Acme A.Ş.", "Dune GmbH"],
    "currency": ["USD", "TL", "EUR", "USD"],
    "rate": ["34,5612", "34,6000", "36,1000", "36,1000"],
    "blank": [None, None, None, None],
}


def table(columns: str) -> tuple[list[str], Chunk]:
    """`Cari Kodu:code | Tarih:day` as a header and its cells; the kind of cell may be left out where it is `code`."""
    header, cells = [], []
    for column in columns.split("|"):
        name, _, kind = column.strip().partition(":")
        header.append(name)
        cells.append(pa.array(CELLS[kind or "code"], pa.string()))
    return header, Chunk(pa.array(range(2, 6)), cells)


def mapped(columns: str, /, **options: object) -> dict[str, str]:
    header, sample = table(columns)
    mapping = recognise(header, sample, ReadOptions(**options), file="sales.xlsx", sheet="Sayfa1")
    return {role.value: column for role, column in mapping.columns.items()}


def refusal(columns: str, /, **options: object) -> UnableToMap:
    with pytest.raises(UnableToMap) as refused:
        mapped(columns, **options)
    return refused.value


HABITS = [
    # Logo
    (
        "Fiş No | Tarih:day | Cari Hesap Kodu | Cari Hesap Ünvanı:name | Malzeme Kodu | Malzeme Açıklaması:name |"
        " Miktar:whole | Birim Fiyat:money | Tutar:money | KDV Tutarı:money | Net Tutar:money | Satış Elemanı Kodu",
        "customer=Cari Hesap Kodu customer_name=Cari Hesap Ünvanı date=Tarih amount=Net Tutar quantity=Miktar"
        " unit_price=Birim Fiyat product=Malzeme Kodu product_name=Malzeme Açıklaması invoice=Fiş No"
        " salesperson=Satış Elemanı Kodu",
    ),
    (
        "CLIENTREF | DATE_:day | STOCKREF | AMOUNT:whole | PRICE:money | TOTAL:money | VATAMNT:money | LINENET:money",
        "customer=CLIENTREF date=DATE_ amount=LINENET unit_price=PRICE product=STOCKREF",
    ),
    # Mikro
    (
        "sth_tarih:day | sth_evrakno | sth_stok_kod | sth_cari_kodu | sth_miktar:whole | sth_tutar:money |"
        " sth_plasiyer_kodu",
        "customer=sth_cari_kodu date=sth_tarih amount=sth_tutar quantity=sth_miktar product=sth_stok_kod"
        " invoice=sth_evrakno salesperson=sth_plasiyer_kodu",
    ),
    # Netsis
    (
        "STHAR_TARIH:day | STHAR_CARIKOD | CARI_ISIM:name | STOK_KODU | STOK_ADI:name | GRUP_KODU | TUTAR:money",
        "customer=STHAR_CARIKOD customer_name=CARI_ISIM date=STHAR_TARIH amount=TUTAR product=STOK_KODU"
        " product_name=STOK_ADI",
    ),
    (
        "CARİ KODU | CARİ ÜNVANI:name | FATURA TARİHİ:day | VADE TARİHİ:day | FATURA NO | NET TUTAR:money |"
        " PLASİYER:name",
        "customer=CARİ KODU customer_name=CARİ ÜNVANI date=FATURA TARİHİ amount=NET TUTAR invoice=FATURA NO"
        " salesperson=PLASİYER",
    ),
    (
        "CARI KODU | CARI UNVANI:name | FATURA TARIHI:day | NETTUTAR:money",
        "customer=CARI KODU customer_name=CARI UNVANI date=FATURA TARIHI amount=NETTUTAR",
    ),
    # made by hand
    ("Müşteri:name | Tarih:day | Tutar:money", "customer=Müşteri date=Tarih amount=Tutar"),
    ("Ünvan:name | Belge Tarihi:day | Matrah:money", "customer=Ünvan date=Belge Tarihi amount=Matrah"),
    (
        "Müşteri No | Müşteri:name | Tarih:day | Ciro:money | Kâr:money | Bölge:name",
        "customer=Müşteri No customer_name=Müşteri date=Tarih amount=Ciro margin=Kâr region=Bölge",
    ),
    (
        "Sıra No:whole | Firma:name | Tarih:day | KDV Hariç:money | KDV Dahil:money",
        "customer=Firma date=Tarih amount=KDV Hariç",
    ),
    (
        "Müşteri Kodu | Tarih:day | KDV Hariç Tutar:money | KDV:money | KDV Dahil Tutar:money | Vade:day",
        "customer=Müşteri Kodu date=Tarih amount=KDV Hariç Tutar",
    ),
    (
        "Müşteri Kodu | Tarih:day | Tutar:money | KDV:money | Toplam:money",
        "customer=Müşteri Kodu date=Tarih amount=Tutar",
    ),
    (
        "Müşteri Kodu | Tarih:day | Brüt Tutar:money | Net Tutar:money | Maliyet:money | Ürün Grubu:name",
        "customer=Müşteri Kodu date=Tarih amount=Net Tutar cost=Maliyet direction=Ürün Grubu",
    ),
    (
        "Cari Kodu | Cari Bakiye:money | Son Ödeme Tarihi:day | İşlem Tarihi:day | Satış Tutarı:money",
        "customer=Cari Kodu date=İşlem Tarihi amount=Satış Tutarı",
    ),
    (
        "Cari Kodu | Tarih:day | Miktar:whole | Birim Fiyat:money | İskonto %:whole",
        "customer=Cari Kodu date=Tarih quantity=Miktar unit_price=Birim Fiyat discount=İskonto %",
    ),
    (
        "Cari Kodu | Tarih:day | Miktar:whole | Birim Fiyat:money | Net Birim Fiyat:money | İskonto Oranı:whole",
        "customer=Cari Kodu date=Tarih quantity=Miktar unit_price=Net Birim Fiyat",
    ),
    (
        "Ana Cari Kodu | Cari Kodu | Tarih:day | Tutar:money | Şehir:name | Marka:name",
        "customer=Cari Kodu group=Ana Cari Kodu date=Tarih amount=Tutar direction=Marka region=Şehir",
    ),
    # several currencies
    (
        "Cari Kodu | Tarih:day | Net Tutar:money | Döviz:currency",
        "customer=Cari Kodu date=Tarih amount=Net Tutar currency=Döviz",
    ),
    (
        "Cari Kodu | Tarih:day | Döviz:currency | Döviz Kuru:rate | Döviz Tutarı:money | Tutar:money",
        "customer=Cari Kodu date=Tarih amount=Tutar",
    ),
    (
        "Cari Kodu | Tarih:day | Tutar (USD):money | Tutar (TL):money | Para Birimi:currency",
        "customer=Cari Kodu date=Tarih amount=Tutar (TL)",
    ),
    (
        "Cari Kodu | Tarih:day | Dövizli Tutar:money | Döviz Cinsi:currency",
        "customer=Cari Kodu date=Tarih amount=Dövizli Tutar currency=Döviz Cinsi",
    ),
    ("Cari Kodu | Tarih:day | Tutar:money | Döviz:money", "customer=Cari Kodu date=Tarih amount=Tutar"),
    # 1C
    (
        "Дата:day | Документ | Контрагент:name | Номенклатура:name | Количество:whole | Цена:money | Сумма:money |"
        " Сумма НДС:money | Всего:money | Менеджер:name",
        "customer=Контрагент date=Дата amount=Сумма quantity=Количество unit_price=Цена product=Номенклатура"
        " invoice=Документ salesperson=Менеджер",
    ),
    (
        "Код контрагента | Контрагент:name | Дата документа:day | Выручка:money | Себестоимость:money |"
        " Валовая прибыль:money | Товарная группа:name | Валюта:currency",
        "customer=Код контрагента customer_name=Контрагент date=Дата документа amount=Выручка cost=Себестоимость"
        " margin=Валовая прибыль direction=Товарная группа currency=Валюта",
    ),
    (
        "Организация:name | Покупатель:name | Дата отгрузки:day | Срок оплаты:day | Кол-во:whole |"
        " Сумма без НДС:money |"
        " Сумма с НДС:money | Склад:name | Регион:name",
        "customer=Покупатель date=Дата отгрузки amount=Сумма без НДС quantity=Кол-во region=Регион",
    ),
    # SAP
    (
        "VBELN | FKDAT:day | KUNAG | NAME1:name | MATNR | ARKTX:name | FKIMG:whole | NETWR:money | MWSBP:money |"
        " WAERK:currency",
        "customer=KUNAG customer_name=NAME1 date=FKDAT quantity=FKIMG product=MATNR product_name=ARKTX"
        " invoice=VBELN currency=WAERK amount=NETWR",
    ),
    (
        "Sold-to party | Ship-to party | Company Code | Billing date:day | Billing document | Material |"
        " Net value:money |"
        " Tax amount:money | Document currency:currency | Sales office:name",
        "customer=Sold-to party site=Ship-to party date=Billing date amount=Net value product=Material"
        " invoice=Billing document region=Sales office currency=Document currency",
    ),
    (
        "Kundennummer | Kundenname:name | Rechnungsdatum:day | Fälligkeitsdatum:day | Belegnummer | Artikel |"
        " Menge:whole |"
        " Nettobetrag:money | Bruttobetrag:money | MwSt:money | Währung:currency | Vertreter:name",
        "customer=Kundennummer customer_name=Kundenname date=Rechnungsdatum amount=Nettobetrag quantity=Menge"
        " product=Artikel invoice=Belegnummer currency=Währung salesperson=Vertreter",
    ),
    (
        "Debitor | Belegdatum:day | Umsatz:money | Wareneinsatz:money | Warengruppe:name | Gebiet:name | Kostenstelle",
        "customer=Debitor date=Belegdatum amount=Umsatz cost=Wareneinsatz direction=Warengruppe region=Gebiet",
    ),
    # Dynamics
    (
        "Posting Date:day | Due Date:day | Document No. | Sell-to Customer No. | Bill-to Customer No. | Item No. |"
        " Description:name | Quantity:whole | Unit Price:money | Line Amount:money | Amount Including VAT:money |"
        " Salesperson Code | Currency Code:currency",
        "customer=Sell-to Customer No. date=Posting Date amount=Line Amount quantity=Quantity unit_price=Unit Price"
        " product=Item No. product_name=Description invoice=Document No. salesperson=Salesperson Code"
        " currency=Currency Code",
    ),
    (
        "CustAccount | InvoiceId | InvoiceDate:day | ItemId | Qty:whole | SalesPrice:money | LineAmountMST:money",
        "customer=CustAccount date=InvoiceDate amount=LineAmountMST quantity=Qty unit_price=SalesPrice product=ItemId"
        " invoice=InvoiceId",
    ),
    # Odoo
    (
        "partner_id:name | invoice_date:day | invoice_date_due:day | product_id | quantity:whole | price_unit:money |"
        " price_subtotal:money | price_total:money | currency_id:currency",
        "customer=partner_id date=invoice_date amount=price_subtotal quantity=quantity unit_price=price_unit"
        " product=product_id currency=currency_id",
    ),
    (
        "Order Reference | Order Date:day | Customer:name | Salesperson:name | Untaxed Amount:money | Total:money",
        "customer=Customer date=Order Date amount=Untaxed Amount invoice=Order Reference salesperson=Salesperson",
    ),
    # databases and CRMs
    (
        "customer_id | customer_name:name | order_date:day | required_date:day | shipped_date:day |"
        " net_amount:money | sku",
        "customer=customer_id customer_name=customer_name date=order_date amount=net_amount product=sku",
    ),
    (
        "opportunity_id | sales_agent:name | product:name | account:name | deal_stage:name | engage_date:day |"
        " close_date:day | close_value:money",
        "customer=account date=close_date amount=close_value product=product invoice=opportunity_id"
        " salesperson=sales_agent",
    ),
    (
        "Account Name:name | Account Manager:name | Close Date:day | Amount:money | Parent Account:name",
        "customer=Account Name group=Parent Account date=Close Date amount=Amount salesperson=Account Manager",
    ),
    (
        "Client | Date:day | Net Sales:money | Cost of Goods Sold:money | Gross Profit:money | Margin %:whole |"
        " Country:name",
        "customer=Client date=Date amount=Net Sales cost=Cost of Goods Sold margin=Gross Profit region=Country",
    ),
    (
        "Customer Code | Invoice Date:day | Qty:whole | Unit Price:money | Unit Cost:money | Discount:money",
        "customer=Customer Code date=Invoice Date quantity=Qty unit_price=Unit Price discount=Discount",
    ),
    (
        "ID:whole | CustomerID | created_at:day | date:day | sales:money | cost_center",
        "customer=CustomerID date=date amount=sales",
    ),
    (
        "Customer | Month:name | Date:day | Target Amount:money | Amount:money | Last Year Amount:money",
        "customer=Customer date=Date amount=Amount",
    ),
    ("Customer No | Date:day | Gross Amount:money", "customer=Customer No date=Date amount=Gross Amount"),
    (
        "Customer No | Date:day | Qty:whole | Price:money | Amount incl. VAT:money",
        "customer=Customer No date=Date quantity=Qty unit_price=Price",
    ),
]


SITES = [
    ("Sevk Adresi:name", "Sevk Adresi"),
    ("Sevkiyat Adresi Kodu", "Sevkiyat Adresi Kodu"),
    ("Teslimat Adresi:name", "Teslimat Adresi"),
    ("Teslim Yeri:name", "Teslim Yeri"),
    ("SEVK YERİ:name", "SEVK YERİ"),
    ("Tesis:name", "Tesis"),
    ("Müşteri Tesis Kodu", "Müşteri Tesis Kodu"),
    ("Şube:name", "Şube"),
    ("Şube Adı:name", "Şube Adı"),
    ("Ship-to", "Ship-to"),
    ("Ship-to Code | Ship-to Name:name", "Ship-to Name"),  # Dynamics
    ("KUNWE", "KUNWE"),  # SAP
    ("Warenempfänger:name", "Warenempfänger"),
    ("SHIPINFOREF", "SHIPINFOREF"),  # Logo
    ("sth_adres_no:whole", "sth_adres_no"),  # Mikro
    ("TESLIM_CARI", "TESLIM_CARI"),  # Netsis
    ("Delivery Address:name", "Delivery Address"),
    ("Site ID", "Site ID"),
    ("Plant", "Plant"),
    ("Plant | Ship-to party", "Ship-to party"),
    ("Грузополучатель:name", "Грузополучатель"),
]


@pytest.mark.parametrize(("columns", "site"), SITES)
def test_a_place_that_is_supplied_is_a_site(columns, site):
    assert mapped(f"Cari Kodu | Tarih:day | Tutar:money | Fatura No | {columns}") == {
        **{"customer": "Cari Kodu", "date": "Tarih", "amount": "Tutar", "invoice": "Fatura No"},
        "site": site,
    }


@pytest.mark.parametrize(
    "columns",
    [
        *("Web site:name", "Adres:name", "Site traffic:name", "Shipped:name", "Sevk Tarihi:later", "Şube Kodu"),
        *(
            "Site Manager Notes:name",
            "Sevk Miktarı Notu:name",
            "Depo:name",
            "Satış Şubesi Hedefi:name",
            "Doğum Yeri:name",
        ),
    ],
)
def test_what_is_no_place_of_the_customer_is_no_site(columns):
    assert "site" not in mapped(f"Cari Kodu | Tarih:day | Tutar:money | {columns}")


@pytest.mark.parametrize(
    ("columns", "mapping"),
    [
        ("Ship-to country:name | Ship-to party", "region=Ship-to country site=Ship-to party"),
        ("Ship Date:later", ""),
        ("Şehir:name | Sevk Şehri:name", "region=Şehir"),
        ("Sales Office:name | Şube:name", "region=Sales Office site=Şube"),
        ("Site Customer Name:name", "customer_name=Site Customer Name"),
    ],
)
def test_a_site_takes_no_column_from_another_role(columns, mapping):
    assert mapped(f"Cari Kodu | Fatura Tarihi:day | Tutar:money | {columns}") == expected(
        f"customer=Cari Kodu date=Fatura Tarihi amount=Tutar {mapping}".strip()
    )


def expected(text: str) -> dict[str, str]:
    """`customer=Cari Kodu date=Tarih`: a header may hold blanks, a role's name may not."""
    pairs: dict[str, str] = {}
    for word in text.split(" "):
        role, equals, rest = word.partition("=")
        if equals and role in set(Role):
            last = role
            pairs[last] = rest
        else:
            pairs[last] += f" {word}"
    return pairs


@pytest.mark.parametrize(("columns", "mapping"), HABITS, ids=[columns[:40] for columns, _ in HABITS])
def test_the_columns_of_an_export_are_recognised(columns, mapping):
    assert mapped(columns) == expected(mapping)


def test_every_choice_says_why():
    header, sample = table("Cari Kodu | Tarih:day | Ek Tutar:money | Bölge | Bölge Adı:name | Satış Bölgesi")
    because = recognise(header, sample, ReadOptions(columns={Role.CUSTOMER: "cari kodu"}), file="a.csv").because
    assert str(because[Role.CUSTOMER]) == "named by the user"
    assert str(because[Role.DATE]) == "“Tarih” is a known name"
    assert str(because[Role.AMOUNT]) == "“Ek Tutar” contains a known name"
    assert str(because[Role.REGION]) == "“Bölge” is the first of 3 columns so named"
    assert list(because) == [Role.CUSTOMER, Role.DATE, Role.AMOUNT, Role.REGION]


def test_a_known_name_wins_over_one_that_contains_it():
    assert mapped("Cari Kodu | Bayram Tarihi:day | Tarih:day | Ek Tutar:money | Tutar:money") == expected(
        "customer=Cari Kodu date=Tarih amount=Tutar"
    )


@pytest.mark.parametrize(
    "columns",
    [
        "Cari Kodu | Tarih:name | Fatura Tarihi:day | Tutar:money",
        "Cari Kodu | Tarih:money | Fatura Tarihi:day | Tutar:money",
        "Cari Kodu | Fatura Tarihi:day | Net Tutar:name | Tutar:money",
        "Cari Kodu | Fatura Tarihi:day | Net Tutar:blank | Tutar:money",
        "Müşteri Kodu:blank | Cari Kodu | Fatura Tarihi:day | Tutar:money",
    ],
)
def test_a_column_whose_cells_contradict_its_name_is_passed_by(columns):
    assert mapped(columns) == expected("customer=Cari Kodu date=Fatura Tarihi amount=Tutar")


def test_names_alone_decide_where_there_are_no_rows():
    header = ["Cari Kodu", "Tarih", "Net Tutar"]
    empty = Chunk(pa.array([], pa.int64()), [pa.array([], pa.string())] * 3)
    assert list(recognise(header, empty, ReadOptions(), file="a.csv").columns.values()) == header


def test_native_cells_of_workbooks_are_understood():
    sample = Chunk(
        pa.array([2, 3]),
        [
            pa.array([1001, 1002]),
            pa.array([datetime(2025, 1, 1), datetime(2025, 1, 2)]),  # noqa: DTZ001 cells know no time zone
            pa.array([1.5, 2.0]),
            pa.array([Decimal("1.10"), Decimal("2.20")]),
            pa.array([date(2025, 1, 1), date(2025, 1, 2)]),
            pa.array(["x", "y"]).dictionary_encode(),
        ],
    )
    header = ["Cari Kodu", "Fatura Tarihi", "Tutar", "Maliyet", "Tarih", "Bölge"]
    mapping = recognise(header, sample, ReadOptions(), file="a.xlsx")
    assert {role.value: column for role, column in mapping.columns.items()} == expected(
        "customer=Cari Kodu date=Fatura Tarihi amount=Tutar cost=Maliyet region=Bölge"
    )


@pytest.mark.parametrize(
    ("columns", "role"),
    [
        ("Tarih:day | Tutar:money", Role.CUSTOMER),
        ("ID | Tarih:day | Tutar:money", Role.CUSTOMER),
        ("Sıra No | Tarih:day | Tutar:money", Role.CUSTOMER),
        ("Company Code | Tarih:day | Tutar:money", Role.CUSTOMER),
        ("Müşteri Segmenti:name | Tarih:day | Tutar:money", Role.CUSTOMER),
        ("Proje Adı:name | Tarih:day | Tutar:money", Role.CUSTOMER),
        ("Cari Kodu | Vade Tarihi:day | Tutar:money", Role.DATE),
        ("Cari Kodu | requiredDate:day | Tutar:money", Role.DATE),
        ("Cari Kodu | Tarih:name | Tutar:money", Role.DATE),
        ("Cari Kodu | Tarih:day | Cari Bakiye:money", Role.AMOUNT),
        ("Cari Kodu | Tarih:day | KDV Tutarı:money", Role.AMOUNT),
        ("Cari Kodu | Tarih:day | Birim Fiyat:money", Role.AMOUNT),
        ("Cari Kodu | Tarih:day | Miktar:whole", Role.AMOUNT),
        ("Cari Kodu | Tarih:day | Birim Maliyet:money | Kâr Oranı:whole", Role.AMOUNT),
        ("Cari Kodu | Tarih:day | Tutar:name", Role.AMOUNT),
        ("orderID | customerID | orderDate:day | freight:money", Role.AMOUNT),
    ],
)
def test_a_missing_role_is_refused_with_the_columns_and_the_option(columns, role):
    refused = refusal(columns)
    assert refused.role is role
    assert f"--map {role.value}=HEADER" in str(refused)
    assert "sales.xlsx [Sayfa1]" in str(refused)
    for number, column in enumerate(columns.split("|")):
        name, _, kind = column.strip().partition(":")
        assert f"[{chr(65 + number)}] {name}: {CELLS[kind or 'code'][0]}" in str(refused)


@pytest.mark.parametrize(
    ("columns", "role"),
    [
        ("Cari Kodu | Müşteri No:name | Tarih:day | Tutar:money", Role.CUSTOMER),
        ("Cari Kodu | Fatura Tarihi:day | InvoiceDate:day | Net Tutar:money | Nettobetrag:whole", Role.AMOUNT),
        ("Cari Kodu | Tarih:day | Tutar:money | Tutar:whole", Role.AMOUNT),
        ("Cari Kodu | Tarih:day | Amount USD:money | Amount EUR:whole", Role.AMOUNT),
        ("Cari Kodu | Tarih:day | Tutar:money | Maliyet:money | Cost:whole", Role.COST),
        ("Cari Kodu | Tarih:day | Adet:whole | Miktar:money | Fiyat:money", Role.QUANTITY),
        ("Cari Kodu | Teslim Tarihi:day | Ship date:later | Miktar:whole | Fiyat:money", Role.DATE),
    ],
)
def test_two_columns_equally_good_are_refused(columns, role):
    assert refusal(columns).role is role
    assert "equally good" in str(refusal(columns))


def test_two_columns_with_the_same_cells_are_one():
    assert mapped("Cari Kodu | Tarih:day | Tutar:money | Tutar:money")["amount"] == "[C]"


def test_the_ledgers_currency_chooses_between_amounts():
    assert mapped("Cari | Tarih:day | Amount USD:money | Amount EUR:whole", currency="EUR")["amount"] == "Amount EUR"
    assert mapped("Cari | Tarih:day | Tutar TL:money | Tutar USD:whole", currency="USD")["amount"] == "Tutar USD"


NAMELESS = ":day | :code | :name | :money | :whole"


def test_columns_without_a_header_are_found_by_their_cells_where_only_one_fits():
    assert mapped(":day | :code | :money | :whole") == expected("customer=[B] date=[A] amount=[C]")
    assert mapped("Spalte1:day | Kolon 2:code | Column3:money") == expected(
        "customer=Kolon 2 date=Spalte1 amount=Column3"
    )


def test_two_nameless_columns_that_could_be_the_customer_are_refused():
    refused = refusal(NAMELESS)
    assert refused.role is Role.CUSTOMER
    assert "[B], [C] are equally good" in str(refused)
    assert mapped(NAMELESS, columns={Role.CUSTOMER: "[B]"}) == expected("customer=[B] date=[A] amount=[D]")


def test_a_date_under_an_unknown_header_is_found_but_an_amount_is_not():
    assert mapped("Cari Kodu | Falan:day | Tutar:money")["date"] == "Falan"
    assert refusal("Cari Kodu | Tarih:day | Falan:money").role is Role.AMOUNT


@pytest.mark.parametrize("name", ["Falan Filan", "falan filan", "FALAN_FILAN", "[C]", "[c]", "[3]", " Falan Filan "])
def test_the_user_names_a_column_by_header_letter_or_number(name):
    assert mapped("Cari Kodu | Tarih:day | Falan Filan:money", columns={Role.AMOUNT: name})["amount"] == "Falan Filan"


def test_the_users_word_wins_over_names_and_takes_the_column_from_other_roles():
    columns = "Cari Kodu | Cari Ünvanı:name | Tarih:day | Tutar:money | Net Tutar:money"
    assert mapped(columns, columns={Role.CUSTOMER: "Cari Ünvanı", Role.AMOUNT: "Tutar"}) == expected(
        "customer=Cari Ünvanı date=Tarih amount=Tutar"
    )


def test_the_user_can_say_that_a_column_plays_no_role():
    columns = "Cari Kodu | Tarih:day | Tutar:money | Döviz:currency | Maliyet:money"
    assert mapped(columns, columns={Role.CURRENCY: "", Role.COST: ""}) == expected(
        "customer=Cari Kodu date=Tarih amount=Tutar"
    )


def test_quantity_and_unit_price_can_be_chosen_over_an_amount():
    columns = "Cari Kodu | Tarih:day | Tutar:money | Miktar:whole | Fiyat:money | İskonto:whole"
    assert mapped(columns, columns={Role.AMOUNT: ""}) == expected(
        "customer=Cari Kodu date=Tarih quantity=Miktar unit_price=Fiyat discount=İskonto"
    )


@pytest.mark.parametrize("name", ["Müşteri", "[Z]", "[0]", "[9]"])
def test_a_column_that_is_not_there_is_refused_with_those_that_are(name):
    refused = refusal("Cari Kodu | Tarih:day | Tutar:money", columns={Role.CUSTOMER: name})
    assert f"no column “{name}”" in str(refused)
    assert "[A] Cari Kodu: 120.01.001" in str(refused)


def test_a_header_that_stands_twice_is_named_by_letter():
    columns = "Cari Kodu | Tarih:day | Tutar:money | Tutar:whole"
    assert "several columns" in str(refusal(columns, columns={Role.AMOUNT: "Tutar"}))
    assert mapped(columns, columns={Role.AMOUNT: "[D]"})["amount"] == "[D]"


def test_a_very_wide_sheet_is_shown_in_part():
    columns = " | ".join(f"Falan {number}" for number in range(200))
    assert str(refusal(columns)).count("\n  [") == 60
    assert "…" in str(refusal(columns))
