#!/usr/bin/env python3
"""corpus.py ARTICLES SEED FOLDER - an invented corpus of any size, with the truth about it.

Writes FOLDER/corpus.warc.gz (the articles), FOLDER/more.warc.gz (one article more, on a known incident,
captured last),
FOLDER/entities.toml (rows for data/entities/), FOLDER/truth.jsonl (address and incident of each article).
The same words give the same bytes. Needs Python 3 and nothing else.

What it imitates: a few vendors in most disputes and many in few; incidents of one to some sixty articles,
five on average, over ten years; the same parties in several incidents of several kinds; follow-ups months
later; copies with small changes; rewrites that name their source; background on older quarrels of the same
parties; round-ups of five matters, which belong to no incident. English only.
"""
import gzip, hashlib, itertools, json, os, random, sys
from datetime import date, timedelta

wanted, seed, folder = int(sys.argv[1]), int(sys.argv[2]), sys.argv[3]
os.makedirs(folder, exist_ok=True)
dice = random.Random(seed)

ONSETS, VOWELS = "b br c d dr f g gr h k kl l m n p pr r s st t tr v w z".split(), "a e i o u ae ei ia io".split()
CODAS = "n r l s x nd rn th m k".split()
taken = set()


def word(least=2, most=3):
    """A word nobody else in this corpus has."""
    while True:
        made = "".join(dice.choice(ONSETS) + dice.choice(VOWELS) for _ in range(dice.randint(least, most) - 1))
        made = (made + dice.choice(ONSETS) + dice.choice(VOWELS) + dice.choice(CODAS)).capitalize()
        if made not in taken:
            taken.add(made)
            return made


def zipf(items):
    """Picks the first items often, the last ones seldom."""
    weights = list(itertools.accumulate(1 / (rank + 3) for rank in range(len(items))))
    return lambda: dice.choices(items, cum_weights=weights)[0]


class House:
    def __init__(self, suffix, kind, roles):
        stem = word()
        self.name = f"{stem} {dice.choice(suffix)}"
        self.id, self.kind, self.roles = self.name.lower().replace(" ", "-"), kind, roles
        self.products = [f"{word()}" for _ in range(dice.randint(1, 3))] if "vendor" in roles else []


