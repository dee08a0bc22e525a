"""XML in the archives of office programs: without declarations of a type, and no more of it than is counted."""

from xml.etree.ElementTree import Element, ParseError, TreeBuilder

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import DefusedXMLParser

MAX_ELEMENTS = 300_000  # of one part


class BadPart(Exception):
    """A part that cannot be read, and why, as a sentence."""


class _TooMany(Exception):
    """There are more elements than are read."""


class _Counted(TreeBuilder):
    """Makes the tree, up to so many elements."""

    left = MAX_ELEMENTS

    def start(self, tag: str, attrs: dict[str, str]) -> Element:
        """An element begins."""
        self.left -= 1
        if self.left < 0:
            raise _TooMany
        return super().start(tag, attrs)


def read_part(data: bytes, what: str) -> Element:
    """The root of a part; `what` is what the whole is called. Raises BadPart."""
    parser = DefusedXMLParser(target=_Counted(), forbid_dtd=True, forbid_entities=True, forbid_external=True)
    try:
        parser.feed(data)
        root: Element = parser.close()
    except _TooMany:
        raise BadPart(f"this {what} has more than {MAX_ELEMENTS} elements. Give it in parts.") from None
    except DefusedXmlException:
        raise BadPart(f"this {what} declares a type of its own, which no program does. It is not read.") from None
    except (ParseError, ValueError, LookupError):
        raise BadPart(f"this {what} is damaged. Save it again.") from None
    return root
