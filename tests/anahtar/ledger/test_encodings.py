import io

import pytest

from anahtar.ledger.text.encodings import UnableToReadText, find_encoding, known_encoding

TURKISH = "Müşteri;Şehir\nĞIĞIŞ İnşaat;İzmir\nÇağdaş Kırtasiye;Ankara\n"
RUSSIAN = "Контрагент;Сумма\nООО «Заря»;1 234,50\nЗАО Восток № 5;7\n"
GERMAN = "Kunde;Straße\nMüller & Söhne;Große Allee – 5\n"


def encoding_of(content: bytes) -> str:
    return find_encoding(lambda: io.BytesIO(content), file="sales.csv")


@pytest.mark.parametrize(
    ("text", "written", "found"),
    [
        (TURKISH, "utf-8", "utf-8"),
        (TURKISH, "utf-8-sig", "utf-8-sig"),
        (TURKISH, "utf-16", "utf-16-le"),
        (TURKISH, "utf-16-le", "utf-16-le"),
        (TURKISH, "utf-16-be", "utf-16-be"),
        (TURKISH, "cp1254", "cp1254"),
        (TURKISH, "iso8859-9", "cp1254"),  # the same bytes: Windows-1254 only adds to ISO-8859-9
        ("\x90" + TURKISH, "iso8859-9", "iso8859-9"),
        (RUSSIAN, "utf-8", "utf-8"),
        (RUSSIAN, "cp1251", "cp1251"),
        (RUSSIAN, "utf-16-le", "utf-16-le"),
        (GERMAN, "cp1252", "cp1252"),
        ("CUSTOMER;AMOUNT\nACME;1\n", "ascii", "utf-8"),
        ("CARİ;TUTAR\nİŞÇİ ŞİŞE;1\n", "cp1254", "cp1254"),
    ],
)
def test_the_encoding_is_found_by_its_letters(text, written, found):
    assert encoding_of(text.encode(written)) == found


def test_an_empty_file_is_utf8():
    assert encoding_of(b"") == "utf-8"


def test_the_last_byte_counts_too():
    assert encoding_of(b"a;b\n" * 600_000 + b"\xfe") == "cp1254"


def test_letters_on_block_borders_are_whole():
    for shift in range(4):
        assert encoding_of(b"x" * shift + "ş\n".encode() * 700_000) == "utf-8"
        assert encoding_of(b"x" * shift + "ş".encode() * 1_100_000) == "utf-8"


def test_a_few_broken_bytes_leave_utf8_what_it_is():
    assert encoding_of(("Çağdaş\n" * 50).encode() + b"\xfe\n") == "utf-8"


@pytest.mark.parametrize(
    "content", [b"PK\x03\x04\x14\x00\x00\x00\x08\x00abc", b"a;b\n1;\x00\n", bytes(range(256)) * 20]
)
def test_binary_files_are_refused(content):
    with pytest.raises(UnableToReadText, match="--encoding"):
        encoding_of(content)


def test_a_named_encoding_honours_the_mark():
    def known(name: str, content: bytes) -> str:
        return known_encoding(name, lambda: io.BytesIO(content))

    assert known("windows-1254", b"") == "cp1254"
    assert known("ISO-8859-9", b"") == "iso8859-9"
    assert known("UTF8", b"\xef\xbb\xbfa") == "utf-8-sig"
    assert known("utf-16", "a".encode("utf-16")) == "utf-16-le"
    assert known("utf-16", "a".encode("utf-16-le")) == "utf-16-le"
