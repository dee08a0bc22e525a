"""Items of QTI for tests, all of them ours: the 2.2 form, and the same in the names of 3.0."""

import io
import re
import zipfile
from collections.abc import Mapping

from quizapp.formats.contract import IMPORTERS, Imported, Item, Source

NS2 = "http://www.imsglobal.org/xsd/imsqti_v2p2"
NS3 = "http://www.imsglobal.org/xsd/imsqtiasi_v3p0"
RP = "http://www.imsglobal.org/question/qti_v2p2/rptemplates/"
HTML = {"p", "div", "b", "i", "em", "strong", "br", "img", "ul", "ol", "li", "table", "tr", "td", "th", "code", "pre"}


def response(
    correct: str = "", *, cardinality: str = "single", base: str = "identifier", mapping: str = "", id: str = "RESPONSE"
) -> str:
    """A response; several right values stand apart by `;`."""
    values = "".join(f"<value>{one}</value>" for one in correct.split(";") if one)
    right = f"<correctResponse>{values}</correctResponse>" if values else ""
    kind = f'cardinality="{cardinality}" baseType="{base}"'
    return f'<responseDeclaration identifier="{id}" {kind}>{right}{mapping}</responseDeclaration>'


def mapping(worth: Mapping[str, float | str], bounds: str = "", case: str = "") -> str:
    """What values are worth."""
    sensitive = f' caseSensitive="{case}"' if case else ""
    entries = "".join(f'<mapEntry mapKey="{key}" mappedValue="{value}"{sensitive}/>' for key, value in worth.items())
    return f"<mapping {bounds}>{entries}</mapping>"


def outcome(id: str = "SCORE", base: str = "float", default: str = "", cardinality: str = "single") -> str:
    """An outcome."""
    value = f"<defaultValue><value>{default}</value></defaultValue>" if default else ""
    kind = f'cardinality="{cardinality}" baseType="{base}"'
    return f'<outcomeDeclaration identifier="{id}" {kind}>{value}</outcomeDeclaration>'


def template(name: str) -> str:
    """Response processing by a template."""
    return f'<responseProcessing template="{RP}{name}"/>'


def rules(*inside: str) -> str:
    """Response processing by rules."""
    return f"<responseProcessing>{''.join(inside)}</responseProcessing>"


def when(condition: str, *then: str, otherwise: str = "") -> str:
    """A condition, and what follows."""
    last = f"<responseElse>{otherwise}</responseElse>" if otherwise else ""
    return f"<responseCondition><responseIf>{condition}{''.join(then)}</responseIf>{last}</responseCondition>"


def sets(expression: str, id: str = "SCORE") -> str:
    """An outcome set to a value."""
    return f'<setOutcomeValue identifier="{id}">{expression}</setOutcomeValue>'


def number(value: float | str) -> str:
    """A constant."""
    return f'<baseValue baseType="float">{value}</baseValue>'


def adds(value: float | str, id: str = "SCORE") -> str:
    """An outcome that grows."""
    return sets(f'<sum><variable identifier="{id}"/>{number(value)}</sum>', id)


def matches(id: str = "RESPONSE") -> str:
    """Whether a response is the right one."""
    return f'<match><variable identifier="{id}"/><correct identifier="{id}"/></match>'


def item(*parts: str, body: str, id: str = "q1", title: str = "A title", attributes: str = "") -> str:
    """An item."""
    head = f'identifier="{id}" title="{title}" adaptive="false" timeDependent="false" {attributes}'
    before = "".join(part for part in parts if not part.startswith(("<responseProc", "<modal")))
    after = "".join(part for part in parts if part.startswith(("<responseProc", "<modal")))
    return f'<assessmentItem xmlns="{NS2}" {head}>{before}<itemBody>{body}</itemBody>{after}</assessmentItem>'


def choices(*texts: str, tag: str = "simpleChoice") -> str:
    """Choices A, B, C …"""
    return "".join(f'<{tag} identifier="{chr(65 + place)}">{text}</{tag}>' for place, text in enumerate(texts))


def choice(*texts: str, most: int = 1, shuffle: str = "true", prompt: str = "Which one?") -> str:
    """A choice interaction."""
    head = f'responseIdentifier="RESPONSE" shuffle="{shuffle}" maxChoices="{most}"'
    return f"<choiceInteraction {head}><prompt>{prompt}</prompt>{choices(*texts)}</choiceInteraction>"


def in_names_of_3(document: str) -> str:
    """The same document with the names of QTI 3.0."""

    def renamed(found: re.Match[str]) -> str:
        return found[0] if found[2] in HTML else f"<{found[1]}qti-{_kebab(found[2])}"

    tags = re.sub(r"<(/?)([A-Za-z]+)", renamed, document)
    return re.sub(r"(?<=\s)([a-z]+[A-Z]\w*)(?==\")", lambda found: _kebab(found[1]), tags).replace(NS2, NS3)


def _kebab(name: str) -> str:
    return re.sub(r"[A-Z]", lambda found: "-" + found[0].lower(), name)


def read(document: str | bytes, name: str = "item.xml") -> Imported:
    """What is read of a document."""
    data = document.encode() if isinstance(document, str) else document
    return IMPORTERS["qti"].read(Source(data, name))


def read_one(document: str) -> Item:
    """The one item of a document."""
    found = read(document)
    assert not found.errors, found.errors
    [one] = found.items
    return one


def packed(files: Mapping[str, str | bytes]) -> bytes:
    """A zip package."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return file.getvalue()


def manifest(*names: str, tests: tuple[str, ...] = (), keywords: str = "") -> str:
    """The list of a package."""
    meta = f"<metadata><lom><general>{keywords}</general></lom></metadata>" if keywords else ""
    listed = "".join(
        f'<resource identifier="r{place}" type="imsqti_{kind}_xmlv2p2" href="{name}">{meta}</resource>'
        for place, (kind, name) in enumerate([*(("test", one) for one in tests), *(("item", one) for one in names)])
    )
    return f'<manifest xmlns="http://www.imsglobal.org/xsd/imscp_v1p1"><resources>{listed}</resources></manifest>'
