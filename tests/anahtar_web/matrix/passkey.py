"""A passkey as a browser registers it: made once with the private key 7, which opens nothing."""

from typing import Any, Final

PASSKEY: Final[dict[str, Any]] = {
    "id": "UXota2V5LW9mLWthbQ",
    "rawId": "UXota2V5LW9mLWthbQ",
    "type": "public-key",
    "response": {
        "clientDataJSON": (
            "eyJ0eXBlIjoid2ViYXV0aG4uY3JlYXRlIiwiY2hhbGxlbmdlIjoiZUhoNGVIaDRlSGg0ZUhoNGVIaDRlSGg0ZUhoNGVIaDRlSGg0"
            "ZUhoNGVIZyIsIm9yaWdpbiI6Imh0dHBzOi8vdGVzdHNlcnZlciIsImNyb3NzT3JpZ2luIjpmYWxzZX0"
        ),
        "attestationObject": (
            "o2NmbXRkbm9uZWdhdHRTdG10oGhhdXRoRGF0YViR69q3JHqY58lN6TBm0kw4r9mgyimONoS0ersRMfzJ8gBFAAAAAAAAAAAAAAAA"
            "AAAAAAAAAAAADVF6LWtleS1vZi1rYW2lAQIDJiABIVggjlM7b6C_e0YluzBmfAH7YH75-LioD-9bMAYocDGHsqMiWCBz6x294DMY"
            "Nm0Gn4Om9ZAAU8c2M8sEGyHFXhqGwfQAtA"
        ),
    },
    "clientExtensionResults": {"credProps": {"rk": True}},
}
