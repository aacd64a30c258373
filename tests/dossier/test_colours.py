"""Colours that a colour-blind reader, a grey print and a pale screen still tell apart.

The style sheet is read as it stands; what a reader sees is worked out from it:

- relative luminance and contrast: WCAG 2.2, "relative luminance" and "contrast ratio";
- colour blindness, complete: Machado, Oliveira and Fernandes, "A Physiologically-based Model for
  Simulation of Color Vision Deficiency", IEEE TVCG 15(6), 2009, their matrices of severity 1.0,
  applied to linear RGB;
- difference: CIEDE2000, held against the pairs of Sharma, Wu and Dalal, "The CIEDE2000
  Color-Difference Formula", Color Research and Application 30(1), 2005, table 1;
- grey print: the same lightness, no colour.
"""

import re
from importlib.resources import files
from itertools import combinations, pairwise
from math import atan2, cos, degrees, exp, hypot, radians, sin, sqrt

import pytest

from wordkept.dossier.drawing import PARTY_COLOURS

Colour = tuple[float, float, float]

BLINDNESS = {
    "protanopia": ((0.152286, 1.052583, -0.204868), (0.114503, 0.786281, 0.099216),
                   (-0.003882, -0.048116, 1.051998)),
    "deuteranopia": ((0.367322, 0.860646, -0.227968), (0.280085, 0.672501, 0.047413),
                     (-0.011820, 0.042940, 0.968881)),
    "tritanopia": ((1.255528, -0.076749, -0.178779), (-0.078411, 0.930809, 0.147602),
                   (0.004733, 0.691367, 0.303900)),
}  # fmt: skip
TO_XYZ = ((0.4124564, 0.3575761, 0.1804375), (0.2126729, 0.7151522, 0.0721750),
          (0.0193339, 0.1191920, 0.9503041))  # fmt: skip
WHITE_D65 = (0.95047, 1.0, 1.08883)
APART = 10.0
"""CIEDE2000 between two parties, for every eye: some ten times what is just noticed."""
APART_GREY = 5.0
"""The same in grey, where six parties share one scale; each is named in words as well."""
GRAPHICS, TEXT = 3.0, 4.5
"""Contrasts that WCAG 2.2 AA asks of graphics (1.4.11) and of text (1.4.3)."""
PUBLISHED = (
    ((50, 2.6772, -79.7751), (50, 0, -82.7485), 2.0425),
    ((50, 3.1571, -77.2803), (50, 0, -82.7485), 2.8615),
    ((50, -1.3802, -84.2814), (50, 0, -82.7485), 1.0000),
    ((50, 0, 0), (50, -1, 2), 2.3669),
    ((50, 2.4900, -0.0010), (50, -2.4900, 0.0009), 7.1792),
    ((50, 2.4900, -0.0010), (50, -2.4900, 0.0011), 7.2195),
    ((50, -0.0010, 2.4900), (50, 0.0009, -2.4900), 4.8045),
    ((50, 2.5, 0), (50, 0, -2.5), 4.3065),
    ((50, 2.5, 0), (73, 25, -18), 27.1492),
    ((50, 2.5, 0), (61, -5, 29), 22.8977),
    ((50, 2.5, 0), (56, -27, -3), 31.9030),
    ((50, 2.5, 0), (58, 24, 15), 19.4535),
    ((60.2574, -34.0099, 36.2677), (60.4626, -34.1751, 39.4387), 1.2644),
    ((63.0109, -31.0961, -5.8663), (62.8187, -29.7946, -4.0864), 1.2630),
    ((35.0831, -44.1164, 3.7933), (35.0232, -40.0716, 1.5901), 1.8645),
    ((22.7233, 20.0904, -46.6940), (23.0331, 14.9730, -42.5619), 2.0373),
    ((90.9257, -0.5406, -0.9208), (88.6381, -0.8985, -0.7239), 1.5381),
    ((6.7747, -0.2908, -2.4247), (5.8714, -0.0985, -2.2286), 0.6377),
)  # fmt: skip


def linear(colour: str) -> Colour:
    """Linear RGB of `#rrggbb` or `#rgb`."""
    digits = colour.removeprefix("#")
    digits = "".join(2 * one for one in digits) if len(digits) == 3 else digits
    parts = [int(digits[place : place + 2], 16) / 255 for place in (0, 2, 4)]
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return red, green, blue


def laid(over: Colour, under: Colour, opacity: float) -> Colour:
    """A colour laid over another, mixed as a browser does it: in sRGB as it is encoded."""
    mixed = [
        encoded(top) * opacity + encoded(below) * (1 - opacity)
        for top, below in zip(over, under, strict=True)
    ]
    return linear("#" + "".join(f"{round(255 * one):02x}" for one in mixed))


