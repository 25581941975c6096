"""What the words of a header mean, in Turkish, English, Russian and German, and what ERPs call their columns.

A header is read in two steps. Its words become *ideas* (`Fatura Tarihi`, `InvoiceDate`, `Rechnungsdatum` and
`FKDAT` are all {invoice, date}); then a set of ideas is looked up in the names of each role, best first. Sets, not
texts: `Net Tutar` and `Tutar (Net)` are one name, and `Vade Tarihi` {due, date} is in no list of dates at all.

To teach a new word add it to `_WORDS`; to teach a new name of a role add it to `_NAMES`.
"""

import itertools
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Final, Literal, TypeAlias

from anahtar.ledger.columns.folding import fold
from anahtar.ledger.columns.site_words import SITE_PHRASES, SITE_WORDS
from anahtar.ledger.roles import FileKind, Role
from anahtar.ledger.values.currencies import currency_code

_PHRASES: Final = {
    "number of": "quantity",
    "sold to": "customer",
    "sell to": "customer",
    "bill to": "payer",
    "ship to": "ship",
    "line of business": "direction",
    "business unit": "direction",
    "is kolu": "direction",
    "iş alanı": "direction",
    "bağlı olduğu grup": "parent",
    "bağlı olduğu": "parent",
    "bağlı grup": "parent",
    "para birimi": "currency",
    "para birim": "currency",
    "ara toplam": "subtotal",
    "genel toplam": "gross total",
    "grand total": "gross total",
    "vergi hariç": "untaxed",
    "vergi dahil": "gross",
    "tax base": "untaxed",
    "satılan malın maliyeti": "cost",
    "cost of goods sold": "cost",
    "cost of sales": "cost",
    "за единицу": "unit",
    "ед изм": "measure",
    "ед": "unit",
    "счет фактура": "invoice",
    "счета фактуры": "invoice",
    "без ндс": "untaxed",
    "с ндс": "gross",
    "в т ч ндс": "tax",
    "в том числе ндс": "tax",
    "satış elemanı": "rep",
    "sales person": "rep",
    "name 1": "customer name",
    "cost center": "other",
    "cost centre": "other",
    "profit center": "other",
    "profit centre": "other",
    "maliyet merkezi": "other",
    "cost price": "unit cost",
}
"""Words that mean something else together than apart; they are looked for before single words."""

