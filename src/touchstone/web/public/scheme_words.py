"""What the pages of the scheme say themselves, in each language that they speak.

The scheme's own texts come from its pack. These are the words around them; a language that lacks one does
not load. Numbers stand behind a colon or before an abbreviation where a language would bend the noun.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from touchstone.core.scheme.model import (
    Certainty,
    Direction,
    Effort,
    Kind,
    Light,
    Meeting,
    Operation,
    Test,
    Topic,
)

ENGLISH = "en"


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """The words of one language. Texts with names in braces are filled by `scheme_wording`."""

    language: str
    own_name: str  # of the language, in itself
    locale: str  # in which numbers are written

    # on every page
    scheme: str
    you_are_here: str
    languages: str
    menus: str  # a quiet line: what stays English
    neighbours: str
    sources: str
    certainty: Mapping[Certainty, str]
    certainty_explained: Mapping[Certainty, str]
    yes: str
    no: str

    # the table of contents
    intro: str
    how_sure: str
    search: str
    search_help: str
    search_button: str
    found: str
    everything: str
    nothing_found: str
    fewer_words: str
    asked: str
    judged: str
    judged_intro: str
    gate: str
    eligibility: str
    rules: str
    rules_intro: str
    rules_link: str
    packs: str
    packs_intro: str
    disclosure: str
    disclosure_median: str
    disclosure_quartiles: str
    disclosure_tails: str
    disclosure_dominance: str
    disclosure_difference: str
    disclosure_age: str

    # an indicator
    question: str
    definition: str
    counting: str
    example: str
    mistakes: str
    evidence: str
    why: str
    direction: str
    directions: Mapping[Direction, str]
    judged_by: str
    judged_by_none: str
    supplementary: str
    measures: str
    measure: str
    answer: str
    certain: str
    range: str
    choices: str
    reckoned: str
    from_participants: str
    kinds: Mapping[Kind, str]
    steps: str
    from_low: str
    up_to: str
    from_to: str
    operations: Mapping[Operation, str]
    quoted: str
    unit: str
    per_cent: str

    # a quality indicator
    levels: str
    levels_intro: str
    name_and_number: str
    thresholds: str
    light: str
    lights: Mapping[Light, str]
    points: str
    meaning: str
    conditions: str
    tests: Mapping[Test, str]
    everything_else: str
    misses_gate: str
    gate_explained: str
    silver: str
    silver_unknown: str
    most_points: str
    rests_on: str
    advice: str
    advice_red: str
    advice_yellow: str
    first_step: str
    whole_takes: str
    efforts: Mapping[Effort, str]

    # rule sets and packs
    rule_set: str
    in_force: str
    labels: str
    label_names: Mapping[str, str]
    decided_by: str
    first_label: str
    renewal: str
    renewable: str
    gold: str
    nothing_more: str
    first_runs: str
    renewal_runs: Mapping[str, str]  # by `Validity.renewal_from`
    ends: Mapping[str, str]  # by `Validity.end`
    renewable_until: str
    gold_needs: str
    experts: str
    foreign_expert: str
    recommends: str
    recommended: str
    not_recommended: str
    interview: str
    meetings: Mapping[Meeting, str]
    topics: str
    topic_names: Mapping[Topic, str]
    silver_needs: str
    silver_after: str
    improvements: str
    minimum: str
    against: str
    changes: str
    changes_in_english: str
    pack_extent: str
    items: Mapping[str, str]  # by `Change.kind`
    becomes: Mapping[str, str]  # by `Change.what`


EN = Words(
    language="en",
    own_name="English",
    locale="en_GB",
    scheme="The scheme",
    you_are_here="You are here",
    languages="Languages",
    menus="Menus and messages are in English.",
    neighbours="Neighbours in the scheme",
    sources="Sources",
    certainty={
        Certainty.PUBLISHED: "published",
        Certainty.RECONSTRUCTED: "rebuilt from sources",
        Certainty.DEFAULT: "our default",
    },
    certainty_explained={
        Certainty.PUBLISHED: "It was read in a public source.",
        Certainty.RECONSTRUCTED: "The topic stands in a source or is known from practice; the detail is "
        "rebuilt.",
        Certainty.DEFAULT: "No source was found; this is what the program starts with. It can be changed.",
    },
    yes="yes",
    no="no",
    intro="{indicators} indicators are asked of every organisation. {quality} quality indicators, worth "
    "{points} points in all, judge the answers. Both stand here in full, with their sources.",
    how_sure="Each item says how sure it is",
    search="Search the scheme",
    search_help="Words from a name, a question or a measure, or a number such as A6 or 1.1.2.",
    search_button="Search",
    found="Found: {count}",
    everything="Show everything",
    nothing_found="Nothing in the scheme has all of these words.",
    fewer_words="Try fewer words, or shorter ones.",
    asked="What is asked",
    judged="What is judged",
    judged_intro="Silver and Gold rest on these. A gate is a minimum requirement: whoever misses one "
    "cannot pass.",
    gate="gate",
    eligibility="Conditions of eligibility",
    rules="Rule sets by date",
    rules_intro="A case keeps the rules that were in force when it was opened.",
    rules_link="What each of them says, and what it changed",
    packs="Schemes that build on this one",
    packs_intro="A national or regional scheme may change thresholds, add indicators and ask for more.",
    disclosure="What a report may show of peers",
    disclosure_median="Fewer than {count} peers: nothing; the next wider group stands in.",
    disclosure_quartiles="From {median} peers the median, from {quartiles} the quartiles too.",
    disclosure_tails="From {count} peers also the 5th and the 95th percentile; never the lowest or highest "
    "value.",
    disclosure_dominance="A percentile is held back where one organisation has more than {share} of the sum.",
    disclosure_difference="Two groups that are shown differ by no organisation or by at least {count}.",
    disclosure_age="No assessment older than {years} years counts, and of each organisation only the latest.",
    question="The question",
    definition="What is meant",
    counting="How to count",
    example="Worked example",
    mistakes="Common mistakes",
    evidence="Evidence",
    why="Why it is asked",
    direction="Which way is better",
    directions={
        Direction.HIGHER: "higher is better",
        Direction.LOWER: "lower is better",
        Direction.RANGE: "a middle range is best; shown without judgement",
        Direction.DESCRIPTIVE: "shown without judgement",
    },
    judged_by="Judged by",
    judged_by_none="No quality indicator rests on it.",
    supplementary="A supplementary item: it is not counted among the {indicators} indicators.",
    measures="Measures",
    measure="Measure",
    answer="Answer",
    certain="How sure",
    range="What may be answered",
    choices="Answers to choose from",
    reckoned="Reckoned from other answers",
    from_participants="The participant list answers it.",
    kinds={
        Kind.COUNT: "a whole number",
        Kind.NUMBER: "a number",
        Kind.SHARE: "a share",
        Kind.SCALE: "a step",
        Kind.YEAR: "a year",
        Kind.MONEY: "an amount",
        Kind.YES_NO: "yes or no",
        Kind.CHOICE: "one of a list",
        Kind.TEXT: "a text",
    },
    steps="Steps",
    from_low="from {low}",
    up_to="up to {high}",
    from_to="from {low} to {high}",
    operations={
        "sum": "The sum of:",
        "mean": "The mean of these, as far as they are answered:",
        "ratio": "{first} divided by {second}.",
        "percent_of": "{first} as a percentage of {second}.",
        "share_of_sum": "{first} as a percentage of the sum of:",
        "growth": "The change from {second} to {first}, as a percentage of {second}.",
        "complement": "100 % less {first}.",
        "years_since": "The year of the interview less {first}.",
        "positive_share": "Of these, as far as they are answered, the percentage that is above 0:",
        "at_least_count": "How many of these are {bound} or more:",
        "dominant": "The largest of these, if it alone is the largest and is {bound} or more; otherwise "
        "mixed:",
    },
    quoted="“{text}”",
    unit="{number} {unit}",
    per_cent="{number} %",
    levels="Levels",
    levels_intro="The first level whose conditions all hold is reached.",
    name_and_number="Name and number",
    thresholds="Thresholds, points and gate",
    light="Light",
    lights={Light.RED: "red", Light.YELLOW: "yellow", Light.GREEN: "green"},
    points="Points",
    meaning="Meaning",
    conditions="Conditions",
    tests={
        "at_least": "{bound} or more",
        "at_most": "{bound} or less",
        "above": "more than {bound}",
        "below": "less than {bound}",
        "equals": "{bound}",
        "one_of": "one of {bound}",
    },
    everything_else="everything else",
    misses_gate="misses the gate",
    gate_explained="This is a gate, a minimum requirement. Whoever misses it cannot pass, whatever the "
    "points.",
    silver="Audited for Silver",
    silver_unknown="no source says",
    most_points="Most points",
    rests_on="Rests on",
    advice="What to do next",
    advice_red="Where it is red",
    advice_yellow="Where it is yellow",
    first_step="First step",
    whole_takes="The whole takes {effort}.",
    efforts={
        Effort.DAYS: "a few days",
        Effort.WEEKS: "a few weeks",
        Effort.MONTHS: "a few months",
        Effort.YEAR: "about a year",
    },
    rule_set="Rule set",
    in_force="In force from",
    labels="Labels",
    label_names={"bronze": "Bronze", "silver": "Silver", "gold": "Gold"},
    decided_by="Decided by",
    first_label="A first label runs",
    renewal="A renewal runs",
    renewable="Renewable",
    gold="Gold needs",
    nothing_more="nothing besides the benchmarking",
    first_runs="{months} months from the interview, {end}",
    renewal_runs={
        "interview": "{months} months from the interview, {end}",
        "previous_end": "{months} months from the previous end, {end}",
    },
    ends={"day": "to the day", "month": "to the last day of the month"},
    renewable_until="until {months} months after the end",
    gold_needs="{share} of the points, and at least {light} on each quality indicator",
    experts="Experts who assess",
    foreign_expert="one of them for Gold from another country",
    recommends="Before a Bronze decision",
    recommended="the expert recommends or advises against",
    not_recommended="nothing: whoever is benchmarked gets Bronze",
    interview="The interview is held",
    meetings={"on_site": "on site", "video": "by video"},
    topics="Questions are also about",
    topic_names={"digital": "digital change", "green": "green change", "social": "the social economy"},
    silver_needs="Silver needs",
    silver_after="a second benchmarking {least} to {most} months after the first",
    improvements="evidenced areas of improvement: {count}",
    minimum="One missed minimum requirement stops",
    against="What is otherwise than under “{name}”",
    changes="What it changes",
    changes_in_english="",
    pack_extent="Indicators: {indicators} · quality indicators: {quality} · points: {points}",
    items={
        "pack": "The scheme as a whole",
        "area": "Areas",
        "dimension": "Dimensions",
        "indicator": "Indicators",
        "measure": "Measures",
        "quality indicator": "Quality indicators",
        "advice": "Advice",
        "criterion": "Conditions of eligibility",
        "rule set": "Rule sets",
        "portfolio": "Comparative portfolios",
        "classing": "Classes",
        "composition": "Compositions",
        "plausibility rule": "Rules of plausibility",
        "disclosure": "Disclosure control",
        "source": "Sources",
    },
    becomes={"added": "new", "dropped": "gone", "changed": "changed"},
)

LT = Words(
    language="lt",
    own_name="Lietuvių",
    locale="lt",
    scheme="Schema",
    you_are_here="Jūs esate čia",
    languages="Kalbos",
    menus="Meniu ir pranešimai pateikiami anglų kalba.",
    neighbours="Gretimi schemos punktai",
    sources="Šaltiniai",
    certainty={
        Certainty.PUBLISHED: "paskelbta",
        Certainty.RECONSTRUCTED: "atkurta pagal šaltinius",
        Certainty.DEFAULT: "mūsų numatytoji reikšmė",
    },
    certainty_explained={
        Certainty.PUBLISHED: "Perskaityta viešame šaltinyje.",
        Certainty.RECONSTRUCTED: "Tema minima šaltinyje arba žinoma iš praktikos; smulkmenos atkurtos.",
        Certainty.DEFAULT: "Šaltinio nerasta; nuo šios reikšmės programa pradeda. Ją galima pakeisti.",
    },
    yes="taip",
    no="ne",
    intro="Rodikliai, apie kuriuos klausiama kiekvienos organizacijos: {indicators}. Atsakymus vertinantys "
    "kokybės rodikliai: {quality}; taškų iš viso: {points}. Ir vieni, ir kiti čia pateikti su šaltiniais.",
    how_sure="Prie kiekvieno punkto nurodyta, kiek jis patikimas",
    search="Ieškoti schemoje",
    search_help="Pavadinimo, klausimo ar duomens žodžiai arba numeris, pavyzdžiui, A6 ar 1.1.2.",
    search_button="Ieškoti",
    found="Rasta: {count}",
    everything="Rodyti viską",
    nothing_found="Schemoje nėra nieko, kur būtų visi šie žodžiai.",
    fewer_words="Pabandykite mažiau arba trumpesnių žodžių.",
    asked="Ko klausiama",
    judged="Kas vertinama",
    judged_intro="Jais remiasi sidabro ir aukso ženklai. Privaloma sąlyga yra būtiniausias reikalavimas: "
    "kas jos neatitinka, ženklo negauna.",
    gate="privaloma sąlyga",
    eligibility="Tinkamumo sąlygos",
    rules="Taisyklės pagal datą",
    rules_intro="Vertinimui taikomos taisyklės, galiojusios jį pradedant.",
    rules_link="Ką kiekvienos jų sako ir ką pakeitė",
    packs="Schemos, kurios remiasi šia",
    packs_intro="Nacionalinė ar regioninė schema gali keisti ribas, pridėti rodiklių ir reikalauti daugiau.",
    disclosure="Ką ataskaita gali rodyti apie palyginamąsias organizacijas",
    disclosure_median="Kai jų mažiau nei {count}, nerodoma nieko; lyginama su platesne grupe.",
    disclosure_quartiles="Kai jų bent {median}, rodoma mediana, kai bent {quartiles} – ir kvartiliai.",
    disclosure_tails="Kai jų bent {count}, rodomi ir 5-asis bei 95-asis procentiliai; mažiausia ar "
    "didžiausia reikšmė nerodoma niekada.",
    disclosure_dominance="Procentilis nerodomas, jei vienai organizacijai tenka daugiau nei {share} visos "
    "sumos.",
    disclosure_difference="Dvi rodomos grupės nesiskiria nė viena organizacija arba skiriasi bent tiek: "
    "{count}.",
    disclosure_age="Skaičiuojami ne senesni nei {years} metų vertinimai, o iš kiekvienos organizacijos – "
    "tik naujausias.",
    question="Klausimas",
    definition="Kas turima omenyje",
    counting="Kaip skaičiuoti",
    example="Pavyzdys",
    mistakes="Dažnos klaidos",
    evidence="Patvirtinantys dokumentai",
    why="Kodėl klausiama",
    direction="Kuri kryptis geresnė",
    directions={
        Direction.HIGHER: "kuo daugiau, tuo geriau",
        Direction.LOWER: "kuo mažiau, tuo geriau",
        Direction.RANGE: "geriausi vidutiniai dydžiai; rodoma nevertinant",
        Direction.DESCRIPTIVE: "rodoma nevertinant",
    },
    judged_by="Pagal jį vertinama",
    judged_by_none="Juo nesiremia nė vienas kokybės rodiklis.",
    supplementary="Papildomas punktas: jis neįskaičiuotas tarp rodiklių, kurių yra {indicators}.",
    measures="Duomenys",
    measure="Duomuo",
    answer="Atsakymas",
    certain="Kiek patikima",
    range="Ką galima atsakyti",
    choices="Atsakymai, iš kurių renkamasi",
    reckoned="Apskaičiuojama iš kitų atsakymų",
    from_participants="Į jį atsako dalyvių sąrašas.",
    kinds={
        Kind.COUNT: "sveikasis skaičius",
        Kind.NUMBER: "skaičius",
        Kind.SHARE: "dalis",
        Kind.SCALE: "pakopa",
        Kind.YEAR: "metai",
        Kind.MONEY: "suma",
        Kind.YES_NO: "taip arba ne",
        Kind.CHOICE: "vienas iš sąrašo",
        Kind.TEXT: "tekstas",
    },
    steps="Pakopos",
    from_low="nuo {low}",
    up_to="iki {high}",
    from_to="nuo {low} iki {high}",
    operations={
        "sum": "Šių dydžių suma:",
        "mean": "Šių dydžių vidurkis, kiek į juos atsakyta:",
        "ratio": "{first}, padalyta iš {second}.",
        "percent_of": "{first}, procentais nuo {second}.",
        "share_of_sum": "{first}, procentais nuo šių dydžių sumos:",
        "growth": "Pokytis nuo {second} iki {first}, procentais nuo {second}.",
        "complement": "100 % minus {first}.",
        "years_since": "Interviu metai minus {first}.",
        "positive_share": "Kiek procentų šių dydžių, į kuriuos atsakyta, yra didesni už 0:",
        "at_least_count": "Kiek iš šių dydžių yra {bound} ar daugiau:",
        "dominant": "Didžiausias iš šių dydžių, jei toks yra vienas ir yra {bound} ar daugiau; kitaip – "
        "mišrus:",
    },
    quoted="„{text}“",
    unit="{number} ({unit})",
    per_cent="{number} %",
    levels="Lygmenys",
    levels_intro="Pasiekiamas pirmasis lygmuo, kurio visos sąlygos tenkinamos.",
    name_and_number="Pavadinimas ir numeris",
    thresholds="Ribos, taškai ir privaloma sąlyga",
    light="Spalva",
    lights={Light.RED: "raudona", Light.YELLOW: "geltona", Light.GREEN: "žalia"},
    points="Taškai",
    meaning="Reikšmė",
    conditions="Sąlygos",
    tests={
        "at_least": "ne mažiau kaip {bound}",
        "at_most": "ne daugiau kaip {bound}",
        "above": "daugiau nei {bound}",
        "below": "mažiau nei {bound}",
        "equals": "{bound}",
        "one_of": "vienas iš: {bound}",
    },
    everything_else="visa kita",
    misses_gate="neatitinka privalomos sąlygos",
    gate_explained="Tai privaloma sąlyga, būtiniausias reikalavimas. Kas jos neatitinka, ženklo negauna, "
    "kad ir kiek surinktų taškų.",
    silver="Tikrinama siekiant sidabro ženklo",
    silver_unknown="šaltiniuose nenurodyta",
    most_points="Daugiausia taškų",
    rests_on="Remiasi",
    advice="Ką daryti toliau",
    advice_red="Kai raudona",
    advice_yellow="Kai geltona",
    first_step="Pirmas žingsnis",
    whole_takes="Visas darbas trunka {effort}.",
    efforts={
        Effort.DAYS: "kelias dienas",
        Effort.WEEKS: "kelias savaites",
        Effort.MONTHS: "kelis mėnesius",
        Effort.YEAR: "apie metus",
    },
    rule_set="Taisyklės",
    in_force="Galioja nuo",
    labels="Ženklai",
    label_names={"bronze": "bronzos", "silver": "sidabro", "gold": "aukso"},
    decided_by="Sprendžia",
    first_label="Pirmasis ženklas galioja",
    renewal="Atnaujintas ženklas galioja",
    renewable="Galima atnaujinti",
    gold="Aukso ženklui reikia",
    nothing_more="be lyginamosios analizės – nieko",
    first_runs="{months} mėn. nuo interviu, {end}",
    renewal_runs={
        "interview": "{months} mėn. nuo interviu, {end}",
        "previous_end": "{months} mėn. nuo ankstesnės pabaigos, {end}",
    },
    ends={"day": "iki tos pačios dienos", "month": "iki paskutinės mėnesio dienos"},
    renewable_until="iki {months} mėn. po pabaigos",
    gold_needs="{share} taškų, o pagal kiekvieną kokybės rodiklį – ne žemiau kaip {light}",
    experts="Vertina ekspertų",
    foreign_expert="vienas iš aukso ženklo vertintojų – iš kitos šalies",
    recommends="Prieš sprendimą dėl bronzos ženklo",
    recommended="ekspertas rekomenduoja ženklą suteikti arba nesuteikti",
    not_recommended="nieko nereikia: bronzos ženklą gauna kiekvienas, kuriam atlikta lyginamoji analizė",
    interview="Interviu vyksta",
    meetings={"on_site": "vietoje", "video": "vaizdo ryšiu"},
    topics="Klausiama ir apie",
    topic_names={
        "digital": "skaitmeninę pertvarką",
        "green": "žaliąją pertvarką",
        "social": "socialinę ekonomiką",
    },
    silver_needs="Sidabro ženklui reikia",
    silver_after="antros lyginamosios analizės, praėjus {least}–{most} mėn. po pirmosios",
    improvements="įrodytų tobulinimo sričių: {count}",
    minimum="Visų būtiniausių reikalavimų reikia ženklui",
    against="Kuo skiriasi nuo taisyklių „{name}“",
    changes="Ką ji keičia",
    changes_in_english="Šiuos sakinius rašo programa, anglų kalba.",
    pack_extent="Rodikliai: {indicators} · kokybės rodikliai: {quality} · taškai: {points}",
    items={
        "pack": "Visa schema",
        "area": "Sritys",
        "dimension": "Dimensijos",
        "indicator": "Rodikliai",
        "measure": "Duomenys",
        "quality indicator": "Kokybės rodikliai",
        "advice": "Patarimai",
        "criterion": "Tinkamumo sąlygos",
        "rule set": "Taisyklės",
        "portfolio": "Palyginamieji portfeliai",
        "classing": "Klasės",
        "composition": "Sudėtys",
        "plausibility rule": "Tikėtinumo taisyklės",
        "disclosure": "Konfidencialumo apsauga",
        "source": "Šaltiniai",
    },
    becomes={"added": "nauja", "dropped": "panaikinta", "changed": "pakeista"},
)

PL = Words(
    language="pl",
    own_name="Polski",
    locale="pl",
    scheme="System",
    you_are_here="Tu jesteś",
    languages="Języki",
    menus="Menu i komunikaty są po angielsku.",
    neighbours="Sąsiednie pozycje systemu",
    sources="Źródła",
    certainty={
        Certainty.PUBLISHED: "opublikowane",
        Certainty.RECONSTRUCTED: "odtworzone na podstawie źródeł",
        Certainty.DEFAULT: "nasza wartość domyślna",
    },
    certainty_explained={
        Certainty.PUBLISHED: "Odczytane w publicznym źródle.",
        Certainty.RECONSTRUCTED: "Temat występuje w źródle albo jest znany z praktyki; szczegóły odtworzono.",
        Certainty.DEFAULT: "Nie znaleziono źródła; od tej wartości program zaczyna. Można ją zmienić.",
    },
    yes="tak",
    no="nie",
    intro="Wskaźniki, o które pyta się każdą organizację: {indicators}. Wskaźniki jakości, które oceniają "
    "odpowiedzi: {quality}; punktów łącznie: {points}. Jedne i drugie są tu podane w całości, ze źródłami.",
    how_sure="Przy każdej pozycji podano, na ile jest pewna",
    search="Szukaj w systemie",
    search_help="Słowa z nazwy, pytania lub miary albo numer, na przykład A6 lub 1.1.2.",
    search_button="Szukaj",
    found="Znaleziono: {count}",
    everything="Pokaż wszystko",
    nothing_found="W systemie nie ma niczego, co zawierałoby wszystkie te słowa.",
    fewer_words="Proszę spróbować mniejszej liczby słów albo słów krótszych.",
    asked="O co się pyta",
    judged="Co się ocenia",
    judged_intro="Na nich opierają się srebrny i złoty znak jakości. Warunek konieczny to wymaganie "
    "minimalne: kto go nie spełnia, nie otrzyma znaku.",
    gate="warunek konieczny",
    eligibility="Warunki dopuszczenia",
    rules="Zasady według daty",
    rules_intro="Do oceny stosuje się zasady, które obowiązywały w chwili jej rozpoczęcia.",
    rules_link="Co mówią poszczególne zasady i co zmieniły",
    packs="Systemy oparte na tym systemie",
    packs_intro="System krajowy lub regionalny może zmieniać progi, dodawać wskaźniki i wymagać więcej.",
    disclosure="Co raport może pokazać o organizacjach porównywanych",
    disclosure_median="Gdy jest ich mniej niż {count}: nic; porównuje się z szerszą grupą.",
    disclosure_quartiles="Gdy jest ich co najmniej {median}: mediana; gdy co najmniej {quartiles}: także "
    "kwartyle.",
    disclosure_tails="Gdy jest ich co najmniej {count}: także 5. i 95. percentyl; nigdy wartość najniższa "
    "ani najwyższa.",
    disclosure_dominance="Percentyla nie pokazuje się, gdy na jedną organizację przypada ponad {share} sumy.",
    disclosure_difference="Dwie pokazywane grupy albo są takie same, albo różnią się o co najmniej tyle "
    "organizacji: {count}.",
    disclosure_age="Liczą się oceny z okresu {years} lat, a z każdej organizacji tylko najnowsza.",
    question="Pytanie",
    definition="Co to znaczy",
    counting="Jak liczyć",
    example="Przykład",
    mistakes="Częste błędy",
    evidence="Dowody",
    why="Dlaczego się o to pyta",
    direction="Co jest lepsze",
    directions={
        Direction.HIGHER: "im więcej, tym lepiej",
        Direction.LOWER: "im mniej, tym lepiej",
        Direction.RANGE: "najlepsze są wartości średnie; pokazywane bez oceny",
        Direction.DESCRIPTIVE: "pokazywane bez oceny",
    },
    judged_by="Oceniany przez",
    judged_by_none="Nie opiera się na nim żaden wskaźnik jakości.",
    supplementary="Pozycja uzupełniająca: nie zalicza się jej do wskaźników, których jest {indicators}.",
    measures="Miary",
    measure="Miara",
    answer="Odpowiedź",
    certain="Na ile pewne",
    range="Co można odpowiedzieć",
    choices="Odpowiedzi do wyboru",
    reckoned="Obliczana z innych odpowiedzi",
    from_participants="Odpowiada na nią lista uczestników.",
    kinds={
        Kind.COUNT: "liczba całkowita",
        Kind.NUMBER: "liczba",
        Kind.SHARE: "udział",
        Kind.SCALE: "stopień",
        Kind.YEAR: "rok",
        Kind.MONEY: "kwota",
        Kind.YES_NO: "tak lub nie",
        Kind.CHOICE: "jedna z listy",
        Kind.TEXT: "tekst",
    },
    steps="Stopnie",
    from_low="od {low}",
    up_to="do {high}",
    from_to="od {low} do {high}",
    operations={
        "sum": "Suma tych wartości:",
        "mean": "Średnia tych wartości, o ile na nie odpowiedziano:",
        "ratio": "{first} podzielone przez: {second}.",
        "percent_of": "{first} jako procent wartości {second}.",
        "share_of_sum": "{first} jako procent sumy tych wartości:",
        "growth": "Zmiana od {second} do {first}, jako procent wartości {second}.",
        "complement": "100% minus {first}.",
        "years_since": "Rok wywiadu minus {first}.",
        "positive_share": "Jaki procent tych wartości, o ile na nie odpowiedziano, jest większy od 0:",
        "at_least_count": "Ile z tych wartości wynosi {bound} lub więcej:",
        "dominant": "Największa z tych wartości, jeśli jest jedyną największą i wynosi {bound} lub więcej; "
        "w innym razie typ mieszany:",
    },
    quoted="„{text}”",
    unit="{number} ({unit})",
    per_cent="{number}%",
    levels="Poziomy",
    levels_intro="Osiąga się pierwszy poziom, którego wszystkie warunki są spełnione.",
    name_and_number="Nazwa i numer",
    thresholds="Progi, punkty i warunek konieczny",
    light="Sygnał",
    lights={Light.RED: "czerwony", Light.YELLOW: "żółty", Light.GREEN: "zielony"},
    points="Punkty",
    meaning="Znaczenie",
    conditions="Warunki",
    tests={
        "at_least": "co najmniej {bound}",
        "at_most": "co najwyżej {bound}",
        "above": "więcej niż {bound}",
        "below": "mniej niż {bound}",
        "equals": "{bound}",
        "one_of": "jedna z odpowiedzi: {bound}",
    },
    everything_else="wszystko inne",
    misses_gate="nie spełnia warunku koniecznego",
    gate_explained="To warunek konieczny, wymaganie minimalne. Kto go nie spełnia, nie otrzyma znaku, "
    "niezależnie od liczby punktów.",
    silver="Sprawdzany przy srebrnym znaku",
    silver_unknown="źródła tego nie podają",
    most_points="Najwięcej punktów",
    rests_on="Opiera się na",
    advice="Co zrobić dalej",
    advice_red="Gdy jest czerwony",
    advice_yellow="Gdy jest żółty",
    first_step="Pierwszy krok",
    whole_takes="Całość zajmuje {effort}.",
    efforts={
        Effort.DAYS: "kilka dni",
        Effort.WEEKS: "kilka tygodni",
        Effort.MONTHS: "kilka miesięcy",
        Effort.YEAR: "około roku",
    },
    rule_set="Zasady",
    in_force="Obowiązują od",
    labels="Znaki",
    label_names={"bronze": "brązowy", "silver": "srebrny", "gold": "złoty"},
    decided_by="Decyduje",
    first_label="Pierwszy znak obowiązuje",
    renewal="Odnowiony znak obowiązuje",
    renewable="Można odnowić",
    gold="Złoty znak wymaga",
    nothing_more="poza benchmarkingiem nic",
    first_runs="{months} mies. od wywiadu, {end}",
    renewal_runs={
        "interview": "{months} mies. od wywiadu, {end}",
        "previous_end": "{months} mies. od poprzedniego końca, {end}",
    },
    ends={"day": "co do dnia", "month": "do ostatniego dnia miesiąca"},
    renewable_until="do {months} mies. po końcu",
    gold_needs="{share} punktów, a przy każdym wskaźniku jakości co najmniej sygnału „{light}”",
    experts="Liczba oceniających ekspertów",
    foreign_expert="przy złotym znaku jeden z nich z innego kraju",
    recommends="Przed decyzją o brązowym znaku",
    recommended="ekspert rekomenduje przyznanie znaku albo je odradza",
    not_recommended="nic: brązowy znak otrzymuje każdy, kto przeszedł benchmarking",
    interview="Wywiad odbywa się",
    meetings={"on_site": "na miejscu", "video": "przez wideo"},
    topics="Pytania dotyczą także",
    topic_names={
        "digital": "transformacji cyfrowej",
        "green": "zielonej transformacji",
        "social": "ekonomii społecznej",
    },
    silver_needs="Srebrny znak wymaga",
    silver_after="drugiego benchmarkingu, od {least} do {most} mies. po pierwszym",
    improvements="udokumentowanych obszarów poprawy: {count}",
    minimum="Jedno niespełnione wymaganie minimalne uniemożliwia znak",
    against="Czym różnią się od: „{name}”",
    changes="Co zmienia",
    changes_in_english="Te zdania pisze program, po angielsku.",
    pack_extent="Wskaźniki: {indicators} · wskaźniki jakości: {quality} · punkty: {points}",
    items={
        "pack": "Cały system",
        "area": "Obszary",
        "dimension": "Wymiary",
        "indicator": "Wskaźniki",
        "measure": "Miary",
        "quality indicator": "Wskaźniki jakości",
        "advice": "Zalecenia",
        "criterion": "Warunki dopuszczenia",
        "rule set": "Zasady",
        "portfolio": "Portfolia porównawcze",
        "classing": "Klasy",
        "composition": "Struktury",
        "plausibility rule": "Reguły wiarygodności",
        "disclosure": "Ochrona poufności",
        "source": "Źródła",
    },
    becomes={"added": "nowe", "dropped": "usunięte", "changed": "zmienione"},
)

DE = Words(
    language="de",
    own_name="Deutsch",
    locale="de",
    scheme="Das Verfahren",
    you_are_here="Sie sind hier",
    languages="Sprachen",
    menus="Menüs und Meldungen sind auf Englisch.",
    neighbours="Benachbarte Punkte des Verfahrens",
    sources="Quellen",
    certainty={
        Certainty.PUBLISHED: "veröffentlicht",
        Certainty.RECONSTRUCTED: "aus Quellen erschlossen",
        Certainty.DEFAULT: "unsere Festlegung",
    },
    certainty_explained={
        Certainty.PUBLISHED: "Es wurde in einer öffentlichen Quelle gelesen.",
        Certainty.RECONSTRUCTED: "Das Thema steht in einer Quelle oder ist aus der Praxis bekannt; die "
        "Einzelheiten sind erschlossen.",
        Certainty.DEFAULT: "Es fand sich keine Quelle; damit beginnt das Programm. Es lässt sich ändern.",
    },
    yes="ja",
    no="nein",
    intro="Indikatoren, nach denen jede Organisation gefragt wird: {indicators}. Qualitätsindikatoren, die "
    "die Antworten beurteilen: {quality}; Punkte insgesamt: {points}. Beide stehen hier mit ihren Quellen.",
    how_sure="Bei jedem Punkt steht, wie sicher er ist",
    search="Im Verfahren suchen",
    search_help="Wörter aus einem Namen, einer Frage oder einer Messgröße oder eine Nummer wie A6 oder "
    "1.1.2.",
    search_button="Suchen",
    found="Gefunden: {count}",
    everything="Alles zeigen",
    nothing_found="Nichts im Verfahren enthält alle diese Wörter.",
    fewer_words="Versuchen Sie es mit weniger oder kürzeren Wörtern.",
    asked="Wonach gefragt wird",
    judged="Was beurteilt wird",
    judged_intro="Darauf beruhen Silber und Gold. Wer eine Mindestanforderung verfehlt, kann nicht bestehen.",
    gate="Mindestanforderung",
    eligibility="Voraussetzungen",
    rules="Regeln nach Datum",
    rules_intro="Für einen Fall gelten die Regeln, die galten, als er eröffnet wurde.",
    rules_link="Was sie jeweils sagen und was sie geändert haben",
    packs="Verfahren, die auf diesem aufbauen",
    packs_intro="Ein nationales oder regionales Verfahren kann Schwellenwerte ändern, Indikatoren ergänzen "
    "und mehr verlangen.",
    disclosure="Was ein Bericht von Vergleichsorganisationen zeigen darf",
    disclosure_median="Bei weniger als {count}: nichts; die nächstgrößere Gruppe tritt an ihre Stelle.",
    disclosure_quartiles="Ab {median} den Median, ab {quartiles} auch die Quartile.",
    disclosure_tails="Ab {count} auch das 5. und das 95. Perzentil; nie den niedrigsten oder höchsten Wert.",
    disclosure_dominance="Ein Perzentil bleibt ungezeigt, wenn auf eine Organisation mehr als {share} der "
    "Summe entfallen.",
    disclosure_difference="Zwei gezeigte Gruppen unterscheiden sich in keiner Organisation oder in "
    "mindestens {count}.",
    disclosure_age="Bewertungen, die älter als {years} Jahre sind, zählen nicht, und von jeder "
    "Organisation nur die neueste.",
    question="Die Frage",
    definition="Was gemeint ist",
    counting="Wie gezählt wird",
    example="Beispiel",
    mistakes="Häufige Fehler",
    evidence="Nachweise",
    why="Warum danach gefragt wird",
    direction="Was besser ist",
    directions={
        Direction.HIGHER: "mehr ist besser",
        Direction.LOWER: "weniger ist besser",
        Direction.RANGE: "ein mittlerer Bereich ist am besten; ohne Urteil gezeigt",
        Direction.DESCRIPTIVE: "ohne Urteil gezeigt",
    },
    judged_by="Beurteilt durch",
    judged_by_none="Kein Qualitätsindikator beruht darauf.",
    supplementary="Ein ergänzender Punkt: Er zählt nicht zu den {indicators} Indikatoren.",
    measures="Messgrößen",
    measure="Messgröße",
    answer="Antwort",
    certain="Wie sicher",
    range="Was geantwortet werden kann",
    choices="Antworten zur Auswahl",
    reckoned="Aus anderen Antworten berechnet",
    from_participants="Die Akteursliste beantwortet sie.",
    kinds={
        Kind.COUNT: "eine ganze Zahl",
        Kind.NUMBER: "eine Zahl",
        Kind.SHARE: "ein Anteil",
        Kind.SCALE: "eine Stufe",
        Kind.YEAR: "ein Jahr",
        Kind.MONEY: "ein Betrag",
        Kind.YES_NO: "ja oder nein",
        Kind.CHOICE: "eins aus einer Liste",
        Kind.TEXT: "ein Text",
    },
    steps="Stufen",
    from_low="ab {low}",
    up_to="bis {high}",
    from_to="von {low} bis {high}",
    operations={
        "sum": "Die Summe von:",
        "mean": "Der Mittelwert der folgenden, soweit sie beantwortet sind:",
        "ratio": "{first} geteilt durch {second}.",
        "percent_of": "{first} in Prozent von {second}.",
        "share_of_sum": "{first} in Prozent der Summe von:",
        "growth": "Die Veränderung von {second} zu {first}, in Prozent von {second}.",
        "complement": "100 % minus {first}.",
        "years_since": "Das Jahr des Benchmarking-Gesprächs minus {first}.",
        "positive_share": "Von den folgenden, soweit sie beantwortet sind, der Prozentsatz, der über 0 "
        "liegt:",
        "at_least_count": "Wie viele der folgenden {bound} oder mehr betragen:",
        "dominant": "Der größte der folgenden Werte, wenn er allein der größte ist und {bound} oder mehr "
        "beträgt; sonst gemischt:",
    },
    quoted="„{text}“",
    unit="{number} {unit}",
    per_cent="{number} %",
    levels="Stufen der Bewertung",
    levels_intro="Erreicht ist die erste Stufe, deren Bedingungen alle erfüllt sind.",
    name_and_number="Name und Nummer",
    thresholds="Schwellenwerte, Punkte und Mindestanforderung",
    light="Ampel",
    lights={Light.RED: "rot", Light.YELLOW: "gelb", Light.GREEN: "grün"},
    points="Punkte",
    meaning="Bedeutung",
    conditions="Bedingungen",
    tests={
        "at_least": "mindestens {bound}",
        "at_most": "höchstens {bound}",
        "above": "mehr als {bound}",
        "below": "weniger als {bound}",
        "equals": "{bound}",
        "one_of": "eins von: {bound}",
    },
    everything_else="alles andere",
    misses_gate="verfehlt die Mindestanforderung",
    gate_explained="Dies ist eine Mindestanforderung. Wer sie verfehlt, kann nicht bestehen, gleich mit "
    "wie vielen Punkten.",
    silver="Für Silber geprüft",
    silver_unknown="keine Quelle sagt es",
    most_points="Höchste Punktzahl",
    rests_on="Beruht auf",
    advice="Was als Nächstes zu tun ist",
    advice_red="Bei Rot",
    advice_yellow="Bei Gelb",
    first_step="Erster Schritt",
    whole_takes="Das Ganze dauert {effort}.",
    efforts={
        Effort.DAYS: "einige Tage",
        Effort.WEEKS: "einige Wochen",
        Effort.MONTHS: "einige Monate",
        Effort.YEAR: "etwa ein Jahr",
    },
    rule_set="Regeln",
    in_force="Gültig ab",
    labels="Labels",
    label_names={"bronze": "Bronze", "silver": "Silber", "gold": "Gold"},
    decided_by="Entscheidung durch",
    first_label="Ein erstes Label gilt",
    renewal="Ein erneuertes Label gilt",
    renewable="Erneuerbar",
    gold="Gold verlangt",
    nothing_more="nichts außer dem Benchmarking",
    first_runs="{months} Monate ab dem Benchmarking-Gespräch, {end}",
    renewal_runs={
        "interview": "{months} Monate ab dem Benchmarking-Gespräch, {end}",
        "previous_end": "{months} Monate ab dem vorigen Ende, {end}",
    },
    ends={"day": "auf den Tag genau", "month": "bis zum letzten Tag des Monats"},
    renewable_until="bis {months} Monate nach dem Ende",
    gold_needs="{share} der Punkte und bei jedem Qualitätsindikator mindestens {light}",
    experts="Begutachtende",
    foreign_expert="bei Gold kommt eine Person aus einem anderen Land",
    recommends="Vor der Entscheidung über Bronze",
    recommended="wird die Vergabe empfohlen oder davon abgeraten",
    not_recommended="nichts: Wer am Benchmarking teilnimmt, erhält Bronze",
    interview="Das Benchmarking-Gespräch findet statt",
    meetings={"on_site": "vor Ort", "video": "per Video"},
    topics="Gefragt wird auch nach",
    topic_names={
        "digital": "digitalem Wandel",
        "green": "grünem Wandel",
        "social": "Sozialwirtschaft",
    },
    silver_needs="Silber verlangt",
    silver_after="ein zweites Benchmarking {least} bis {most} Monate nach dem ersten",
    improvements="nachgewiesene Verbesserungen: {count}",
    minimum="Eine verfehlte Mindestanforderung verhindert",
    against="Was anders ist als unter „{name}“",
    changes="Was es ändert",
    changes_in_english="Diese Sätze schreibt das Programm, auf Englisch.",
    pack_extent="Indikatoren: {indicators} · Qualitätsindikatoren: {quality} · Punkte: {points}",
    items={
        "pack": "Das Verfahren im Ganzen",
        "area": "Bereiche",
        "dimension": "Dimensionen",
        "indicator": "Indikatoren",
        "measure": "Messgrößen",
        "quality indicator": "Qualitätsindikatoren",
        "advice": "Empfehlungen",
        "criterion": "Voraussetzungen",
        "rule set": "Regeln",
        "portfolio": "Vergleichsportfolios",
        "classing": "Klassen",
        "composition": "Zusammensetzungen",
        "plausibility rule": "Plausibilitätsregeln",
        "disclosure": "Schutz der Vertraulichkeit",
        "source": "Quellen",
    },
    becomes={"added": "neu", "dropped": "entfallen", "changed": "geändert"},
)

WORDS: Mapping[str, Words] = {words.language: words for words in (EN, LT, PL, DE)}