def encoded(part: float) -> float:
    return part * 12.92 if part <= 0.0031308 else 1.055 * part ** (1 / 2.4) - 0.055


def times(matrix: tuple[Colour, Colour, Colour], colour: Colour) -> Colour:
    first, second, third = (
        sum(weight * part for weight, part in zip(row, colour, strict=True)) for row in matrix
    )
    return first, second, third


def luminance(colour: Colour) -> float:
    return times(TO_XYZ, colour)[1]


def contrast(one: Colour, other: Colour) -> float:
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def seen(colour: Colour, eye: str) -> Colour:
    """What an eye sees of a colour: with all cones, without a kind of them, or no colour at all."""
    if eye == "all cones":
        return colour
    if eye == "grey print":
        grey = luminance(colour)
        return grey, grey, grey
    red, green, blue = (min(max(one, 0.0), 1.0) for one in times(BLINDNESS[eye], colour))
    return red, green, blue


def lab(colour: Colour) -> Colour:
    """CIE L*a*b* under D65."""
    ratios = [part / white for part, white in zip(times(TO_XYZ, colour), WHITE_D65, strict=True)]
    x, y, z = (t ** (1 / 3) if t > (6 / 29) ** 3 else t / (3 * (6 / 29) ** 2) + 4 / 29
               for t in ratios)  # fmt: skip
    return 116 * y - 16, 500 * (x - y), 200 * (y - z)


def ciede2000(one: Colour, other: Colour) -> float:
    """The difference of two colours of L*a*b*, by Sharma and others' (2005) equations 2 to 22."""
    (l1, a1, b1), (l2, a2, b2) = one, other
    mean = (hypot(a1, b1) + hypot(a2, b2)) / 2
    stretch = 1 + 0.5 * (1 - sqrt(mean**7 / (mean**7 + 25.0**7)))
    c1, c2 = hypot(stretch * a1, b1), hypot(stretch * a2, b2)
    h1, h2 = (degrees(atan2(b, stretch * a)) % 360 for a, b in ((a1, b1), (a2, b2)))
    turn, hue = h2 - h1, h1 + h2
    if c1 * c2 == 0:
        turn = 0.0
    elif abs(turn) <= 180:
        hue /= 2
    else:
        turn -= 360 if turn > 180 else -360
        hue = (hue + 360) / 2 if hue < 360 else (hue - 360) / 2
    light, chroma = (l1 + l2) / 2, (c1 + c2) / 2
    t = (1 - 0.17 * cos(radians(hue - 30)) + 0.24 * cos(radians(2 * hue))
         + 0.32 * cos(radians(3 * hue + 6)) - 0.20 * cos(radians(4 * hue - 63)))  # fmt: skip
    for_light = 1 + 0.015 * (light - 50) ** 2 / sqrt(20 + (light - 50) ** 2)
    turned = -2 * sqrt(chroma**7 / (chroma**7 + 25.0**7))
    turned *= sin(radians(60 * exp(-(((hue - 275) / 25) ** 2))))
    by_chroma = (c2 - c1) / (1 + 0.045 * chroma)
    by_hue = 2 * sqrt(c1 * c2) * sin(radians(turn / 2)) / (1 + 0.015 * chroma * t)
    by_light = (l2 - l1) / for_light
    return sqrt(by_light**2 + by_chroma**2 + by_hue**2 + turned * by_chroma * by_hue)


def apart(one: Colour, other: Colour, eye: str) -> float:
    return ciede2000(lab(seen(one, eye)), lab(seen(other, eye)))


def palettes() -> dict[str, dict[str, Colour]]:
    """The colours of the page by name: on a light screen, on a dark one, and on paper."""
    sheet = files("wordkept.dossier").joinpath("templates", "page.css").read_text("utf-8")
    blocks = [
        {name: linear(value) for name, value in re.findall(r"--([\w-]+): (#[0-9a-f]{3,6});", block)}
        for block in re.findall(r":root \{(.*?)\}", sheet, re.DOTALL)
    ]
    light, dark, paper = blocks
    return {"light": light, "dark": light | dark, "paper": light | paper}


def opacity(selector: str, kind: str) -> float:
    """An opacity as the style sheet has it."""
    sheet = files("wordkept.dossier").joinpath("templates", "page.css").read_text("utf-8")
    found = re.search(rf"^svg {re.escape(selector)} \{{[^}}]*{kind}: ([.\d]+)", sheet, re.MULTILINE)
    return float(found[1]) if found else 1.0


PALETTES = palettes()
EYES = ("all cones", *BLINDNESS)
PARTIES = tuple(f"party-{place}" for place in range(PARTY_COLOURS))