_WORDS: Final = {
    # who
    "customer": "cari cariler müşteri müşterinin customer customers cust client clients kunde kunden debitor debitoren "
    "контрагент контрагента контрагенты покупатель покупателя клиент клиента заказчик заказчика alıcı buyer partner "
    "party",
    "account": "hesap hesabı account acct konto",
    "company": "firma firması şirket şirketi company компания компании",
    "title": "ünvan ünvanı unvan unvanı",
    "name": "ad adı isim ismi name names bezeichnung наименование название tanım tanımı",
    "text": "açıklama açıklaması description desc beschreibung описание kurztext",
    "code": "kod kodu no nr num number numara numarası id ref referans referansı code nummer код кода номер key",
    "parent": "parent üst ana holding konzern subsidiary головной головная родитель",
    "payer": "payer bill ödeyen плательщик",
    # when
    "date": "tarih tarihi date datum дата datetime timestamp zeitstempel",
    "invoice": "fatura faturası invoice invoiced inv billing rechnung rechnungs faktura счет счета накладная накладной",
    "document": "belge evrak fiş fişi document doc beleg документ документа чек voucher receipt регистратор",
    "order": "sipariş siparişi order auftrag auftrags bestellung bestell заказ заказа opportunity deal сделка",
    "entry": "hareket işlem transaction trans операция операции движение",
    "posting": "posting posted buchung buchungs проводки",
    "close": "close closed won kapanış",
    "ship": "sevk sevkiyat irsaliye irsaliyesi ship shipped shipment delivery teslim teslimat liefer lieferung "
    "отгрузка отгрузки доставки dispatch",
    # how much
    "sales": "satış satışlar sales sale verkauf verkaufs vertriebs продажа продажи продаж реализация реализации",
    "turnover": "ciro cirosu revenue umsatz umsätze turnover hasılat выручка оборот erlös erlöse",
    "amount": "tutar tutarı amount amt value betrag wert сумма суммы стоимость bedel bedeli",
    "total": "toplam toplamı total итого всего gesamt summe sum yekün",
    "net": "net netto нетто",
    "net amount": "matrah matrahı netwr",
    "net total": "subtotal",
    "gross": "brüt gross brutto брутто валовая валовой",
    "tax": "kdv vat tax mwst ust steuer ндс ötv vergi gst",
    "without": "hariç siz sız excl excluding exclusive ex without ohne exkl zzgl без",
    "with": "dahil li lı incl including inclusive inkl mit",
    "price": "fiyat fiyatı price preis цена цены",
    "unit": "birim unit einzel stück единица",
    "list": "liste list listen",
    "quantity": "miktar miktarı adet adedi qty quantity menge pcs pieces units кол количество quantity",
    "discount": "iskonto iskontosu indirim indirimi discount disc rabatt nachlass скидка скидки",
    "rate": "% oran oranı percent percentage pct prozent процент yüzde rate kur kuru курс satz",
    "cost": "maliyet maliyeti cost costs cogs kosten einstand wareneinsatz selbstkosten себестоимость "
    "себестоимости smm",
    "margin": "kâr kârı profit margin marge gewinn deckungsbeitrag rohertrag маржа прибыль marj marjı",
    "currency": "döviz currency curr währung waehrung valuta валюта валюты",
    "foreign": "dövizli foreign fcy yabancı fremdwährung",
    "local": "local lcy yerel ulusal mst hauswährung",
    # what, where, through whom
    "product": "ürün product prod item article artikel malzeme material mal stok stock sku номенклатура номенклатуры "
    "товар товара товарная товарной produkt ware waren goods",
    "group": "grup grubu group gruppe gruppen группа группы family aile ailesi sınıf class",
    "category": "kategori kategorisi category kategorie категория категории",
    "direction": "yön direction направление segment division sparte bölüm",
    "channel": "kanal kanalı channel kanal канал",
    "brand": "marka markası brand marke бренд марка",
    "line": "satır line zeile position kalem строка строки hat hattı",
    "region": "bölge bölgesi region gebiet регион региона territory bezirk область",
    "city": "şehir şehri il ili city stadt город",
    "country": "ülke ülkesi country land страна",
    "office": "office şube şubesi büro branch",
    "rep": "plasiyer plasiyeri salesperson salesman satıcı vertreter vertriebsmitarbeiter verkäufer менеджер менеджера "
    "manager agent rep representative temsilci temsilcisi danışman danışmanı sorumlu sorumlusu ответственный owner "
    "employee продавец",
    "type": "cins cinsi tip tipi tür türü type kind art вид тип",
    # names of tables and columns: SAP, Logo, Netsis, Odoo
    "customer code": "kunnr kunag carikod clientref kundennr kdnr",
    "payer code": "kunrg",
    "ship code": "kunwe",
    "invoice date": "fkdat",
    "posting date": "budat",
    "document date": "bldat audat",
    "invoice code": "vbeln faturano ficheno",
    "product code": "matnr stockref",
    "product name": "arktx maktx",
    "product group": "matkl",
    "quantity invoice": "fkimg",
    "currency code": "waerk waers",
    "tax amount": "mwsbp vatamnt",
    # makes another column of it: not a date of sale, not an amount sold, not a customer
    "other": "vade vadesi due fällig fälligkeit срок required istenen payment paid ödeme zahlung zahlungs оплата "
    "оплаты tahsilat created create creation oluşturma kayıt modified update updated değişiklik изменения создания "
    "birth doğum hire start başlangıç end bitiş engage onay approval expected planned plan hedef target budget bütçe "
    "quota bakiye bakiyesi balance saldo остаток limit risk kredi credit borç alacak debit debt sıra row adres "
    "address adresse адрес telefon phone email mail posta website depo warehouse lager склад saat time uhrzeit ağırlık "
    "weight gewicht вес организация stage status durum durumu zip postal plz contact kişi dairesi freight navlun "
    "delta previous önceki geçen last prior year yıl month ay week merkezi center kostenstelle version",
    "measure": "measure uom ölçü einheit",
    # says nothing
    "": "of the to in per bilgisi by sth cha sthar stl and und ve и по от за во for de der x sap",
    "untaxed": "untaxed",
}

