"""Tell what stands beside the article of a page: menus, lists of other stories, comments."""

import copy
import re
from collections.abc import Callable

from lxml import etree
from lxml.html import HtmlElement

_ELEMENTS = frozenset("nav aside form".split())
_NAMES = re.compile(
    r"(?:^|[\s_-])(?:comments?|related|sidebar|promos?|recirc\w*|recommend\w*|teasers?|trending"
    r"|most-?(?:read|popular|viewed)|more-(?:on|from|stories)|(?:read|up)-next|newsletter)(?=$|[\s_-])",
    re.I,
)
# A whole page may be called "with-sidebar".
_WHOLE = frozenset("html body main".split())
_LINKED_HEADING = etree.XPath("boolean(.//h2//a or .//h3//a or .//h4//a or ./a[.//h2 or .//h3])")


def without_beside(
    tree: HtmlElement, *, kept: Callable[[HtmlElement], bool] | None = None
) -> HtmlElement:
    """Return a copy of a page without what stands beside its article, and without comments of HTML.

    `kept` says of an element that it stays although it would be taken out.
    """
    own = copy.deepcopy(tree)
    etree.strip_tags(own, etree.Comment, etree.ProcessingInstruction)
    # What holds the headline holds the article.
    holders = {one for headline in own.iter("h1") for one in (headline, *headline.iterancestors())}
    beside = [
        element
        for element in own.iter(etree.Element)
        if _is_beside(element, has_headline=bool(holders))
        and element not in holders
        and not (kept and kept(element))
    ]
    for element in beside:
        if element.getparent() is not None:
            element.drop_tree()
    return own


def _is_beside(element: HtmlElement, *, has_headline: bool) -> bool:
    if element.tag in _WHOLE:
        return False
    if element.tag in _ELEMENTS:
        return True
    if element.tag == "article" and has_headline and _LINKED_HEADING(element):
        return True
    names = f"{element.get('class') or ''} {element.get('id') or ''}"
    return _NAMES.search(names) is not None
