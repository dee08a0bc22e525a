"""How the example of each question type is answered rightly, wrongly and partly: what a person does, by any hand."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from playwright.sync_api import Locator

from tests.browser.hands import Hand

Answer = Callable[[Hand, Locator], None]  # what is done to the question, and by which hand


@dataclass(frozen=True)
class Answers:
    """A type without wrong answers is solved by answering; `said` is what the check then says."""

    right: Answer
    wrong: Answer | None = None
    partly: Answer | None = None
    said: str = "Right."


def choose(*texts: str) -> Answer:
    """Take these choices."""

    def give(hand: Hand, question: Locator) -> None:
        for text in texts:
            hand.tick(question.get_by_label(text, exact=True))

    return give


def write(text: str) -> Answer:
    """Write this into the one box there is."""
    return lambda hand, question: hand.write(question.get_by_role("textbox"), text)


def pair(**options: str) -> Answer:
    """Give each line what belongs to it."""

    def give(hand: Hand, question: Locator) -> None:
        for line, option in options.items():
            hand.pick(question.get_by_role("combobox", name=line, exact=True), option)

    return give


def arrange(*lines: str) -> Answer:
    """Bring the lines into this order: the first by its place, the others by buttons, where there are some."""

    def give(hand: Hand, question: Locator) -> None:
        def place(number: int) -> None:
            hand.pick(question.get_by_role("combobox", name=f"Place of {lines[number - 1]}", exact=True), str(number))

        place(1)
        for number, line in enumerate(lines[1:], start=2):
            if not hand.moves_lines:
                place(number)
                continue
            up = question.get_by_role("button", name=f"Move up {line}", exact=True)
            while question.locator(".arrange-row .choice-text").all_inner_texts().index(line) + 1 > number:
                hand.press(up)

    return give


def fill_in(*texts: str) -> Answer:
    """Fill the blanks in turn; a list is chosen from."""

    def give(hand: Hand, question: Locator) -> None:
        for number, text in enumerate(texts, start=1):
            blank = question.get_by_label(f"Blank {number} of {len(texts)}", exact=True)
            if blank.evaluate("one => one.tagName") == "SELECT":
                hand.pick(blank, text)
            else:
                hand.write(blank, text)

    return give


MX, SPF, PTR = (
    "Names the servers that accept mail",
    "Lists the servers that may send",
    "Names the host behind an address",
)
HOST = "contoso-com.mail.protection.outlook.com"
MX_RECORD = f"\n@ MX 0 {HOST}."
ANSWERS: Mapping[str, Answers] = {
    "single": Answers(choose("MX"), choose("TXT"), choose("A")),
    "multiple": Answers(choose("SPF", "DKIM"), choose("PTR")),
    "text": Answers(write("New-TransportRule"), write("Set-TransportRule"), write("New-MailFlowRule")),
    "numeric": Answers(write("12,33 ms"), write("37 ms")),
    "match": Answers(pair(MX=MX, SPF=SPF, PTR=PTR), pair(MX=PTR, SPF=MX, PTR=SPF), pair(MX=MX, PTR=SPF)),
    "group": Answers(
        pair(MX="Mail", SPF="Mail", CNAME="Web"),
        pair(MX="Web", SPF="Neither", CNAME="Neither"),
        pair(MX="Mail", SPF="Web", CNAME="Web"),
    ),
    "order": Answers(
        arrange("EHLO", "MAIL FROM", "RCPT TO", "DATA"),
        arrange("DATA", "RCPT TO", "MAIL FROM", "EHLO"),
        arrange("EHLO", "RCPT TO", "MAIL FROM", "DATA"),
    ),
    "fill-in": Answers(
        fill_in("Receive connector", "queued", "25"),
        fill_in("Send connector", "encrypted", "587"),
        fill_in("receive-connector", "encrypted", "25"),
    ),
    "records": Answers(
        write(f'{MX_RECORD}\n@ TXT "v=spf1 include:spf.protection.outlook.com -all"'),
        write("\n@ MX 10 mail.contoso.com."),
        write(MX_RECORD),
    ),
    "essay": Answers(write("DNS names the host, and the sender asks it."), said="Answered."),
    "survey": Answers(write("Mail from a phone."), said="Answered."),
}
