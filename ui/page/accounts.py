"""Decides who may see the page, by what a provider or a proxy says of them. No Streamlit here."""

from collections.abc import Mapping


def person_of(told: Mapping[str, object]) -> str | None:
    """Return who has signed in by what the provider tells of them; None if that is nobody.

    It is the e-mail address, or the provider's own name for a person without one. An address that
    the provider says was never confirmed may be anybody's.
    """
    if told.get("is_logged_in") is not True or told.get("email_verified") in (False, "false"):
        return None
    for name in ("email", "preferred_username", "sub"):
        value = told.get(name)
        if isinstance(value, str) and value.strip():
            return value.strip()
    return None


def is_admitted(person: str, people: str | None) -> bool:
    """Say whether a person is among those who may see the page; everybody is where none are named.

    `people` are names or `@domains`, separated by commas. The case does not count.
    """
    if people is None:
        return True
    name = person.strip().casefold()
    admitted = {entry.strip().casefold() for entry in people.split(",")} - {"", "@"}
    return name in admitted or f"@{name.rpartition('@')[2]}" in admitted