vendors = [House(["Labs", "Systems", "Intelligence", "Compute"], "organization", ["vendor"]) for _ in range(max(20, wanted // 400))]
users = [House(["Group", "Holdings", "Bank", "Motors", "Press", "Media"], "organization", ["customer"]) for _ in range(max(40, wanted // 100))]
offices = [House(["Data Authority", "Competition Commission", "Privacy Office"], "government", ["regulator"]) for _ in range(max(8, wanted // 2000))]
outlets = [House(["Ledger", "Courier", "Wire", "Post", "Gazette", "Times"], "organization", ["outlet"]) for _ in range(60)]
people = [f"{word(1, 2)} {word()}" for _ in range(max(200, wanted // 20))]
places = [word() for _ in range(max(60, wanted // 200))]
goods = ["invoices", "court files", "patient notes", "lesson plans", "claims forms", "song texts", "maps", "photographs",
         "tax records", "crash reports", "novels", "recipes", "voice recordings", "job applications", "bank statements"]
reasons = ["a security review", "an audit by outside engineers", "complaints from staff", "a leak of internal files",
           "a dispute over licence fees", "a vote of its works council", "questions from lawmakers", "a failed test in spring"]
vendor, user, office, outlet = zipf(vendors), zipf(users), zipf(offices), zipf(outlets)

# A kind of incident: headline, first sentences, what follows later. {a} acts, {t} suffers, {p} is a product.
KINDS = {
    "ban": (["{a} bans {p} of {t}", "{a} tells staff to stop using {p}", "{p} barred at {a}"],
            ["{a} has banned {p}, the AI tool of {t}, for {n} employees after {r}.",
             "{a} has ordered its staff to stop using {p}, an AI assistant made by {t}, an internal notice says."],
            ["The ban takes effect on {later}.", "It covers all teams that work with {g}."],
            ["{a} lifts ban on {p} of {t}", "{a} has lifted its ban on {p}, {m} months after it told {n} employees to stop using the AI tool of {t}."]),
    "suit": (["{a} sues {t} over {g}", "{t} faces suit by {a} over training data", "{a} takes {t} to court"],
             ["{a} sued the AI company {t} on {day}, accusing it of copying {n} {g} to train {p}.",
              "{a} has filed a lawsuit against {t}, saying that the AI model {p} was trained on {n} of its {g}."],
             ["The suit was filed in a court in {place}.", "{a} asks for {x} million dollars."],
             ["{a} and {t} settle suit over {g}", "{a} and the AI company {t} have settled the lawsuit over {n} {g} used to train {p}, {m} months after it was filed in {place}."]),
    "fine": (["{a} fines {t} over {p}", "{t} fined {x} million by {a}", "{a} penalises {t}"],
             ["The {a} fined {t} {x} million euros on {day} because its AI chatbot {p} kept {g} without consent.",
              "The {a} has imposed a fine of {x} million euros on the AI company {t} over {g} stored by {p}."],
             ["The authority found {n} breaches in {place}.", "{t} has until {later} to delete the {g}."],
             ["{t} appeals fine by {a}", "{t} has appealed against the fine of {x} million euros that the {a} imposed over {g} stored by its AI chatbot {p}."]),
    "leak": (["{t} leaks {g} of {a}", "{p} exposed {g}, {a} says", "Data of {a} leak from {p}"],
             ["{a} accused {t} of leaking {n} {g} through its AI assistant {p}.",
              "The AI assistant {p} of {t} exposed {n} {g} of {a}, according to a report seen by {o}."],
             ["The files came from {place}.", "{r} had brought the matter to light on {day}."],
             ["{t} admits that {p} leaked {g}", "{t} confirmed that its AI assistant {p} had exposed {n} {g} of {a} in {place}."]),
    "cut": (["{a} cuts off {t} from {p}", "{t} loses access to {p}", "{a} revokes access of {t}"],
            ["{a} has cut off {t} from its AI model {p}, saying that {t} broke its terms of use.",
             "{a} revoked the access of {t} to the AI model {p} on {day} after {r}."],
            ["{n} engineers in {place} lost their accounts.", "{t} used the model to sort {g}."],
            ["{a} restores access of {t} to {p}", "{a} has restored the access of {t} to its AI model {p}, {m} months after it cut off {n} engineers in {place}."]),
    "copy": (["{a} accuses {t} of distilling {p}", "{t} copied {p}, {a} says", "{a} says {t} trained on {p}"],
             ["{a} accused {t} of illicitly distilling its AI model {p} through {n} accounts.",
              "In a letter seen by {o}, {a} says that {t} extracted the abilities of its AI model {p} from {place}."],
             ["The letter is dated {day}.", "The queries asked for {g}, {a} said."],
             ["{t} rejects claim that it copied {p}", "{t} denied that it had distilled the AI model {p} of {a}, and called the count of {n} accounts invented."]),
}
SILENT = ["{t} did not respond to a request for comment.", "{t} declined to comment.", "{a} has not commented on the matter."]
OPEN = ["It is unclear whether {t} will appeal.", "Whether others will follow {a} remains to be seen.", "How many {g} are concerned remains to be seen.",
        "It is not known how long the quarrel will last."]
SAID = ["“We will look at every one of the {g},” {who} of {a} said.", "{who}, a lawyer in {place}, said that {t} had acted against its own terms.",
        "“There is no basis for this,” {who} of {t} said.", "{who} said that {n} was far too low a number."]
FILLER = ["The company has offices in {place} and {place2}.", "Analysts in {place2} follow the matter closely.",
          "{a} employs {n2} people, most of them in {place2}.", "{t} was founded in {place2} and sells to banks and schools.",
          "The matter had been discussed in {place} for weeks.", "Talks about {g} had gone on since spring, according to people in {place2}."]


class Incident:
    def __init__(self, number):
        self.kind = dice.choice(list(KINDS))
        target = vendor()
        actor = office() if self.kind == "fine" else user() if self.kind in ("ban", "suit", "leak") else vendor()
        while actor is target:
            actor = vendor()
        # Who cuts another off or says that it was copied owns the product.
        maker = actor if self.kind in ("cut", "copy") else target
        self.day = date(2016, 1, 1) + timedelta(days=dice.randrange(3650))
        self.facts = dict(a=actor.name, t=target.name, p=dice.choice(maker.products or [word()]), g=dice.choice(goods),
                          n=dice.randint(12, 9800), x=dice.randint(2, 940), r=dice.choice(reasons), place=dice.choice(places),
                          m=dice.randint(2, 9), o=outlet().name, day=f"{self.day:%B} {self.day.day}",
                          later=f"{self.day + timedelta(days=dice.randint(5, 40)):%B %-d, %Y}")
        self.people = dice.sample(people, 2)
        self.size = min(60, 1 + int(dice.paretovariate(1.25) * 1.3))
        self.id, self.pair, self.told = f"i{number}", (actor, target), []


def page(url, title, paragraphs, day, publisher):
    head = {"@context": "https://schema.org", "@type": "NewsArticle", "headline": title, "datePublished": day.isoformat(),
            "publisher": {"@type": "Organization", "name": publisher.name}}
    body = "".join(f"<p>{text}</p>\n" for text in paragraphs)
    return (f'<!DOCTYPE html><html lang="en"><head><title>{title} | {publisher.name}</title>'
            f'<link rel="canonical" href="{url}"><script type="application/ld+json">{json.dumps(head)}</script></head>'
            f"<body><nav><a href='/'>Home</a> <a href='/tech'>Technology</a></nav><article><h1>{title}</h1>\n{body}</article>"
            f"<footer>All rights reserved</footer></body></html>").encode()


def record(url, body, day):
    http = b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n" + body
    name = hashlib.md5(url.encode()).hexdigest()
    head = (f"WARC/1.1\r\nWARC-Type: response\r\nWARC-Target-URI: {url}\r\nWARC-Date: {day + timedelta(days=1)}T00:00:00Z\r\n"
            f"WARC-Record-ID: <urn:uuid:{name}>\r\nContent-Type: application/http; msgtype=response\r\nContent-Length: {len(http)}\r\n\r\n")
    return gzip.compress(head.encode() + http + b"\r\n\r\n", 3, mtime=0)


by_pair = {}


def article(incident, serial):
    """Address, headline, paragraphs, day and outlet of one report."""
    titles, leads, details, end = KINDS[incident.kind]
    publisher = outlet()
    late = bool(incident.told) and dice.random() < 0.18
    day = incident.day + timedelta(days=30 * incident.facts["m"] + dice.randint(0, 4) if late else min(20, int(dice.expovariate(0.5))))
    fill = lambda text: text.format(**incident.facts, who=dice.choice(incident.people), place2=dice.choice(places), n2=dice.randint(200, 90000))
    url = f"https://{publisher.id}.example/{day:%Y/%m/%d}/{serial}"
    if incident.told and not late and dice.random() < 0.12:
        _, title, paragraphs, _, first = dice.choice(incident.told)
        paragraphs = list(paragraphs)
        if len(paragraphs) > 4 and dice.random() < 0.5:
            paragraphs.pop()
        return url, title, paragraphs + [f"This story first appeared in {first.name}."], day, publisher
    if late:
        paragraphs = [fill(end[1]), fill(dice.choice(leads))]
        title = fill(end[0])
    else:
        paragraphs = [fill(dice.choice(leads)), " ".join(fill(text) for text in details)]
        title = fill(dice.choice(titles))
        if incident.told and dice.random() < 0.3:
            source = dice.choice(incident.told)[4]
            if source is not publisher:
                paragraphs.insert(1, f"The step was first reported by {source.name}, according to {source.name}.")
    paragraphs += [fill(dice.choice(SAID)), fill(dice.choice(SILENT)) + " " + fill(dice.choice(OPEN))]
    paragraphs += [" ".join(fill(text) for text in dice.sample(FILLER, 3)) for _ in range(dice.randint(1, 3))]
    older = [other for other in by_pair.get(incident.pair, []) if other is not incident and other.day < incident.day]
    if older and dice.random() < 0.4:
        other = dice.choice(older)
        paragraphs.append(f"In {other.day:%B %Y}, " + KINDS[other.kind][1][0].format(**other.facts, who="", place2="", n2=0))
    return url, title, paragraphs, day, publisher


incidents, total = [], 0
while total < wanted:
    incident = Incident(len(incidents))
    incidents.append(incident)
    by_pair.setdefault(incident.pair, []).append(incident)
    total += incident.size

serial, last = 0, date.min
with open(f"{folder}/corpus.warc.gz", "wb") as out, open(f"{folder}/truth.jsonl", "w") as truth:
    def write(url, title, paragraphs, day, publisher, home):
        global last
        last = max(last, day)
        out.write(record(url, page(url, title, paragraphs, day, publisher), day))
        truth.write(json.dumps({"url": url, "incident": home}) + "\n")

    for incident in incidents:
        for _ in range(incident.size):
            if serial >= wanted:
                break
            serial += 1
            if dice.random() < 0.01 and len(incidents) > 5:
                five = dice.sample(incidents, 5)
                publisher, day = outlet(), max(i.day for i in five) + timedelta(days=3)
                told = [KINDS[i.kind][1][0].format(**i.facts, who="", place2="", n2=0) for i in five]
                write(f"https://{publisher.id}.example/{day:%Y/%m/%d}/{serial}", "Five AI disputes to watch", told, day, publisher, None)
                continue
            made = article(incident, serial)
            incident.told.append(made)
            write(*made, incident.id)
with open(f"{folder}/more.warc.gz", "wb") as out:
    url, title, paragraphs, day, publisher = article(max(incidents[: len(incidents) // 2], key=lambda i: len(i.told)), serial + 1)
    out.write(record(url, page(url, title, paragraphs, day, publisher), last + timedelta(days=1)))
with open(f"{folder}/entities.toml", "w") as out:
    for house in vendors + users + offices + outlets:
        site = f'site = "{house.id}.example"\n' if house in outlets else ""
        out.write(f'[[entity]]\nid = "{house.id}"\nname = "{house.name}"\nkind = "{house.kind}"\nroles = {json.dumps(house.roles)}\n{site}\n')
    for house in vendors:
        for product in house.products:
            out.write(f'[[entity]]\nid = "{product.lower()}"\nname = "{product}"\nkind = "product"\nroles = ["model"]\nowner = "{house.id}"\n\n')
