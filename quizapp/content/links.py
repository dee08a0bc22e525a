"""From the symbolic links of rendered content (`content:exchange/media/a.svg`) to addresses."""

import html
import re
from collections.abc import Callable, Mapping
from urllib.parse import quote, unquote

LINK = re.compile(r'(href|src)="content:([^"#]*)(#[^"]*)?"')


def with_addresses(page: str, address_of: Callable[[str], str]) -> str:
    """HTML with its symbolic links replaced; `address_of` gives the address of a content path."""

    def resolve(link: re.Match[str]) -> str:
        return f'{link[1]}="{html.escape(address_of(unquote(link[2])))}{link[3] or ""}"'

    return LINK.sub(resolve, page)


def plain_address(links: Mapping[str, str], path: str) -> str:
    """The address of a content path on a site at the root of its host; `links` are those of the catalogue."""
    kind, _, key = links.get(path, "").partition(" ")
    folder = {"lesson": "modules", "module": "modules", "path": "paths"}.get(kind, "media")
    return f"/{folder}/{quote(key or path)}"
