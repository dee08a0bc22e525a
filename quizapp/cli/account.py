"""`quizapp account`: add accounts, list them, and make links to new passwords."""

import os
import sys
from datetime import UTC, datetime

import click

from quizapp.actions import passwords, people
from quizapp.actions.addresses import is_name, normal_email
from quizapp.errors import QuizappError
from quizapp.settings import read_settings
from quizapp.site import Site, prepare_instance
from quizapp.store.accounts import GRANTED, Account
from quizapp.web import create_app
from quizapp.web.links import address_outside_requests

instance_option = click.option("--instance", help="The folder with the database.  [default: instance]")


@click.group()
def command() -> None:
    """Accounts of the site."""


@command.command()
@click.argument("name")
@click.option("--role", "roles", multiple=True, type=click.Choice(GRANTED), help="May be given more than once.")
@click.option("--email", default="", help="Where a link to a new password is sent.")
@click.option("--password-stdin", is_flag=True, help="Read the password from standard input.")
@instance_option
def add(name: str, roles: tuple[str, ...], email: str, password_stdin: bool, instance: str | None) -> None:
    """Add the account NAME; without a password, print a link with which its owner chooses one."""
    if not is_name(name):
        raise click.UsageError(f"{name}: cannot be a name. Use letters and digits, without @.")
    if email and not normal_email(email):
        raise click.UsageError(f"{email}: is no e-mail address. Write one such as ada@example.org.")
    password = sys.stdin.readline().rstrip("\r\n") if password_stdin else ""
    site = _open(instance)
    try:
        if password_stdin:
            passwords.require_strong(password, name, site.name)
        stored = passwords.hashed(password) if password else ""
        granted = [role for role in GRANTED if role in roles]
        account = people.add_person(site.database, name, normal_email(email), stored, granted, None, _now())
        if not password:
            click.echo(_link(site, account))
    except QuizappError as error:
        raise click.ClickException(f"{name}: {error}") from None
    finally:
        site.database.close()


@command.command()
@click.argument("name")
@instance_option
def link(name: str, instance: str | None) -> None:
    """Print a link with which the account NAME gets a new password; good once, for seven days."""
    site = _open(instance)
    try:
        click.echo(_link(site, people.find_called(site.database, name)))
    except QuizappError as error:
        raise click.ClickException(f"{name}: {error}") from None
    finally:
        site.database.close()


@command.command("list")
@instance_option
def list_all(instance: str | None) -> None:
    """Print every account: name, roles, e-mail address."""
    site = _open(instance)
    try:
        for account in people.look_up_people(site.database)[0]:
            roles = ",".join(role for role in ("owner", "author", "instructor", "learner") if role in account.roles)
            click.echo(f"{account.name}\t{roles}\t{account.email or '-'}")
    finally:
        site.database.close()


def _open(instance: str | None) -> Site:
    try:
        return prepare_instance(read_settings(os.environ, {"instance": instance}))
    except QuizappError as error:
        raise click.ClickException(str(error)) from None


def _link(site: Site, account: Account) -> str:
    token = people.hand_out_link(site.database, site.secret, account.id, None, _now())
    return address_outside_requests(create_app(site=site), "credentials.choose_password", token=token)


def _now() -> datetime:
    return datetime.now(UTC)
