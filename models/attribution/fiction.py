"""Invented people, outlets, places and events, and the clauses they make: the matter of the generated examples.

Everything here is fictional; no name is meant to be a real person's or outlet's.
"""

import random

GIVEN = """Amara Tomasz Ilse Kenji Nadia Rafael Yusuf Oksana Bao Priya Lindiwe Matteo Sanna Farid Ximena Dovid Leilani Goran Hana Idris Marisol
Petra Quan Rukhsana Sipho Tuomas Ulla Viktor Wanjiru Zofia Anselm Beatriz Chidi Dilnoza Emeka Fenna Giorgi Hyeon Ingrid Jovan""".split()
FAMILY = """Okonjo-Vale Brzeski Lindqvarn Tanemori Haddadin Quirol Al-Sabri Melnychko Tranh Raghavendran Mbekwa Corvelli Aaltoranta Nouraniyan
Etxeandia Perlmuth Kahanaloa Vukosavić Shimodaira Toulabi Arrizaga Novotnová Liangzhou Siddiqani Dlamandla Heikkurinen Thorsvik Zabranek Nyambare
Wiśnicki Grauholz Figueirosa Adichukwu Yuldashbek Obinwa Brouwerdam Kvelishvili Parkhyun Solbergsen Radomirov""".split()
OUTLETS = """Meridian Wire|The Harbor Courier|Channel Nine|The Lowland Gazette|Radio Tavria|Osprey News|The Ashgrove Times|TV Kestrel|Norvik Dagblad|
El Faro del Sur|The Saltmarsh Post|Corvus News Agency|the newspaper Kurier Zatoki|Al-Wadi TV|the Gulf Ledger|Bay City Now|The Quarry|state broadcaster TVK|
the state-run agency Sentra|The Morning Lantern|Haaven|KNR|the daily Vesper|NTB-7""".replace("\n", "").split("|")
PLACES = """Calverra Port Ansel Tavria Skarholt Orvane Lake Dunmere Veldika Sankt Osmund Zarqanah Mbalani Nova Estrela Kirovets Halden Sound Tamsaq Linmoor
Belisande Corrum Ostrava Bay Qarateh Jindaro""".replace("Port Ansel", "Port_Ansel").replace("Lake Dunmere", "Lake_Dunmere").replace(
    "Sankt Osmund", "Sankt_Osmund"
).replace("Nova Estrela", "Nova_Estrela").replace("Halden Sound", "Halden_Sound").replace("Ostrava Bay", "Ostrava_Bay").split()
OFFICES = """Foreign Minister|Prime Minister|Defence Minister|police chief|Governor|Mayor|company spokesman|union leader|opposition leader|army spokeswoman|
Interior Minister|central bank chief|hospital director|prosecutor|ambassador|analyst|coach|chief executive|fire commissioner|MP|senator|lawyer|relief coordinator|fisherman|resident|survivor|spokesperson""".replace("\n", "").split("|")
TITLES = ["Dr.", "Brig. Gen.", "Lt. Col.", "Sen.", "Ms", "Mr", "Justice", "Sheikh", "Father", "Prof."]
BODIES = """the Foreign Ministry|the police|the hospital|the central bank|the army|the union|the port authority|the prosecutor's office|the health ministry|
the company|the presidential palace|the electoral commission|the weather service|the coast guard|the civil defence agency|the regulator|
the UN mission|the rebel group|the governor's office|the airline|the cabinet|Velmar Energy|Solace Systems|Tern Shipping|the Palace""".replace("\n", "").split("|")
ANONYMOUS = """a senior official|officials|two people familiar with the matter|sources|a source close to the talks|a diplomat|three officials briefed on
the plan|a person with knowledge of the investigation|a Western diplomat|witnesses|residents|a senior military officer|security sources|
a former minister|one of the officials|a source in the ministry|an aide to the minister|people who attended the meeting|an official who
spoke on condition of anonymity|local media|unnamed officials|government sources|a person briefed on the negotiations|
diplomatic sources|eyewitnesses|experts|a rescue worker""".replace("\n", " ").replace("| ", "|").split("|")
DOCUMENTS = """a statement|the report|an internal memo|court documents|the indictment|a police report|minutes published with the decision|leaked documents|
a survey|satellite images|the ministry's figures|a letter seen by {outlet}|preliminary results|the autopsy report|a leaked recording|the draft text""".replace(
    "\n", ""
).split("|")
GROUPS = """people|civilians|soldiers|passengers|workers|fishermen|hostages|prisoners|protesters|children|firefighters|migrants|miners|students""".split("|")
THINGS = """the ceasefire|the new tariff|the deal|the blockade|the merger|the bridge|the evacuation|the vote|the prisoner exchange|the rescue|the power cut|
the budget|the investigation|the strike|the ferry|the dam|the pipeline|the embargo|the trial|the breach|the vaccine|the drill|the border crossing""".replace(
    "\n", ""
).split("|")
DAYS = "Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split()
WHEN = """on {day}|late on {day}|on {day} evening|earlier on {day}|overnight|last week|in a phone call|on the sidelines of the summit|at a news conference|in an
interview|by phone|after the meeting|during a visit to {place}|in {place}|at the scene""".replace("\n", " ").split("|")

