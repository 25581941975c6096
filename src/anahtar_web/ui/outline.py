"""Markdown as plain pieces: for documents that are not web pages."""

from collections.abc import Sequence
from dataclasses import dataclass

from anahtar_web.ui.markdown import reader


@dataclass(frozen=True, slots=True)
class Piece:
    """A paragraph.

    Parameters
    ----------
    kind
        `heading`, `point` or `text`.
    """

    kind: str
    text: str


def outline(text: str) -> Sequence[Piece]:
    """Give the paragraphs of a text in their order, without marks."""
    pieces, kinds = [], ["text"]
    for token in reader().parse(text):
        match token.type:
            case "list_item_open":
                kinds.append("point")
            case "heading_open":
                kinds.append("heading")
            case "list_item_close" | "heading_close":
                kinds.pop()
            case "inline":
                words = "".join(_words(child.type, child.content) for child in token.children or ())
                pieces.append(Piece(kinds[-1], " ".join(words.split())))
            case "fence" | "code_block":
                pieces.append(Piece("text", token.content.strip()))
    return [piece for piece in pieces if piece.text]


def _words(kind: str, content: str) -> str:
    return " " if kind in ("softbreak", "hardbreak") else content
