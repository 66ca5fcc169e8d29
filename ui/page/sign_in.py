"""Lets people see the page when it is known who they are, if a setting asks for that.

It shows what is missing otherwise. Whatever goes wrong, the page stays closed.
"""

import streamlit as st

from rag.settings import Settings
from ui.page.accounts import is_admitted, person_of


def person_here(settings: Settings) -> str | None:
    """Return who has signed in; None if nobody has, or nobody is asked to."""
    if settings.page_login == "proxy":
        return st.context.headers.get(settings.page_login_header, "").strip() or None
    return person_of(st.user.to_dict()) if settings.page_login == "oidc" else None


def admit(settings: Settings) -> bool:
    """Say whether the page may be shown; if not, show why and what to do."""
    if settings.page_login == "none":
        return True
    person = person_here(settings)
    if person is not None and is_admitted(person, settings.page_people):
        return True
    with st.container(key="sign-in"):  # `page.css` puts it in the middle
        st.title("Dateline", anchor=False)
        _say_why_not(settings, person)
    return False


def _say_why_not(settings: Settings, person: str | None) -> None:
    if person is None and settings.page_login == "proxy":
        st.text("The proxy in front of this page did not say who you are. Sign in there.")
    elif person is None and st.user.to_dict().get("is_logged_in"):
        st.text("The provider does not say who you are, or never confirmed your address.")
        _show_sign_out(settings)
    elif person is None:
        st.text("Sign in to read this archive.")
        st.button("Sign in", on_click=st.login)
    else:
        st.text(f"{person} may not read this archive. Ask whoever runs it.")
        _show_sign_out(settings)


def show_person(settings: Settings) -> None:
    """Show in the left rail who has signed in, and how to sign out, if that is done here."""
    person = person_here(settings)
    if person is None:
        return
    with st.sidebar:
        st.text(person)
        _show_sign_out(settings)


def _show_sign_out(settings: Settings) -> None:
    """Show how to sign out, if that is done here and not at the proxy."""
    if settings.page_login == "oidc":
        st.button("Sign out", on_click=st.logout)
