"""Every address of the application, found by walking the URLconf."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from django.urls import URLPattern, URLResolver, get_resolver, reverse

from anahtar_web.gate.policy import Policy


@dataclass(frozen=True, slots=True)
class Address:
    """One line of a URLconf."""

    name: str
    """`accounts:edit`; the route itself where it has no name."""
    route: str
    view: Callable[..., Any]
    parameters: tuple[str, ...]

    @property
    def policy(self) -> Policy | None:
        """What the view declares."""
        return getattr(self.view, "policy", None)

    @property
    def closed(self) -> bool:
        """Whether it is a package's address that we answer with 404 to everybody."""
        return bool(getattr(self.view, "closed", ""))

    def answers(self, method: str) -> bool:
        """Whether the view takes a method at all."""
        return self.policy is not None and method in self.policy.methods and not self.closed

    @property
    def room(self) -> str:
        """The app whose address it is; empty for those of packages."""
        return self.name.partition(":")[0] if ":" in self.name else ""

    def url(self, values: dict[str, Any]) -> str:
        """Fill in the parameters."""
        named = "/" not in self.name
        return reverse(self.name, kwargs=values) if named else "/" + self.route

    def __str__(self) -> str:
        return self.name


def every_address() -> list[Address]:
    """Walk the URLconf to its last leaf."""
    return list(_walk(get_resolver(), "", "", ()))


def _walk(resolver: URLResolver, route: str, space: str, above: tuple[str, ...]) -> Iterator[Address]:
    for pattern in resolver.url_patterns:
        below = route + str(pattern.pattern)
        names = (*above, *pattern.pattern.regex.groupindex)
        if isinstance(pattern, URLResolver):
            yield from _walk(pattern, below, f"{space}{pattern.namespace}:" if pattern.namespace else space, names)
        elif isinstance(pattern, URLPattern):
            yield Address(f"{space}{pattern.name}" if pattern.name else below, below, pattern.callback, names)
