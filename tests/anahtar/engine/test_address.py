"""Addresses of tables: what is named, what is refused, and no secret said again."""

from pathlib import Path

import pytest

from anahtar.cli import main
from anahtar.sources.address import SparkAddress, UnableToUseAddress, source


@pytest.mark.parametrize(
    ("text", "master", "name", "kept", "shown"),
    [
        (
            "spark://10.0.0.5:7077?path=/data/sales.parquet/",
            "spark://10.0.0.5:7077",
            "/data/sales.parquet/",
            "spark://10.0.0.5:7077/data/sales.parquet/",
            "sales.parquet",
        ),
        (
            "spark://a:7077,b:7077?table=db.sales",
            "spark://a:7077,b:7077",
            "db.sales",
            "spark://a:7077,b:7077/db.sales",
            "db.sales",
        ),
        (
            "spark+local://2?path=/d/a+b%20c%23.parquet",
            "local[2]",
            "/d/a+b c#.parquet",
            "spark+local:///d/a+b c#.parquet",
            "a+b c#.parquet",
        ),
        ("spark+local://*?path=hdfs://n:9000/s", "local[*]", "hdfs://n:9000/s", "hdfs://n:9000/s", "s"),
        (
            "spark+local://4?path=abfss://box@store.example/s",
            "local[4]",
            "abfss://box@store.example/s",
            "abfss://box@store.example/s",
            "s",
        ),
    ],
)
def test_spark_is_named_with_a_path_or_a_table(text: str, master: str, name: str, kept: str, shown: str) -> None:
    found = source(text)
    assert isinstance(found, SparkAddress)
    assert (found.master, found.name, found.source, found.shown) == (master, name, kept, shown)


@pytest.mark.parametrize(
    "text",
    [
        "spark://host:7077",
        "spark://host?path=/data/s",
        "spark://host:7077/data/s?path=/data/s",
        "spark://host:7077?path=/a&table=b",
        "spark://host:7077?path=/a&path=/b",
        "spark://host:7077?file=/a",
        "spark://host:7077?path=data/s.parquet",
        "spark://host:7077?table=a.b.c.d",
        "spark+local://?path=/a",
        "spark+local://0?path=/a",
        "local[2]?path=/data/sales.parquet",
    ],
)
def test_an_unclear_address_of_spark_is_refused_with_the_forms(text: str) -> None:
    with pytest.raises(UnableToUseAddress, match=r"The address is unclear: .* Write spark://host:7077\?path="):
        source(text)


@pytest.mark.parametrize(
    "text",
    ["spark://me:secret@host:7077?path=/a", "spark://host:7077?path=s3a://key:secret@bucket/sales"],
)
def test_secrets_are_refused_and_not_repeated(text: str) -> None:
    with pytest.raises(UnableToUseAddress, match="Leave keys and passwords out") as refused:
        source(text)
    assert "secret" not in str(refused.value)


@pytest.mark.parametrize(
    "text", ["mysql://me:secret@host/db?table=t", "clickhouse://host", "https://example.com/sales.csv"]
)
def test_another_database_is_refused_with_a_way_out(text: str) -> None:
    with pytest.raises(UnableToUseAddress, match="export a file") as refused:
        source(text)
    assert "secret" not in str(refused.value)


def test_a_file_is_a_file_whatever_it_is_called() -> None:
    assert source("local[2]") == Path("local[2]")
    assert source("spark sales.csv") == Path("spark sales.csv")


@pytest.mark.parametrize(
    ("engine", "sentence"),
    [("oracle", "There is no engine oracle"), ("postgresql://me:secret@host/db", "Leave the password out")],
)
def test_an_engine_is_refused_before_anything_is_read(
    engine: str, sentence: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    asked = ["analyze", "no-such-file.csv", "--engine", engine, "--out", str(tmp_path / "report"), "--lang", "en"]
    assert main(asked) != 0
    said = " ".join(capsys.readouterr().err.split())
    assert sentence in said
    assert "secret" not in said
    assert not (tmp_path / "report").exists()
