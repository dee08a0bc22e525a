"""The size of pictures, so that a page does not jump while they load."""

import html
import re
from collections.abc import Callable
from pathlib import Path
from urllib.parse import unquote

import imagesize

IMAGE = re.compile(r"<img\b[^>]*>")
SOURCE = re.compile(r'\bsrc="content:([^"]*)"')


def with_sizes(page: str, place_of: Callable[[str], Path]) -> str:
    """Add width and height to the images that have none; `place_of` gives the file of a content path."""
    return IMAGE.sub(lambda image: _sized(image[0], place_of), page) if "<img" in page else page


def _sized(image: str, place_of: Callable[[str], Path]) -> str:
    source = SOURCE.search(image)
    if source is None or " width=" in image:
        return image
    try:
        width, height = imagesize.get(str(place_of(unquote(html.unescape(source[1])))))
    except (OSError, ValueError):
        return image  # a missing or broken picture shows its description
    if min(width, height) <= 0:
        return image
    return f'{image[:-1]} width="{round(width)}" height="{round(height)}">'
