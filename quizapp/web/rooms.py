"""The tabs above every page under /teach."""

from flask import g, request, url_for

from quizapp.actions import disputes, marking, people
from quizapp.web.access import may
from quizapp.web.words import sentence as _

# By blueprint.
ROOMS = {
    "people": "people.show_accounts",
    "components": "components.show_components",
    "paste": "paste.show_paste",
    "uploads": "paste.show_paste",
    "trees": "paste.show_paste",
    "types": "types.show_types",
    "disputes": "disputes.show_disputes",
    "regrade": "regrade.show_regrade",
    "marking": "marking.show_queue",
    "allowances": "allowances.show_allowances",
}


def sections() -> list[tuple[str, str, str]]:
    """The tabs that one may follow: text, address, and where one is (page, or true for a page of that room)."""
    rooms = (
        ("teach.show_overview", _("Content")),
        ("teach.show_problems", _("Problems")),
        ("paste.show_paste", _("Bring questions")),
        ("types.show_types", _("Question types")),
        ("disputes.show_disputes", _disputes()),
        ("regrade.show_regrade", _("Regrade")),
        ("marking.show_queue", _to_mark()),
        ("allowances.show_allowances", _("Extra time")),
        ("people.show_accounts", _accounts()),
        ("components.show_components", _("Components")),
    )
    return [(text, url_for(endpoint), _is_here(endpoint)) for endpoint, text in rooms if may(g.learner, endpoint)]


def waiting() -> int:
    """How many accounts wait for a link to a new password, for who can make one; 0 for anybody else."""
    return people.count_waiting(g.site.database) if may(g.learner, "people.make_link") else 0


def _to_mark() -> str:
    number = marking.count_waiting(g.site.database) if may(g.learner, "marking.show_queue") else 0
    return _("To mark ({n})", n=number) if number else _("To mark")


def _accounts() -> str:
    number = waiting()
    return _("Accounts ({n})", n=number) if number else _("Accounts")


def _disputes() -> str:
    number = disputes.count_open(g.site.database) if may(g.learner, "disputes.show_disputes") else 0
    return _("Disputes ({n})", n=number) if number else _("Disputes")


def _is_here(endpoint: str) -> str:
    if endpoint == request.endpoint:
        return "page"
    is_listed = request.endpoint == "teach.show_problems"
    return "" if is_listed or ROOMS.get(request.blueprint or "", "teach.show_overview") != endpoint else "true"
