"""Contents of reports made by hand, of any length and any alphabet: what a typesetter must be able to set."""

from collections.abc import Callable
from itertools import cycle, islice

from touchstone.output.content.model import (
    AreaPart,
    CertaintyRow,
    Chart,
    Content,
    CriterionRow,
    DimensionPart,
    Fact,
    Feed,
    GroupRow,
    IndicatorPart,
    Lever,
    Light,
    LightCount,
    MeasureRow,
    Paragraph,
    PlanRow,
    PortraitPart,
    QualityRow,
    Reading,
    RecommendationPart,
    SourceRow,
    Step,
    Story,
    Strength,
    Summary,
)
from touchstone.output.logo import Logo
from touchstone.output.pictures.model import Label, Picture

# Text of about so many characters.
Say = Callable[[int], str]

SENTENCE = (
    "The cluster organisation works with its participants in working groups and on joint projects, "
    "half of them small firms, some of them research bodies, and few of them larger than 250 people;"
)
ALPHABETS = (
    "България Ελλάδα Žemės ūkis Łódź Škofja Ísafjörður 😀 漢字 <b>&amp;</b> #let x = 1 $a$ *bold* "
    '`raw` \\ "q"'
)
LIGHTS = tuple(
    Light(light=light, word=light.replace("_", " ")) for light in ("green", "yellow", "red", "not_assessed")
)
NAME = "Northern Timber and Building Cluster"