_DELIVERY_PHRASES: Final = {
    "söz verilen": "promised",
    "taahhüt edilen": "promised",
    "talep edilen": "asked",
    "teslim edilen": "handed",
    "sevk edilen": "ship",
    "wadat ist": "actual ship date",
}
_DELIVERY_WORDS: Final = {
    "promised": "promised promise termin termini taahhüt taahhüdü söz sözü confirmed committed commitment onaylanan "
    "teyitli zugesagt zugesagter bestätigt bestätigter обещанная обещанный liefertermin",
    "asked": "istenen requested required due planned planlanan expected beklenen scheduled wunsch срок plan",
    "moved": "revize yeni ertelenen güncel güncellenen moved revised rescheduled neu neuer новая новый",
    "actual": "fiili gerçek gerçekleşen actual tatsächlich tatsächlicher ist факт фактическая",
    "handed": "teslim teslimat teslimatı delivery delivered karşılanan geliefert lieferung liefer доставки доставлено",
    "line": "sıra sırası row pos poz позиция",
    "other": "kalan bekleyen remaining open",
    "order code": "vbeln siparisno orderno",
    "line code": "posnr",
    "order quantity": "kwmeng",
    "handed quantity": "lfimg",
}
"""What deliveries call things otherwise: a due date is no date of sale, but it is a promise."""

SITES: Final = "sites"
"""The words by which a column is asked whether it names sites."""

