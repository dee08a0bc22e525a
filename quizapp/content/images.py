"""The size of pictures, so that a page does not jump while they load."""

import html
import re
import struct
from collections.abc import Callable
from pathlib import Path
from urllib.parse import unquote

import imagesize

IMAGE = re.compile(r"<img\b[^>]*>")
SOURCE = re.compile(r'\bsrc="content:([^"]*)"')


def with_sizes(page: str, file_of: Callable[[str], Path | None]) -> str:
    """Add width and height to the images that have none; `file_of` gives the file of a content path, or None."""
    return IMAGE.sub(lambda image: _sized(image[0], file_of), page) if "<img" in page else page


def _sized(image: str, file_of: Callable[[str], Path | None]) -> str:
    source = SOURCE.search(image)
    file = file_of(unquote(html.unescape(source[1]))) if source and " width=" not in image else None
    if file is None:
        return image
    try:
        width, height = imagesize.get(str(file))
    except (OSError, ValueError, struct.error, OverflowError):
        return image  # a broken picture shows its description
    if min(width, height) <= 0:
        return image
    return f'{image[:-1]} width="{round(width)}" height="{round(height)}">'
