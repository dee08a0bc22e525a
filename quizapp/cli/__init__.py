"""CLICK: one file per command, found by folder scan; a command's module is imported when it is called.

What several commands need stands here, or in a module whose name begins with an underscore.
"""

import importlib
import keyword
import os
import pkgutil

import click

from quizapp import __version__
from quizapp.errors import SettingsError
from quizapp.settings import Settings, read_settings

instance_option = click.option("--instance", help="The folder of the site.  [default: instance]")


class _Commands(click.Group):
    """The modules of this folder; each has a `command`. Their names are known without importing them."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The names, in order."""
        names = [module.name for module in pkgutil.iter_modules(__path__)]
        return sorted(name.rstrip("_").replace("_", "-") for name in names if not name.startswith("_"))

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command of that name."""
        if cmd_name not in self.list_commands(ctx):
            return None
        name = cmd_name.replace("-", "_") + ("_" if keyword.iskeyword(cmd_name) else "")  # `import` is in import_.py
        module = importlib.import_module(f"{__name__}.{name}")
        command = module.command
        assert isinstance(command, click.Command)  # noqa: S101 (a file in this folder is a command)
        return command


@click.command(cls=_Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="quizapp")
def main() -> None:
    """Point it at a folder of Markdown and get a training site."""


def settings_of(instance: str | None) -> Settings:
    """The settings of the site in that folder, for a command to which a wrong one is wrong use (exit 2).

    Raises UsageError.
    """
    try:
        return read_settings(os.environ, {"instance": instance})
    except SettingsError as error:
        raise click.UsageError(str(error)) from None
