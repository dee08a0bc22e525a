"""The size of pictures, so that a page does not jump while they load."""

import re
from pathlib import Path

import imagesize

IMAGE = re.compile(r"<img\b[^>]*>")
SOURCE = re.compile(r'\bsrc="content:([^"]*)"')


def with_sizes(html: str, folder: Path) -> str:
    """Add width and height to the images of `folder` that have none."""
    return IMAGE.sub(lambda image: _sized(image[0], folder), html) if "<img" in html else html


def _sized(image: str, folder: Path) -> str:
    source = SOURCE.search(image)
    if source is None or " width=" in image:
        return image
    try:
        width, height = imagesize.get(str(folder / source[1]))
    except (OSError, ValueError):
        return image  # a missing or broken picture shows its description
    if min(width, height) <= 0:
        return image
    return f'{image[:-1]} width="{round(width)}" height="{round(height)}">'
