"""FLASK: screens. The only package that imports Flask; `create_app` puts a site behind it."""

import hashlib
import hmac
import os
from datetime import timedelta
from pathlib import Path

from flask import Flask
from flask_wtf.csrf import CSRFProtect
from werkzeug.middleware.proxy_fix import ProxyFix

from quizapp.settings import Settings, read_settings
from quizapp.site import Site, open_site
from quizapp.web import (
    access,
    account,
    allowances,
    appearance,
    attempts,
    branding,
    checks,
    components,
    conditional,
    credentials,
    disputes,
    edit,
    errors,
    exports,
    framing,
    headers,
    health,
    learn,
    live,
    marking,
    media,
    narrow,
    notices,
    paste,
    people,
    progress,
    quizzes,
    regrade,
    results,
    revision,
    static,
    teach,
    trees,
    types,
    uploads,
    visitor,
)
from quizapp.web.links import address, here, linked
from quizapp.web.sessions import Sessions
from quizapp.web.templating import Sentences, Templates
from quizapp.web.words import coded, date_words, direction, hidden_words, role_word, sentence, time_words

SCREENS = (
    learn,
    checks,
    quizzes,
    attempts,
    progress,
    notices,
    media,
    health,
    account,
    credentials,
    appearance,
    branding,
    revision,
    teach,
    edit,
    paste,
    uploads,
    trees,
    exports,
    types,
    results,
    disputes,
    regrade,
    marking,
    allowances,
    people,
    components,
    live,
    narrow,
)
# What templates call beside Flask's own.
WORDS = {
    "_": sentence,
    "url_for": address,
    "static_url": static.static_url,
    "direction": direction,
    "may": access.may,
    "here": here,
    "role_word": role_word,
    "hidden_words": hidden_words,
    "is_live": live.is_live,
    "is_framed": framing.is_framed,
}
MAX_BODY_BYTES = 1024 * 1024
SESSION_DAYS = 400


def create_app(settings: Settings | None = None, site: Site | None = None) -> Flask:
    """Put a site behind Flask; without arguments the settings come from the environment, as a server's worker needs.

    Raises SettingsError or DatabaseError when the site is not prepared.
    """
    site = site or open_site(settings or read_settings(os.environ, {}))
    app = Flask(__name__, static_folder=None, instance_path=str(Path(site.settings.instance).resolve()))
    app.extensions["quizapp"] = site
    app.config.update(
        SECRET_KEY=hmac.new(site.secret, b"session", hashlib.sha256).digest(),
        MAX_CONTENT_LENGTH=MAX_BODY_BYTES,
        MAX_FORM_MEMORY_SIZE=MAX_BODY_BYTES,
        PERMANENT_SESSION_LIFETIME=timedelta(days=SESSION_DAYS),
        SESSION_COOKIE_NAME=revision.cookie_name(site),
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        SESSION_REFRESH_EACH_REQUEST=False,
        WTF_CSRF_TIME_LIMIT=None,
        WTF_CSRF_SSL_STRICT=False,  # nobody else can set a `__Host-` cookie, and not every browser sends a Referer
    )
    app.session_interface = Sessions()
    app.jinja_environment = Templates
    if site.settings.proxies:
        _trust_proxies(app, site.settings.proxies)
    visitor.set_up(app)  # first: a page about a refused form needs its site too
    framing.set_up(app)
    access.set_up(app)
    edit.set_up(app)
    paste.set_up(app)
    CSRFProtect(app)
    for part in SCREENS:
        app.register_blueprint(part.bp)
    static.set_up(app)
    headers.set_up(app)
    conditional.set_up(app, site)
    errors.set_up(app)
    app.jinja_env.add_extension(Sentences)
    app.jinja_env.globals.update(WORDS)
    app.jinja_env.filters.update(linked=linked, date_words=date_words, time_words=time_words, coded=coded)
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    return app


def _trust_proxies(app: Flask, number: int) -> None:
    """Believe that many proxies who is asking, and whether over TLS; Flask's own way to wrap is this assignment."""
    app.wsgi_app = ProxyFix(app.wsgi_app, x_for=number, x_proto=number, x_host=number)  # type: ignore[method-assign]
