"""Three ways to answer a question: by the keyboard alone, by a finger, and with a mouse where no script runs."""

import re
from abc import ABC, abstractmethod
from typing import ClassVar

from playwright.sync_api import Locator, Page

LETTER = re.compile(r"^[A-Z]: ")
FAR = 120  # presses of Tab, more than any page of these stories has stops
# Where something is from what has the focus: 0 there, -1 before it, 1 after it.
WAY = """one => one === document.activeElement ? 0
  : document.activeElement.compareDocumentPosition(one) & Node.DOCUMENT_POSITION_PRECEDING ? -1 : 1"""
IN_GROUP = "one => document.activeElement.name === one.name"
CHOSEN = "one => one.selectedOptions[0].textContent"


class Hand(ABC):
    """What operates a page."""

    moves_lines: ClassVar[bool] = True  # whether there are buttons that move the lines of an order

    def __init__(self, page: Page) -> None:
        self.page = page

    @abstractmethod
    def press(self, what: Locator) -> None:
        """Press a button or follow a link."""

    @abstractmethod
    def tick(self, box: Locator) -> None:
        """Choose a radio button or tick a box."""

    @abstractmethod
    def write(self, box: Locator, text: str) -> None:
        """Write at the end of what stands in a box."""

    def pick(self, box: Locator, option: str) -> None:
        """Choose from a list; the system's own list of a browser is beyond these tests."""
        said = [LETTER.sub("", text) for text in box.locator("option").all_text_contents()]
        box.select_option(index=said.index(option))


class Keyboard(Hand):
    """No pointer at all: Tab to go on, Shift+Tab to go back, and the keys that browsers know."""

    def reach(self, what: Locator) -> None:
        """Go from stop to stop until it has the focus."""
        for _ in range(FAR):
            way = what.evaluate(WAY)
            if not way:
                return
            self.page.keyboard.press("Tab" if way > 0 else "Shift+Tab")
        raise AssertionError(f"Tab never reaches {what}")

    def press(self, what: Locator) -> None:
        self.reach(what)
        self.page.keyboard.press("Enter")

    def tick(self, box: Locator) -> None:
        if box.get_attribute("type") == "checkbox":
            self.reach(box)
            self.page.keyboard.press("Space")
            return
        for _ in range(FAR):  # a group of radio buttons is one stop
            if box.evaluate(IN_GROUP):
                break
            self.page.keyboard.press("Tab")
        self.page.keyboard.press("Space")
        for _ in range(FAR):
            if box.is_checked():
                return
            self.page.keyboard.press("ArrowDown")
        raise AssertionError(f"the arrow keys never reach {box}")

    def write(self, box: Locator, text: str) -> None:
        self.reach(box)
        self.page.keyboard.press("Control+End")
        self.page.keyboard.type(text)

    def pick(self, box: Locator, option: str) -> None:
        self.reach(box)
        for _ in range(FAR):
            if LETTER.sub("", box.evaluate(CHOSEN)) == option:
                return
            self.page.keyboard.press("ArrowDown")
        raise AssertionError(f"the list never comes to {option!r}")


class Finger(Hand):
    """Taps, on a page that was opened with `has_touch`."""

    def press(self, what: Locator) -> None:
        what.tap()

    def tick(self, box: Locator) -> None:
        box.tap()

    def write(self, box: Locator, text: str) -> None:
        box.tap()
        box.press("Control+End")
        self.page.keyboard.insert_text(text)


class Mouse(Hand):
    """Clicks, on a page that runs no script."""

    moves_lines = False

    def press(self, what: Locator) -> None:
        what.click()

    def tick(self, box: Locator) -> None:
        box.check()

    def write(self, box: Locator, text: str) -> None:
        box.click()
        box.press("Control+End")
        self.page.keyboard.insert_text(text)