_NAMES: Final[dict[Role, tuple[str, ...]]] = {
    Role.CUSTOMER: (
        "customer [account] code",
        "customer [account] | account customer",
        "payer [customer] [account] [code] | invoice customer [account] [code] | invoice account [code]",
        "account [code]",
    ),
    Role.CUSTOMER_NAME: (
        "customer [account] [company] name | customer [account] [company] title",
        "title | company title | company name | account title | account name",
        "payer [customer] name | payer [customer] title | invoice customer name",
        "company",
        "name",
        "customer [account]",
    ),
    Role.GROUP: (
        "parent [customer] [account] [company] [code] | group company [code]",
        "parent [customer] [account] [company] name | parent [customer] title | group company name",
    ),
    Role.DATE: (
        "invoice date",
        "posting date",
        "document date | entry date",
        "sales date",
        "date",
        "close date",
        "order date",
        "ship date | ship document date",
    ),
    Role.AMOUNT: (
        "[local] [line] [sales] [product] net [amount] [total] [turnover] | price net total | untaxed [line] [sales] "
        "[amount] [total] [net] | tax without [line] [sales] [amount] [total] [net] [turnover]",
        "[local] line amount | [local] sales amount | [local] turnover amount | product amount",
        "[local] amount",
        "[local] [sales] turnover [total] [net]",
        "[local] sales [total]",
        "[local] amount total | [local] sales amount total | line total",
        "[local] total",
        "[net] close amount | [net] order amount | [net] entry amount | [untaxed] [net] invoice amount | "
        "[net] document amount",
        "[net] [untaxed] invoice total | [net] order total | document total",
        "gross [line] [sales] [invoice] [amount] [total] [turnover] | price total | "
        "tax with [line] [sales] [invoice] [amount] [total] [turnover] [gross]",
        "currency [net] [sales] [line] amount [document] | currency [net] total | foreign [currency] [net] [sales] "
        "amount | foreign [net] total",
    ),
    Role.QUANTITY: (
        "[sales] [invoice] [line] quantity",
        "quantity total | product quantity | quantity product sales | ship quantity | order quantity",
    ),
    Role.UNIT_PRICE: (
        "net [unit] [sales] price | tax without [unit] [sales] price | untaxed [unit] [sales] price",
        "[sales] unit price",
        "[sales] price | product price",
        "list [unit] price [sales]",
        "gross [unit] price | tax with [unit] [sales] price",
    ),
    Role.DISCOUNT: ("[line] discount rate", "[line] discount [total]", "[line] discount amount [total]"),
    Role.COST: ("[local] [line] [sales] [product] [total] cost [amount]",),
    Role.MARGIN: ("[local] [line] [sales] [gross] [net] [total] margin [amount]",),
    Role.PRODUCT: ("product code", "product"),
    Role.PRODUCT_NAME: ("product name | product text | product title", "text", "product"),
    Role.DIRECTION: (
        "product group [name] | product category [name] | product line [name]",
        "direction [name] | direction product",
        "category [name] | parent group | product parent group | parent product category",
        "product group code | product category code | direction code",
        "channel [name] | sales channel",
        "brand [name] | product brand",
    ),
    Role.REGION: (
        "[sales] [customer] region [name]",
        "[sales] region code",
        "[customer] country [name]",
        "[customer] city [name]",
        "sales office [name]",
        "ship country",
    ),
    Role.SITE: (
        "[customer] site [name] | [customer] destination | destination site",
        "[customer] destination name | [customer] destination title | destination site name",
        "[customer] site code | [customer] destination code | destination site code",
        "[customer] office [name] | customer office code",
        "[customer] plant [name] [code]",
    ),
    Role.INVOICE: (
        "invoice code | invoice document [code]",
        "document code | entry code | posting code",
        "invoice | sales invoice",
        "document | sales document | sales document code",
        "order code | sales order code",
        "order | sales order",
        "ship document code | ship code",
    ),
    Role.SALESPERSON: (
        "[sales] [customer] [account] rep",
        "[sales] [customer] [account] rep name",
        "[sales] [customer] [account] rep code",
    ),
    Role.CURRENCY: (
        "currency [code] [type] [name]",
        "document currency [code] | invoice currency [code] | line currency",
    ),
    Role.ORDER: (
        "order code | sales order code | customer order code",
        "order | sales order | order document code",
        "document code",
    ),
    Role.ORDER_LINE: ("order line [code] | sales order line [code]", "line [code] | document line [code]"),
    Role.PROMISED: (
        "promised [ship] [handed] date [order] [line]",
        "promised [ship] [handed] [order]",
        "asked [ship] [handed] date [order]",
    ),
    Role.MOVED_TO: ("moved [promised] [asked] [ship] [handed] date [order]", "moved promised [ship] [handed]"),
    Role.DELIVERED_ON: (
        "actual [ship] [handed] date [order]",
        "handed date",
        "ship date",
        "ship document date",
    ),
    Role.ORDERED: ("order quantity [line] [total]", "promised quantity | asked quantity", "quantity [line]"),
    Role.DELIVERED: ("handed quantity [total] [actual]", "ship quantity [total] [actual] | actual quantity"),
}
"""The names of each role, best first. `[word]` may be there or not, `|` parts equally good names."""

_SHORT_IN_COMPOUNDS: Final = frozenset({"no", "id", "nr"})
_LONGEST_COMPOUND: Final = 40


def _expand(name: str) -> Iterator[frozenset[str]]:
    words = name.split()
    fixed = {word for word in words if not word.startswith("[")}
    optional = [word.strip("[]") for word in words if word.startswith("[")]
    for chosen in itertools.product((False, True), repeat=len(optional)):
        yield frozenset(fixed | set(itertools.compress(optional, chosen)))


def _compile(names: tuple[str, ...]) -> dict[frozenset[str], int]:
    ranks: dict[frozenset[str], int] = {}
    for rank, tier in enumerate(names):
        for name in tier.split("|"):
            for ideas in _expand(name):
                ranks.setdefault(ideas, rank)
    return ranks


