"""What every answer carries, whatever it is."""

from typing import Final

from django.http.response import HttpResponseBase

CSP: Final = {
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "img-src 'self' data:",
    "font-src 'self'",
    "connect-src 'self'",
    "form-action 'self'",
    "frame-ancestors 'none'",
    "base-uri 'none'",
}

FILE_CSP: Final = {"sandbox", "default-src 'none'"}
"""Of a file somebody uploaded: opened as a page, it may do nothing at all."""

EXACT: Final = {
    "X-Frame-Options": "DENY",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}


def wrong_headers(answer: HttpResponseBase) -> list[str]:
    """Name the headers that are missing or not what they have to be."""
    headers = answer.headers
    wrong = [f"{name}: {headers.get(name)}" for name, value in EXACT.items() if headers.get(name) != value]
    allowed = CSP if headers.get("Content-Type", "").startswith("text/html") else FILE_CSP
    if {part.strip() for part in headers.get("Content-Security-Policy", "").split(";")} not in (CSP, allowed):
        wrong.append(f"Content-Security-Policy: {headers.get('Content-Security-Policy')}")
    if "no-store" not in headers.get("Cache-Control", ""):
        wrong.append(f"Cache-Control: {headers.get('Cache-Control')}")
    if "camera=()" not in headers.get("Permissions-Policy", ""):
        wrong.append(f"Permissions-Policy: {headers.get('Permissions-Policy')}")
    wrong += [name for name in headers if name.startswith("Access-Control-")]
    return wrong
