"""`quizapp account`: add accounts, list and remove them, change roles, and make links to new passwords."""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime

import click

from quizapp.actions import passwords, people
from quizapp.actions.addresses import NAME_LEAST, NAME_MOST, is_name, normal_email
from quizapp.cli import instance_option
from quizapp.cli._server_lock import served_at
from quizapp.errors import QuizappError
from quizapp.settings import read_settings
from quizapp.site import Site, prepare_instance, require_instance
from quizapp.store.accounts import GRANTED, Account, Role
from quizapp.web import create_app
from quizapp.web.links import address_outside_requests

DEFAULT_ADDRESS = "http://127.0.0.1:8000"  # where `serve` listens if it is not told otherwise
# What is wrong with a password, in words, by the code of WeakPassword.
WEAK = {
    "short": f"This password is too short. Use {passwords.LEAST} characters or more, such as four words.",
    "long": f"This password is too long. Use no more than {passwords.MOST} characters.",
    "name": "This password is hardly more than the name. Choose something that nobody who knows it would try.",
    "guessable": "This password is easy to guess. Choose something longer, such as four words.",
}


@click.group()
def command() -> None:
    """Accounts of the site."""


name_argument = click.argument("name")
role_option = click.option(
    "--role", "roles", multiple=True, type=click.Choice(GRANTED), help="May be given more than once."
)


@command.command()
@name_argument
@role_option
@click.option("--email", default="", help="Where a link to a new password is sent.")
@click.option("--password-stdin", is_flag=True, help="Read the password from standard input.")
@instance_option
def add(name: str, roles: tuple[Role, ...], email: str, password_stdin: bool, instance: str | None) -> None:
    """Add the account NAME; without a password, print a link with which its owner chooses one."""
    if not is_name(name):
        raise click.UsageError(
            f"{name}: cannot be a name. Use {NAME_LEAST} to {NAME_MOST} letters and digits, without @."
        )
    if email and not normal_email(email):
        raise click.UsageError(f"{email}: is no e-mail address. Write one such as ada@example.org.")
    password = sys.stdin.readline().rstrip("\r\n") if password_stdin else ""
    with _site(instance, name, may_be_new=True) as site:
        if password_stdin:
            passwords.require_strong(password, name, site.name)
        stored = passwords.hashed(password) if password else ""
        granted = [role for role in GRANTED if role in roles]
        account = people.add_person(site.database, name, normal_email(email), stored, granted, None, _now())
        if not password:
            click.echo(_link(site, account))


@command.command()
@name_argument
@instance_option
def link(name: str, instance: str | None) -> None:
    """Print a link with which the account NAME gets a new password; good once, for seven days."""
    with _site(instance, name) as site:
        click.echo(_link(site, people.find_called(site.database, name)))


@command.command()
@name_argument
@role_option
@instance_option
def roles(name: str, roles: tuple[Role, ...], instance: str | None) -> None:
    """Replace the roles of the account NAME; without --role it is a learner's."""
    with _site(instance, name) as site:
        account = people.find_called(site.database, name)
        people.change_roles(site.database, account.id, frozenset(roles), None, _now())


@command.command()
@name_argument
@click.option("--yes", is_flag=True, help="Do not ask.")
@instance_option
def remove(name: str, yes: bool, instance: str | None) -> None:
    """Remove the account NAME; what was learned stays, under nobody's name."""
    with _site(instance, name) as site:
        account = people.find_called(site.database, name)
        if not yes:
            click.confirm(f"Remove the account {account.name} for ever?", abort=True, err=True)
        people.remove_person(site.database, account.id, None, _now())


@command.command("list")
@instance_option
def list_all(instance: str | None) -> None:
    """Print every account: name, roles, e-mail address."""
    with _site(instance) as site:
        for account in people.look_up_people(site.database)[0]:
            roles = ",".join(role for role in ("owner", "author", "instructor", "learner") if role in account.roles)
            click.echo(f"{account.name}\t{roles}\t{account.email or '-'}")


@contextmanager
def _site(instance: str | None, name: str = "", *, may_be_new: bool = False) -> Iterator[Site]:
    """The site in that folder, for as long as something is done there; what cannot be done ends the command."""
    try:
        settings = read_settings(os.environ, {"instance": instance})
        if not may_be_new:
            require_instance(settings)
        site = prepare_instance(settings)
    except QuizappError as error:
        raise click.ClickException(str(error)) from None
    try:
        yield site
    except QuizappError as error:
        raise click.ClickException(f"{name}: {said_of(error)}" if name else str(error)) from None
    finally:
        site.database.close()


def said_of(error: QuizappError) -> str:
    """What the command says of something that cannot be done."""
    if isinstance(error, passwords.WeakPassword):
        return WEAK.get(error.code, "This password is too easy to guess. Choose another, such as four words.")
    return str(error)


def _link(site: Site, account: Account) -> str:
    token = people.hand_out_link(site.database, site.secret, account.id, None, _now())
    base = served_at(site.settings.instance) or site.settings.address or DEFAULT_ADDRESS
    return address_outside_requests(create_app(site=site), "credentials.choose_password", base, token=token)


def _now() -> datetime:
    return datetime.now(UTC)
