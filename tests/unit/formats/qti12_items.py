"""Documents of QTI 1.2, of our own words."""

import html
import io
import zipfile
from collections.abc import Mapping

PNG = b"\x89PNG\r\n\x1a\n" + b"\0" * 32


def document(*items: str) -> bytes:
    """A document with these items."""
    inside = "\n".join(items)
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n<questestinterop '
        'xmlns="http://www.imsglobal.org/xsd/ims_qtiasiv1p2">\n<assessment ident="a" title="Rain">\n'
        '<section ident="s">\n'
        f"{inside}\n</section></assessment></questestinterop>"
    ).encode()


def item(kind: str, stem: str, responses: str, conditions: str = "", more: str = "", points: str = "1") -> str:
    """An item; its stem is HTML, the rest is XML."""
    fields = "".join(
        f"<qtimetadatafield><fieldlabel>{name}</fieldlabel><fieldentry>{value}</fieldentry></qtimetadatafield>"
        for name, value in (("question_type", kind), ("points_possible", points))
        if value
    )
    return (
        f'<item ident="i" title="Question">\n<itemmetadata><qtimetadata>{fields}</qtimetadata></itemmetadata>\n'
        f'<presentation><material><mattext texttype="text/html">{html.escape(stem)}</mattext></material>{responses}'
        f"</presentation>\n<resprocessing>{conditions}</resprocessing>{more}</item>"
    )


def choices(*texts: str, kind: str = "Single") -> str:
    """A list of choices, called c1, c2 …"""
    labels = "".join(
        f'<response_label ident="c{number}"><material><mattext texttype="text/html">{html.escape(text)}</mattext>'
        "</material></response_label>"
        for number, text in enumerate(texts, start=1)
    )
    return f'<response_lid ident="r" rcardinality="{kind}"><render_choice>{labels}</render_choice></response_lid>'


def earns(value: str, score: str = "100", action: str = "Set") -> str:
    """A condition on one value."""
    return (
        f'<respcondition continue="No"><conditionvar><varequal respident="r">{html.escape(value)}</varequal>'
        f'</conditionvar><setvar action="{action}" varname="SCORE">{score}</setvar></respcondition>'
    )


def said(ident: str, text: str) -> str:
    """Feedback."""
    inner = f'<material><mattext texttype="text/html">{html.escape(text)}</mattext></material>'
    return f'<itemfeedback ident="{ident}"><flow_mat>{inner}</flow_mat></itemfeedback>'


def package(files: Mapping[str, bytes]) -> bytes:
    """A zip of some files."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return packed.getvalue()


SINGLE = item(
    "multiple_choice_question", "<p>Which is <b>wet</b>?</p>", choices("Rain", "Sand [x]"), earns("c1"), points="2.5"
)


def asked(text: str, points: str = "1") -> str:
    """An item that asks a text."""
    return item(
        "multiple_choice_question", f"<p>{text}?</p>", choices(f"{text} rain", "Sand", "Sky"), earns("c1"), "", points
    )


def group(count: str, *items: str, title: str = "Storms", more: str = "") -> str:
    """A group of which some are drawn."""
    many = f"<selection_number>{count}</selection_number>{more}"
    chosen = f"<selection_ordering><selection>{many}</selection></selection_ordering>"
    return f'<section ident="g" title="{title}">{chosen}{"".join(items)}</section>'


def meta(said: str) -> bytes:
    """What Canvas says beside an assessment."""
    return f'<quiz identifier="q" xmlns="http://canvas.instructure.com/xsd/cccv1p0">{said}</quiz>'.encode()
