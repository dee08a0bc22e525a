"""Keys and names that changed without a word: renames that nobody told, and names given to other questions."""

import hashlib
from collections.abc import Mapping
from dataclasses import replace
from functools import lru_cache

from quizapp.content.files import ReadFile
from quizapp.content.model import Catalogue
from quizapp.content.modules import ModuleSource, Reading
from quizapp.content.served import Asked, Place, Served


def served_now(modules: Mapping[str, ModuleSource], before: Served) -> Served:
    """What is served from where now, over what was served before: keys that are gone stay known, without a digest.

    A key that is new while one with an equal file has just gone was probably renamed: that key is its former one.
    """
    live = {f"module {module.key}": Place(module.path) for module in modules.values()}
    for module in modules.values():
        for kind, group in (("lesson", module.lessons), ("bank", module.banks), ("quiz", module.quizzes)):
            live |= {f"{kind} {module.key}/{name}": Place(file.path, file.digest) for name, file in group.items()}
    gone = {place.digest: key for key, place in before.places.items() if key not in live and place.digest}
    places = {key: replace(place, digest="") for key, place in before.places.items()}
    for key, place in live.items():
        known = before.places.get(key)
        former = known.former if known else gone.get(place.digest, "") if place.digest else ""
        places[key] = replace(place, former=former)
    return Served(places, before.questions)


def report_renames(
    reading: Reading, served: Served, links: Mapping[str, str], moved: Mapping[str, str], files: Mapping[str, ReadFile]
) -> None:
    """Report keys that seem to have had another one, which is gone and no alias; a module is told once."""
    live = set(links.values())
    told = set()
    for key, place in served.places.items():
        former = place.former
        if not former or key not in live or former in live or _is_covered(former, moved):
            continue
        old, new = (name.partition(" ")[2] for name in (former, key))
        old_module, new_module = old.partition("/")[0], new.partition("/")[0]
        path = place.path
        if old_module != new_module and f"module {old_module}" not in live:
            folder = path.rpartition("/")[0]
            where, alias, old, new = f"{folder}/index.md", old_module, old_module, new_module
            path = where if where in files else folder
        else:
            where, alias = path.rpartition("/")[2], old if old_module != new_module else old.partition("/")[2]
        if (path, alias) not in told:
            reading.add(path, "renamed-without-alias", old=old, new=new, alias=alias, where=where)
        told.add((path, alias))


def _is_covered(former: str, moved: Mapping[str, str]) -> bool:
    return former in moved or f"module {former.partition(' ')[2].partition('/')[0]}" in moved


def report_reused(reading: Reading, catalogue: Catalogue, served: Served) -> Served:
    """Report names that stand for another question now: type and text both changed.

    Returns what is served with the questions as they are; a reused name keeps what it stood for.
    """
    questions = dict(served.questions)
    for key, question in catalogue.questions().items():
        now = Asked(question.type.name, text_hash(question.heading.html, question.prompt.html), question.path)
        known = questions.get(key)
        if known and known.type != now.type and known.text != now.text:
            reading.add(question.path, "name-reused", (question.line, 1), name=question.name)
        else:
            questions[key] = now
    return replace(served, questions=questions)


@lru_cache(maxsize=1 << 16)
def text_hash(heading: str, prompt: str) -> str:
    """What a question asks, without regard to case and white space; 12 hexadecimal digits."""
    text = f"{heading}\n{prompt}".casefold()
    return hashlib.sha256(" ".join(text.split()).encode()).hexdigest()[:12]