@pytest.mark.parametrize(("one", "other", "difference"), PUBLISHED)
def test_the_formula_gives_the_published_differences(
    one: Colour, other: Colour, difference: float
) -> None:
    assert ciede2000(one, other) == pytest.approx(difference, abs=5e-5)
    assert ciede2000(other, one) == pytest.approx(difference, abs=5e-5)


def test_grey_looks_the_same_to_every_eye() -> None:
    grey = linear("#777777")
    for eye in (*BLINDNESS, "grey print"):
        assert apart(grey, seen(grey, eye), "all cones") < 0.01
    assert contrast(linear("#fff"), linear("#000")) == pytest.approx(21)
    assert apart(linear("#ff0000"), linear("#008000"), "all cones") > 60
    assert apart(linear("#c06000"), linear("#708000"), "deuteranopia") < APART


@pytest.mark.parametrize("scheme", PALETTES)
@pytest.mark.parametrize("eye", EYES)
def test_parties_are_told_apart(scheme: str, eye: str) -> None:
    held = PALETTES[scheme]
    close = {
        (one, other): round(apart(held[one], held[other], eye), 1)
        for one, other in combinations((*PARTIES, "neutral"), 2)
        if apart(held[one], held[other], eye) < APART
    }
    assert close == {}


@pytest.mark.parametrize("scheme", PALETTES)
def test_parties_are_told_apart_in_grey(scheme: str) -> None:
    held = PALETTES[scheme]
    close = {
        (one, other): round(apart(held[one], held[other], "grey print"), 1)
        for one, other in combinations(PARTIES, 2)
        if apart(held[one], held[other], "grey print") < APART_GREY
    }
    assert close == {}


@pytest.mark.parametrize("scheme", PALETTES)
def test_marks_stand_out_from_what_they_are_drawn_on(scheme: str) -> None:
    held = PALETTES[scheme]
    grounds = ("paper", "shade", "shade-2")
    faint = {
        (mark, ground): round(contrast(held[mark], held[ground]), 2)
        for mark in (*PARTIES, "neutral", "accent", "ink", "quiet")
        for ground in grounds
        if contrast(held[mark], held[ground]) < GRAPHICS
    }
    assert faint == {}


@pytest.mark.parametrize("scheme", PALETTES)
def test_words_are_read_on_every_ground(scheme: str) -> None:
    held = PALETTES[scheme]
    pairs = [(ink, ground) for ink in ("ink", "quiet", "accent") for ground in ("paper", "soft")]
    pairs += [("ink", "mark"), ("ink", "shade"), ("ink", "shade-2")]
    pale = {pair: round(contrast(held[pair[0]], held[pair[1]]), 2) for pair in pairs
            if contrast(held[pair[0]], held[pair[1]]) < TEXT}  # fmt: skip
    assert pale == {}


def marks(scheme: str) -> dict[str, Colour]:
    """The marks of charts that are laid on thin, as they come out on the page."""
    held = PALETTES[scheme]
    thin = {
        "bar": ("neutral", opacity(".bar", "fill-opacity")),
        "strip": ("neutral", opacity(".strip", "opacity")),
        "strip now": ("accent", opacity(".strip.now", "opacity")),
    }
    return {
        name: laid(held[colour], held["paper"], share) for name, (colour, share) in thin.items()
    }


@pytest.mark.parametrize("scheme", PALETTES)
def test_thin_marks_stand_out_and_differ_in_grey(scheme: str) -> None:
    found, held = marks(scheme), PALETTES[scheme]
    assert {name: round(contrast(one, held["paper"]), 2) for name, one in found.items()
            if contrast(one, held["paper"]) < GRAPHICS} == {}  # fmt: skip
    for one, other in ((found["bar"], held["ink"]), (found["strip"], found["strip now"])):
        assert min(apart(one, other, eye) for eye in (*EYES, "grey print")) >= APART


@pytest.mark.parametrize("scheme", PALETTES)
def test_a_possible_line_of_any_party_stands_out(scheme: str) -> None:
    held, share = PALETTES[scheme], opacity(".possible", "stroke-opacity")
    pale = {
        party: round(contrast(laid(held[party], held["paper"], share), held["paper"]), 2)
        for party in (*PARTIES, "neutral")
        if contrast(laid(held[party], held["paper"], share), held["paper"]) < GRAPHICS
    }
    assert pale == {}


@pytest.mark.parametrize("palette", PALETTES)
@pytest.mark.parametrize("eye", EYES)
def test_each_shade_of_a_map_is_told_from_the_next(palette: str, eye: str) -> None:
    shades = [PALETTES[palette][f"map-{step}"] for step in range(1, 6)]
    assert all(apart(one, other, eye) >= APART for one, other in pairwise(shades))
    greys = [lab(seen(one, "grey print"))[0] for one in shades]
    assert greys in (sorted(greys), sorted(greys, reverse=True))
