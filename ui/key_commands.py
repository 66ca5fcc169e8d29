"""`dateline keys`: makes, lists and revokes the API keys of `dateline serve`."""

import argparse
import sys

from api.keys import SCOPES, Key
from ingest.exits import SUCCESS
from rag.errors import SettingsError
from rag.settings import Settings
from ui.site import key_file


def run_keys(options: argparse.Namespace, settings: Settings) -> int:
    """Run one of the three commands; return the exit status.

    Raises:
        SettingsError: the file cannot be used, or there is no such key.
    """
    keys = key_file(settings)
    if options.action == "add":
        key, secret = keys.add(options.name, tuple(options.scope or SCOPES[:2]))
        print(secret)
        print(_line(key))
        print("The key above is shown only now, and only its digest is kept.")
    elif options.action == "revoke":
        try:
            print(_line(keys.revoke(options.id)))
        except KeyError:
            raise SettingsError(
                f"there is no key {options.id!r} in {keys.path}; 'dateline keys list' has all"
            ) from None
    else:
        listed = keys.listed()
        for key in listed:
            print(_line(key))
        if not listed:
            said = f"there are no keys in {keys.path}; make one with 'dateline keys add NAME'"
            print(f"dateline: {said}", file=sys.stderr)
    return SUCCESS


def _line(key: Key) -> str:
    state = f"revoked {key.revoked:%Y-%m-%d}" if key.revoked else "valid"
    return f"{key.id}  {', '.join(key.scopes):<16} made {key.made:%Y-%m-%d}, {state}  {key.name}"