_Ideas = Mapping[str, tuple[str, ...]]


def _ideas(words: Mapping[str, str]) -> dict[str, tuple[str, ...]]:
    return {fold(word): tuple(ideas.split()) for ideas, listed in words.items() for word in listed.split()}


def _by_phrase(phrases: Mapping[str, str]) -> dict[tuple[str, ...], tuple[str, ...]]:
    return {tuple(fold(phrase).split()): tuple(ideas.split()) for phrase, ideas in phrases.items()}


Asked: TypeAlias = FileKind | Literal["sites"]
"""Whose words a header is read by."""

_IDEAS: Final[Mapping[Asked, _Ideas]] = {
    FileKind.SALES: _ideas(_WORDS),
    FileKind.DELIVERIES: _ideas(_WORDS) | _ideas(_DELIVERY_WORDS),
    SITES: _ideas(_WORDS) | _ideas(SITE_WORDS),
}
_BY_PHRASE: Final[Mapping[Asked, Mapping[tuple[str, ...], tuple[str, ...]]]] = {
    FileKind.SALES: _by_phrase(_PHRASES),
    FileKind.DELIVERIES: _by_phrase(_PHRASES) | _by_phrase(_DELIVERY_PHRASES),
    SITES: _by_phrase(_PHRASES) | _by_phrase(SITE_PHRASES),
}
_LONGEST_PHRASE: Final = max(len(phrase) for phrases in _BY_PHRASE.values() for phrase in phrases)
_RANKS: Final = {role: _compile(names) for role, names in _NAMES.items()}


@dataclass(frozen=True, slots=True)
class Meaning:
    """What a header says.

    Parameters
    ----------
    ideas
        The ideas its words stand for.
    strangers
        How many of its words are unknown.
    currency
        The currency named in it (`Tutar (TL)`), or None.
    """

    ideas: frozenset[str]
    strangers: int
    currency: str | None

    @property
    def foreign(self) -> bool:
        """Whether the column says of itself that it is in another currency than the ledger's."""
        return bool({"currency", "foreign"} & self.ideas)

    def rank(self, role: Role) -> int | None:
        """How good a name of the role this is (0 is best), None where it is no name of it."""
        return _RANKS[role].get(self.ideas)


@cache
def meaning(header: str, kind: Asked = FileKind.SALES) -> Meaning:
    """Read a header by the words of a kind of file, or of sites: its ideas, its unknown words, its currency."""
    ideas: set[str] = set()
    strangers, currency = 0, None
    words = fold(header).split()
    while words:
        taken, found = _first(words, kind)
        marked = currency_code(words[0]) if taken == 1 and words[0] != "all" else None
        if found is None and marked is None:
            strangers += 1
        currency = marked or currency
        ideas.update(found or ())
        del words[:taken]
    return Meaning(frozenset(ideas), strangers, currency)


def _first(words: list[str], kind: Asked) -> tuple[int, tuple[str, ...] | None]:
    """How many words the first name takes, and its ideas (None: an unknown word)."""
    for length in range(min(_LONGEST_PHRASE, len(words)), 0, -1):
        phrase = _BY_PHRASE[kind].get(tuple(words[:length]))
        if phrase is not None:
            return length, tuple(idea for word in phrase for idea in _IDEAS[kind].get(word, (word,)))
    return 1, _IDEAS[kind].get(words[0]) or _compound(words[0], _IDEAS[kind])


def _compound(word: str, known: _Ideas) -> tuple[str, ...] | None:
    """The ideas of a word written together (`NETTUTAR`, `Rechnungsdatum`), None unless all of it is known."""
    if word in known:
        return known[word]
    if len(word) > _LONGEST_COMPOUND:
        return None
    for cut in range(len(word) - 2, 2, -1):
        head, tail = word[:cut], word[cut:]
        if head not in known or (len(tail) < 3 and tail not in _SHORT_IN_COMPOUNDS):
            continue
        rest = _compound(tail, known)
        if rest is not None:
            return known[head] + rest
    return None
