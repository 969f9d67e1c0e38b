"""Drawings for a page: SVG without a style of its own, in the colours of light and dark."""

from __future__ import annotations

import re
from xml.etree import ElementTree

_HREF = "{http://www.w3.org/1999/xlink}href"
_SVG = "{http://www.w3.org/2000/svg}"
_REFERENCE = re.compile(r"url\(#([^)]+)\)")
_NUMBER = re.compile(r"-?\d+\.\d{3,}")
_FONT = re.compile(r"(?P<weight>bold|[1-9]00)?\s*(?P<size>[\d.]+px)")
_COORDINATES = ("d", "points", "transform", "x", "y", "width", "height")

PALETTE = {
    "#010203": "currentColor",
    "#fdfeff": "var(--ground)",
    "#767676": "var(--muted)",
    "#0072b2": "var(--blue)",
    "#d55e00": "var(--red)",
    "#009e73": "var(--green)",
    "#2f5a82": "var(--steel)",
}
"""Colours of the plots that look different on a dark ground, and what a page calls them."""


def inline_svg(text: str, *, name: str, alt: str) -> str:
    """Return an SVG to stand in a page: named for those who hear it, without inline styles.

    Names inside it get `name` before them, so that drawings in one page do not mix. Coordinates
    are rounded, as machines differ in their last digits.
    """
    root = ElementTree.fromstring(text)
    for parent in list(root.iter()):
        for child in list(parent):
            if child.tag not in _DRAWN:
                parent.remove(child)
    for element in root.iter():
        element.tag, element.tail = element.tag.removeprefix(_SVG), None
        element.text = element.text if element.tag in ("text", "tspan") else None
        _plain(element, name)
    width = root.get("width", "").removesuffix("pt")
    root.attrib = {"viewBox": root.get("viewBox", ""), "role": "img", "aria-label": alt}
    root.set("class", "wide" if float(width) > _WIDE else "narrow")
    return ElementTree.tostring(root, encoding="unicode")


_DRAWN = {
    f"{_SVG}{tag}"
    for tag in ("g", "defs", "clipPath", "pattern", "path", "rect", "use", "text", "tspan", "image")
}
_WIDE = 500
"""Points, beyond which a drawing on a phone is moved rather than made small."""


def _plain(element: ElementTree.Element, name: str) -> None:
    """Turn an element's style into attributes, and its names into those of this drawing."""
    target = element.attrib.pop(_HREF, None)
    if target:
        element.set("href", f"#{name}-{target.removeprefix('#')}")
    given = element.attrib.pop("id", None)
    if given and element.tag in ("path", "clipPath", "pattern"):
        element.set("id", f"{name}-{given}")
    for rule in element.attrib.pop("style", "").split(";"):
        key, _, value = rule.partition(":")
        if key.strip() == "font":
            _font(element, value)
        elif value and key.strip() != "font-family":  # the page has one
            element.set(key.strip(), value.strip())
    for key, value in element.attrib.items():
        if key in _COORDINATES:
            value = _NUMBER.sub(lambda found: f"{float(found[0]):.2f}", value)
        value = _REFERENCE.sub(rf"url(#{name}-\1)", value)
        element.set(key, PALETTE.get(value.lower(), value))


def _font(element: ElementTree.Element, value: str) -> None:
    found = _FONT.search(value)
    if found:
        element.set("font-size", found["size"])
        if found["weight"]:
            element.set("font-weight", found["weight"])
