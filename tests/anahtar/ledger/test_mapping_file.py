from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from anahtar.ledger.columns.mapping_file import UnableToReadMapping, read_mapping, write_mapping
from anahtar.ledger.options import DateOrder, ReadOptions
from anahtar.ledger.roles import Role
from anahtar.words import Words

HEADERS = st.text(st.characters(exclude_categories=["Cs"]), max_size=12)


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.builds(
        ReadOptions,
        columns=st.dictionaries(st.sampled_from(Role), HEADERS),
        decimal=st.sampled_from([None, ",", "."]),
        date_order=st.sampled_from([None, *DateOrder]),
        encoding=st.sampled_from([None, "cp1254"]),
        delimiter=st.sampled_from([None, ";", "\t", '"']),
        sheet=st.none() | HEADERS,
        header_row=st.none() | st.integers(0, 99),
    )
)
def test_what_is_saved_is_what_is_read(tmp_path, options):
    write_mapping(tmp_path / "mapping.toml", options)
    assert read_mapping(tmp_path / "mapping.toml") == options


def test_a_saved_mapping_is_a_file_a_person_can_read_and_write(tmp_path):
    file = tmp_path / "mapping.toml"
    write_mapping(file, ReadOptions(columns={Role.DATE: "Fatura Tarihi", Role.CUSTOMER: 'Cari "Kodu"'}, decimal=","))
    assert file.read_text(encoding="utf-8") == (
        'decimal = ","\n\n[columns]\ncustomer = "Cari \\"Kodu\\""\ndate = "Fatura Tarihi"\n'
    )


def test_an_editor_that_writes_a_byte_order_mark_does_no_harm(tmp_path):
    file = tmp_path / "mapping.toml"
    file.write_text('[columns]\ncustomer = "Müşteri"\n', encoding="utf-8-sig")
    assert read_mapping(file).columns == {Role.CUSTOMER: "Müşteri"}


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ('[columns]\nbuyer = "A"\n', r"columns\.buyer"),
        ("[columns]\ncustomer = 3\n", r"columns\.customer"),
        ('columns = "A"\n', "key columns"),
        ('decimal = ";"\n', "key decimal: “;”"),
        ('date_order = "day"\n', "key date_order: “day”"),
        ("encoding = 1254\n", "key encoding"),
        ("header_row = true\n", "key header_row"),
        ('colums = "A"\n', "key colums"),
        ("customer = \n", r"cannot be read: it is no valid TOML \(line 1, column 12\)"),
    ],
)
def test_a_fault_names_the_file_and_the_key(tmp_path, text, complaint):
    file = tmp_path / "mapping.toml"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(UnableToReadMapping, match=f"mapping.toml.*{complaint}"):
        read_mapping(file)


def test_a_missing_file_is_named():
    with pytest.raises(UnableToReadMapping, match=r"nowhere\.toml"):
        read_mapping(Path("nowhere.toml"))


def test_a_missing_mapping_file_is_refused_in_the_readers_language(tmp_path):
    with pytest.raises(UnableToReadMapping) as refused:
        read_mapping(tmp_path / "yok.toml")
    assert str(refused.value).endswith("yok.toml cannot be read: it is not there.")
    assert "No such file" not in Words("tr")(refused.value.message)
