"""Question banks in Moodle XML, of our own words."""

import base64

PNG = b"\x89PNG\r\n\x1a\n" + b"\0" * 32


def bank(*questions: str) -> bytes:
    """A bank of these questions."""
    return f'<?xml version="1.0" encoding="UTF-8"?>\n<quiz>\n{chr(10).join(questions)}\n</quiz>'.encode()


def text(tag: str, html: str, form: str = "html", files: str = "") -> str:
    """A text in CDATA."""
    return f'<{tag} format="{form}"><text><![CDATA[{html}]]></text>{files}</{tag}>'


def question(kind: str, asked: str, inside: str, name: str = "Question 1", files: str = "") -> str:
    """A question of a type."""
    return (
        f'<question type="{kind}"><name><text>{name}</text></name>{text("questiontext", asked, files=files)}'
        f"{inside}</question>"
    )


def answer(value: str, fraction: str, said: str = "", more: str = "", form: str = "html") -> str:
    """An answer; what is said of it is HTML."""
    feedback = text("feedback", said) if said else ""
    return f'<answer fraction="{fraction}" format="{form}"><text><![CDATA[{value}]]></text>{feedback}{more}</answer>'


def file(name: str, data: bytes = PNG) -> str:
    """A file in a text."""
    return f'<file name="{name}" path="/" encoding="base64">{base64.b64encode(data).decode()}</file>'


SINGLE = question(
    "multichoice",
    "<p>Which is <b>wet</b>?</p>",
    "<single>true</single><shuffleanswers>1</shuffleanswers><defaultgrade>2.5</defaultgrade>"
    "<penalty>0.3333333</penalty>"
    + text("generalfeedback", "<p>Rain is water.</p>")
    + text("correctfeedback", "<p>Your answer is correct.</p>")
    + answer("<p>Rain</p>", "100", "Right.")
    + answer("<p>Fog</p>", "33.33333")
    + answer("<p>Sand</p>", "-50", "Dry."),
)
