"""Questions written as canonical Markdown, format section 10: reading it again gives the same."""

import re

from quizapp.questions.base import Question, decimal_text
from quizapp.source.scanner import read_blocks
from quizapp.source.writing import quoted, would_merge

BULLETS = "-*+"


def write_question(question: Question) -> str:
    """Canonical Markdown of a question under a `##` heading, every part one blank line apart."""
    hints = ["\n".join(quoted(["[!TIP]", *hint.markdown.split("\n")])) for hint in question.hints]
    prompt, answers, explanation = question.prompt.markdown, question.type.write(), question.explanation.markdown
    answers = apart(prompt, answers) if question.type.asks_itself else _other_bullet(answers, prompt, explanation)
    explanation = explanation if hints else apart(answers, explanation)
    parts = [
        f"## {question.heading.markdown}".rstrip() + " " + _attributes(question),
        prompt,
        answers,
        *hints,
        explanation,
        "\n".join(question.definitions),
    ]
    return "\n\n".join(part for part in parts if part) + "\n"


def apart(above: str, text: str) -> str:
    """A text, below a comment where it would go on the list above it."""
    before, after = read_blocks(above)[-1:], read_blocks(text)[:1]
    return f"<!-- -->\n\n{text}" if before and after and would_merge(before[0], after[0]) else text


def _other_bullet(answers: str, prompt: str, explanation: str) -> str:
    """The answers, under another bullet or sign after numbers where they would merge with a list before or after."""
    before, after = read_blocks(prompt)[-1:], read_blocks(explanation)[:1]
    taken = {block.marker for block in (*before, *after) if block.kind == "list"}
    bullet = next(bullet for bullet in BULLETS if bullet not in taken)
    answers = re.sub(r"^-(?= )", bullet, answers, flags=re.MULTILINE)
    return re.sub(r"^(\d+)\.(?= )", r"\1)", answers, flags=re.MULTILINE) if "." in taken else answers


def _attributes(question: Question) -> str:
    options = dict(question.type.written_options())
    if question.points != 1:
        options["points"] = decimal_text(question.points)
    if question.tags:
        options["tags"] = ",".join(question.tags)
    if not question.shuffle:
        options["shuffle"] = "no"
    if question.tries:
        options["tries"] = ",".join(decimal_text(worth * 100) for worth in question.tries)
    if question.was:
        options["was"] = ",".join(question.was)
    words = [f".{word}" for word in (question.type.word, *question.words) if word]
    return "{" + " ".join([f"#{question.name}", *words, *map(_option, options.items())]) + "}"


def _option(option: tuple[str, str]) -> str:
    name, value = option
    return f'{name}="{value}"' if re.search(r"\s", value) or not value else f"{name}={value}"