def plainly(length: int) -> str:
    """English words, as a report has them."""
    text = " ".join(islice(cycle(SENTENCE.split()), length // 5 + 1))[:length].rstrip(" ,;")
    return text + "." if length > 60 else text


def at_length(length: int) -> str:
    """Far longer than anybody writes, of many alphabets, with a word of no end in it."""
    text = " ".join(islice(cycle((*ALPHABETS.split(), "W" * 80)), length))
    return text[: max(300, 3 * length)]


def picture(id: str, say: Say, *, width: float = 222, height: float = 78) -> Picture:
    """Ten steps of a spread, a box, a mark, and eight labels."""
    steps = "".join(
        f'<rect x="{10 + place * (width - 20) / 10:.1f}" y="{40 - place}" width="12" height="{6 + place}" '
        'fill="#c3c9d1"/>'
        for place in range(10)
    )
    box = (
        f'<rect x="{width / 3:.1f}" y="34" width="{width / 4:.1f}" height="12" fill="none" stroke="#4a556d"/>'
    )
    ticks = tuple(
        Label(
            x=10 + place * (width - 20) / 4,
            y=height - 4,
            text=f"{place * 25}",
            look="soft",
            anchor="middle",
            size=7,
        )
        for place in range(5)
    )
    return Picture(
        id=id,
        title=say(40),
        alt=say(140),
        width=width,
        height=height,
        shapes=steps + box + f'<path d="M{width / 2:.1f} 20 l5 -8 h-10 z" fill="#0b6468"/>',
        labels=(
            *ticks,
            Label(x=width / 2, y=10, text="1,250", look="own", anchor="middle"),
            Label(x=0, y=46, text=say(9)),
        ),
    )


def chart(id: str, say: Say, *, width: float = 222, height: float = 78) -> Chart:
    return Chart(picture=picture(id, say, width=width, height=height), caption=say(52))


def made(
    say: Say = plainly, *, indicators: int = 8, language: str = "en", logo: Logo | None = None
) -> Content:
    """A whole content. `indicators` says how many each of the six areas has, two of them supplementary."""
    return Content(
        language=language,
        title=f"Benchmarking report: {say(36)}",
        title_summary=f"Summary of the benchmarking report: {say(36)}",
        organisation=NAME if say is plainly else say(36),
        organisation_short=say(36)[:60],
        logo=logo,
        number="LV-2026-09-1a2b3c4d",
        facts=tuple(Fact(label=say(12), value=say(40)) for _ in range(9)),
        notice=say(180),
        synthetic=say(150),
        synthetic_mark="Synthetic peers",
        summary=summary(say),
        reading=Reading(
            paragraphs=tuple(Paragraph(title=say(20), text=say(320)) for _ in range(6)),
            example=chart("example", say),
            example_text=say(500),
        ),
        portrait=PortraitPart(
            facts=tuple(Fact(label=say(20), value=say(14)) for _ in range(8)),
            charts=(
                chart("founders", say, width=476, height=90),
                chart("members", say, width=476, height=120),
                chart("growth", say, width=228, height=130),
            ),
            map=chart("map", say, width=300, height=300),
            map_note=say(120),
        ),
        table_caption=say(60),
        areas=tuple(area(letter, say, indicators) for letter in "ABCDEF"),
        quality_intro=(say(260), say(120)),
        dimensions=tuple(dimension(number, say) for number in range(1, 6)),
        recommendations=tuple(recommendation(number, say) for number in range(1, 13)),
        plan=tuple(
            PlanRow(quality=f"2.{n}", name=say(30), next=say(120), effort=say(20)) for n in range(1, 8)
        ),
        stories=tuple(Story(title=say(50), text=say(480), rating=say(20)) for _ in range(3)),
        eligibility=say(60),
        criteria=tuple(
            CriterionRow(text=say(80), state=state, word=state, reason=say(60))
            for state in ("met", "unmet", "open", "met", "met", "met")
        ),
        method=tuple(Paragraph(title=say(24), text=say(420)) for _ in range(7)),
        groups=tuple(
            GroupRow(name=say(30), kind=say(20), n="144", shown=say(30), withheld=say(20)) for _ in range(4)
        ),
        withheld=(say(120), say(90)),
        certainties=tuple(CertaintyRow(word=say(14), meaning=say(60), count="31") for _ in range(3)),
        sources=tuple(SourceRow(title=say(90), url="https://example.org/" + "path/" * 9) for _ in range(12)),
        glossary=tuple(Fact(label=say(16), value=say(110)) for _ in range(20)),
        notes=tuple(say(110) for _ in range(5)),
    )


def summary(say: Say) -> Summary:
    return Summary(
        facts=say(110),
        opening=say(150),
        compared=say(90),
        standing=chart("standing", say, width=250, height=150),
        lights=tuple(
            LightCount(light=light, count=count) for light, count in zip(LIGHTS, (14, 9, 6, 2), strict=True)
        ),
        score=chart("score", say, width=220, height=46),
        steps=tuple(
            Step(name=say(18), asks=say(40), here=say(30), state=state, word=state)
            for state in ("met", "unmet", "open")
        ),
        strengths=tuple(Strength(id=f"A{n}", name=say(34), text=say(60)) for n in range(1, 6)),
        levers=tuple(
            Lever(quality=f"2.{n}", name=say(30), light=LIGHTS[2], text=say(110), effort=say(24))
            for n in range(1, 6)
        ),
        more=say(80),
    )


def area(letter: str, say: Say, indicators: int) -> AreaPart:
    """The first area has a wide picture of the whole, the second two narrow ones, the others none."""
    wholes = {
        "A": (chart("A-whole", say, width=476, height=150),),
        "B": (chart("B-cycle", say, width=228, height=200), chart("B-slope", say, width=228, height=180)),
    }
    return AreaPart(
        id=letter,
        name=say(34),
        charts=wholes.get(letter, ()),
        indicators=tuple(
            indicator(f"{letter}{n}", say, supplementary=n > indicators - 2) for n in range(1, indicators + 1)
        ),
    )


def indicator(id: str, say: Say, *, supplementary: bool = False) -> IndicatorPart:
    return IndicatorPart(
        id=id,
        name=say(34),
        supplementary=supplementary,
        definition=say(110),
        measure=say(36),
        own="1,250",
        chart=chart(id, say),
        meaning=say(170),
        evidence=say(60),
        change=say(70),
        feeds=(Feed(quality="2.1", name=say(30), light=LIGHTS[0]),),
        facts=(Fact(label=say(20), value=say(16)), Fact(label=say(20), value="yes")),
        rows=tuple(row(f"{id}.{n}", say) for n in range(5)),
        remarks=(say(80),) if id.endswith("1") else (),
        origin=say(60),
        certainty=say(20),
    )


def row(id: str, say: Say) -> MeasureRow:
    return MeasureRow(
        id=id,
        label=say(34),
        own="1,250",
        low="20",
        median="60",
        high="1,120",
        n="144",
        place="upper quarter, 81",
    )


def dimension(number: int, say: Say) -> DimensionPart:
    return DimensionPart(
        id=str(number),
        name=say(30),
        caption=say(50),
        rows=tuple(
            QualityRow(
                id=f"{number}.{n}",
                name=say(34),
                light=light,
                points="3 of 5",
                gate=say(20) if n == 2 else "",
                gate_state="unmet" if n == 2 else "",
                reason=say(100),
            )
            for n, light in enumerate((*LIGHTS, *LIGHTS[:2]), 1)
        ),
    )


def recommendation(number: int, say: Say) -> RecommendationPart:
    return RecommendationPart(
        number=number,
        quality=f"2.{number}",
        name=say(34),
        light=LIGHTS[2 if number < 5 else 1],
        gate=number == 1,
        text=say(330),
        next=say(120),
        effort=say(24),
        reason=say(90),
        proof=say(80),
        unproven=say(40) if number % 3 == 0 else "",
        effect=say(60),
    )


def bare() -> Content:
    """As little as a report can hold: no pictures, no peers, nothing answered."""
    whole = made(indicators=2)
    return Content(
        **{
            **{name: getattr(whole, name) for name in whole.__slots__},
            "synthetic": "",
            "synthetic_mark": "",
            "logo": None,
            "summary": Summary(
                facts="", opening=plainly(60), compared=plainly(60), standing=None, lights=(),
                score=whole.summary.score, steps=(), strengths=(), levers=(), more="",
            ),
            "reading": Reading(paragraphs=(), example=None, example_text=""),
            "portrait": PortraitPart(facts=(), charts=(), map=None, map_note=""),
            "areas": tuple(
                AreaPart(id=one.id, name=one.name, charts=(), indicators=tuple(map(empty, one.indicators)))
                for one in whole.areas
            ),
            "recommendations": (), "plan": (), "stories": (), "criteria": (), "groups": (), "withheld": (),
            "glossary": (), "notes": (), "sources": (), "certainties": (),
        }
    )  # fmt: skip


def empty(part: IndicatorPart) -> IndicatorPart:
    """An indicator of which nothing was answered."""
    return IndicatorPart(
        id=part.id, name=part.name, supplementary=part.supplementary, definition=part.definition, measure="",
        own="–", chart=None, meaning="", evidence="", change="", feeds=(), facts=(), rows=(), remarks=(),
        origin="", certainty="",
    )  # fmt: skip