_CLAUSES = """at least {n} {group} were killed in {place}|{n} {group} had been injured|{thing} would begin on {day}|{thing} had been postponed|no decision had
been made on {thing}|{thing} was "{quality}"|the {group} were being held near {place}|the fire broke out shortly after {hour}|{body} had rejected {thing}|
{n} percent of {group} had left {place}|{person} would resign|the explosion was caused by a gas leak|{thing} will cost {n} million euros|there was no
sign of {thing}|the two sides are closer than ever to {thing}|the death toll had risen to {n}|{person} had met {person} twice|the attack was carried out by
{n} gunmen|all {n} {group} on board had been rescued|talks on {thing} lasted {n} minutes|{body} was aware of the problem in {month}|customers' passwords
had not been taken|{thing} remains in place until {month}|the price of bread rose by {n} percent|the missile hit a warehouse in {place}|{thing} had never been
in doubt|they are determined to bring about {thing}|the roads to {place} were still closed|a framework for {thing} is in place, but gaps remain|the response
was generally positive|it had shot down {n} drones over {place}|water levels could reach {n} metres by {day}|he had nothing to do with {thing}|she would not
stand again|{n} of the {group} were in critical condition|{thing} was a mistake|the government would not pay for {thing}|negotiators would return to {place}
on {day}|the suspect, a {age}-year-old man from {place}, was arrested|the crew had ignored two warnings|{body} intends to appeal|they heard two loud bangs
before the lights went out|the shares were worth {n} crowns|{person} was not in {place} at the time|the offer expires on {day}|the match will be replayed"""
_SPOKEN = """We will not accept {thing}|There are certainly gaps that need to be closed|It was chaos|Nobody told us about {thing}|We are doing everything we can for
the {group}|This is a dark day for {place}|I have never seen anything like it|We counted {n} bodies|They promised us {thing} and we got nothing|Our position
on {thing} has not changed|That is simply not true|{thing} will go ahead|People here are tired, hungry and afraid|I am not going to speculate|We told {body}
in {month}|It came out of nowhere|The numbers speak for themselves|If {thing} fails, all of us fail|There is no plan B|I heard a bang and then I ran|
Let me be clear: {thing} is over|The {group} deserve an answer|It's a good step, but only a step|Every hour counts|You can't negotiate with a flood"""
_NARRATIVE = """The talks in {place} entered their third day on {day}.|{place}, a city of {age},000, has been without power since {day}.|The region was hit by floods in
{month}.|{person}, {age}, took office in {month}.|Shares in the company fell {n} percent.|The road between {place} and {place} reopened at {hour}.|It was the
second such incident in a year.|{n} {group} spent the night in a sports hall.|The vote is due in {month}.|The ferry left {place} at {hour} with {n}
passengers.|{body_cap} has not published figures since {month}.|The two countries fought a brief war over {place}.|Rain is forecast until {day}.|Schools in
{place} stayed closed.|The trial of {person} opens next week.|Police cordoned off the square.|A second ship was on its way.|The crown gained {n} percent."""
_QUALITIES = "not an option|unacceptable|deeply worrying|a turning point|entirely without merit|measured and sensible|a disgrace|premature|historic".split("|")
_MONTHS = "January February March April May June July August September October November December".split()


class Story:
    """Draws names and clauses for one article; the same seed draws the same ones."""

    def __init__(self, chance: random.Random):
        self.chance = chance
        self.cast = [self._name() for _ in range(3)]

    def _name(self) -> str:
        return f"{self.chance.choice(GIVEN)} {self.chance.choice(FAMILY)}"

    def pick(self, options: list[str]) -> str:
        return self.chance.choice(options)

    def person(self) -> str:
        return self.pick(self.cast)

    def place(self) -> str:
        return self.pick(PLACES).replace("_", " ")

    def fill(self, template: str) -> str:
        """The template with each {slot} drawn anew."""
        while "{" in template:
            begin, end = template.index("{"), template.index("}")
            template = template[:begin] + self._slot(template[begin + 1 : end]) + template[end + 1 :]
        return template

    def _slot(self, name: str) -> str:
        match name:
            case "n":
                return self.pick(["two", "12", "45", "about 30", "19", "300", "four", "seven", "23", "61"])
            case "age":
                return str(self.chance.randint(18, 88))
            case "hour":
                return self.pick(["6 a.m.", "14:30", "midnight", "3:15 p.m.", "dawn"])
            case "person":
                return self.person()
            case "place":
                return self.place()
            case "body_cap":
                body = self.pick(BODIES)
                return body[0].upper() + body[1:]
            case _:
                lists = {"group": GROUPS, "thing": THINGS, "day": DAYS, "body": BODIES, "month": _MONTHS, "quality": _QUALITIES, "outlet": OUTLETS}
                return self.pick(lists[name])

    def clause(self) -> str:
        """A declarative clause without capital or full stop."""
        clause = self.fill(self.pick(_split(_CLAUSES)))
        if self.chance.random() < 0.3:
            clause += self.pick([" and ", ", but ", ", and "]) + self.fill(self.pick(_split(_CLAUSES)))
        return clause

    def spoken(self) -> str:
        """What stands between quotation marks, without an end mark."""
        said = self.fill(self.pick(_split(_SPOKEN)))
        said = said[0].upper() + said[1:]
        return said if self.chance.random() < 0.6 else f"{said}. {self.fill(self.pick(_split(_SPOKEN))).capitalize()}"

    def narrative(self) -> str:
        """A sentence in the outlet's own voice."""
        return self.fill(self.pick(_split(_NARRATIVE)))

    def when(self) -> str:
        return self.fill(self.pick(WHEN))


def _split(templates: str) -> list[str]:
    return [template.strip() for template in templates.replace("\n", " ").split("|")]
