//! Classes of words that the reading code asks for by name.

use super::vocabulary::{ClassId, Vocabulary};
use crate::model::finding::Finding;

macro_rules! classes {
    ($($(#[$doc:meta])* $field:ident = $name:literal),* $(,)?) => {
        /// The classes the reading code asks for by name.
        #[derive(Debug, Clone, Copy)]
        pub struct Classes {
            $($(#[$doc])* pub $field: ClassId,)*
        }
        impl Classes {
            pub(super) fn find(vocabulary: &Vocabulary, faults: &mut Vec<Finding>) -> Option<Self> {
                $(if vocabulary.class($name).is_none() {
                    let message = concat!("the class “", $name, "” is missing; the reading code needs it");
                    faults.push(Finding::error("missing-class", message).at("lexicon/classes/"));
                })*
                Some(Self { $($field: vocabulary.class($name)?,)* })
            }
        }
    };
}

classes! {
    /// Ends of sentences.
    stop = "stop",
    /// Quotation marks.
    quote = "quote",
    /// Determiners.
    det = "det",
    /// "the", "a", "an".
    article = "article",
    /// "its", "their".
    possessive = "possessive",
    /// "he", "she".
    he = "he",
    /// Offices that only houses have: "founder".
    officer = "officer",
    /// "heads", "runs".
    leads = "leads",
    /// Words of universities, whose people speak for themselves.
    scholarly = "scholarly",
    /// What nothing is done to: "appeared".
    intransitive = "intransitive",
    /// What says that somebody is a woman: "she", "Ms", "Ada".
    woman = "woman",
    /// The same of a man.
    man = "man",
    /// "it".
    it = "it",
    /// "they".
    they = "they",
    /// Pronouns.
    pronoun = "pronoun",
    /// "who", "which".
    relative = "relative",
    /// Participles that say nothing without their date: "dated".
    dating = "dating",
    /// "starting", "effective": lead the day from which something holds.
    starting = "starting",
    /// "story", "article": what tells, where it speaks of itself.
    piece = "piece",
    /// "nobody", "nothing": who says so says no.
    nobody = "nobody",
    /// Behind "no" and "not" no denial: "no longer", "not only".
    no_denial = "no-denial",
    /// Verbs behind an "it" that stands for nothing: "it seems".
    expletive = "expletive",
    /// "made", "developed", before "by".
    made = "made",
    /// What is done to a tool: "uninstall".
    handled = "handled",
    /// Families named before their people: "Han".
    family_first = "family-first",
    /// "thousand", 万: what a number before them is multiplied by.
    scale = "scale",
    /// "former", "ex".
    former = "former",
    /// Nouns by which any house is called, its own speaker first: "company".
    plain_house = "plain-house",
    /// Texts of a party in court.
    pleading = "pleading",
    /// Last words of the names of whole houses: "group", 集团.
    whole_house = "whole-house",
    /// Words of a name for a part of a house: "cloud", "labs".
    branch = "branch",
    /// What opens a clause that tells nothing as done: "if", "whether", "though".
    conditional = "conditional",
    /// Prepositions.
    prep = "prep",
    /// "and", "or", "but".
    conj = "conj",
    /// "because", "while", "after".
    sub = "sub",
    /// Verbs of states: "lasted", "remains".
    lasting = "lasting",
    /// Words that belong to the verb before them: "went out".
    adverbial = "adverbial",
    /// What opens a note on the article itself: "Correction", 更正.
    notice = "notice",
    /// Chinese words before a day that make it a limit: 至.
    han_until = "han-until",
    /// Chinese words that count people and houses: 名, 家.
    han_counted = "han-counted",
    /// Chinese words that lead a day: 于, 在.
    han_when = "han-when",
    /// Chinese words behind a day that make it a limit: 前, 内, 起.
    han_limit = "han-limit",
    /// What is set for a day: "due", "scheduled".
    planned = "planned",
    /// Sittings of whoever decides: "hearing", "trial".
    sitting = "sitting",
    /// Words by which a question asks for what was: "did", "has".
    asks_past = "asks-past",
    /// Words for others who did the same: "another", "too".
    others = "others",
    /// Verbs of what somebody means to do: "plans", "intends".
    intends = "intends",
    /// Nouns for what is open: "question", "matter".
    open_point = "open-point",
    /// Auxiliaries of what is just done: "has", "have".
    perfect = "perfect",
    /// Words that leave open whether something happens: "might", 可能.
    maybe = "maybe",
    /// Words by which a text tells of before: "had", "previously", 此前.
    earlier = "earlier",
    /// Auxiliaries.
    aux = "aux",
    /// Modal verbs.
    modal = "modal",
    /// Negations.
    not = "not",
    /// Words between subject and verb.
    adverb = "adverb",
    /// Months.
    month = "month",
    /// Days of the week.
    weekday = "weekday",
    /// Short days of the week.
    weekday_short = "weekday-short",
    /// Units of calendar time, valued in days.
    unit = "unit",
    /// Number words.
    count = "count",
    /// Number words without a number: several, few.
    vague_count = "vague-count",
    /// Chinese words that say that something was done.
    han_done = "han-done",
    /// Words that make a number the least there is: "at least", "more than".
    at_least = "at-least",
    /// Words that make it the most there is: "under", "up to".
    at_most = "at-most",
    /// What stands between such a word and its number: "than", "to".
    than = "than",
    /// Verbs that say that a time, or a limit, lies behind.
    elapsed = "elapsed",
    /// Words that say that a number is the whole of it.
    insisting = "insisting",
    /// hour, minute, second, valued in seconds.
    clock_unit = "clock-unit",
    /// Measures, two numbers of which compare nothing: "euros", "times".
    measure = "measure",
    /// The same in Chinese, and units of time: 元, 天.
    han_unit = "han-unit",
    /// Words before a number that is no count itself: "between", "another".
    bound = "bound",
    /// Parts of a day.
    day_part = "day-part",
    /// last, this, next.
    shift = "shift",
    /// Seasons by EDTF number.
    season = "season",
    /// first to fifth.
    ordinal_word = "ordinal-word",
    /// Q1 to Q4.
    quarter_name = "quarter-name",
    /// H1, H2.
    half_name = "half-name",
    /// Holidays as month and day.
    holiday = "holiday",
    /// Nouns for unnamed people.
    human = "human",
    /// spokesperson and the like.
    spokes = "spokes",
    /// Nouns that never speak.
    mute = "mute",
    /// Nouns for texts that speak.
    document = "document",
    /// Texts that accuse.
    complaint = "complaint",
    /// Nouns that refer back to an organisation.
    company = "company",
    /// Nouns that refer back to an authority.
    authority = "authority",
    /// Courts and those who sit in them: judge, tribunal.
    court_word = "court-word",
    /// Texts by which a court decides.
    ruling_word = "ruling-word",
    /// Texts by which nobody but a court decides.
    verdict_word = "verdict-word",
    /// What marks a document as a house's own: "internal".
    inward = "inward",
    /// Participles behind a document: "seen by".
    seen = "seen",
    /// Lawyers, who speak for a party.
    counsel = "counsel",
    /// The people of a house: staff, employees.
    own_people = "own-people",
    /// "we", "our".
    we = "we",
    /// "we", "its": a speaker means itself, or is meant.
    own_word = "own-word",
    /// Labels of lines that ask: "Q".
    asker = "asker",
    /// What is put to somebody who answers or does not.
    inquiry = "inquiry",
    /// Labels of lines that answer: "A".
    answerer = "answerer",
    /// Nouns for two parties: both companies, the two sides.
    sides = "sides",
    /// Last words of outlets' names: Times, Herald.
    paper = "paper",
    /// Nouns that refer back to a product.
    product_noun = "product-noun",
    /// Titles and offices.
    title = "title",
    /// Mr, Ms, Judge.
    honorific = "honorific",
    /// Last words of organisations.
    org_suffix = "org-suffix",
    /// Words of authorities' names.
    gov_word = "gov-word",
    /// Words of laws' names.
    law_word = "law-word",
    /// Words of places' names.
    place_word = "place-word",
    /// People and things that belong to a product: users, subscribers.
    user_word = "user-word",
    /// Words of names that are no person's.
    thing = "thing",
    /// Offices before a person's name, beside titles.
    rank = "rank",
    /// First words of offices: Vice, Prime.
    office_first = "office-first",
    /// First words of houses' names, before a place: "Air Harnvik".
    house_first = "house-first",
    /// Nouns right before the name of a house: label, division.
    house_word = "house-word",
    /// Things made and sold under a name: aircraft, phone, processors.
    ware = "ware",
    /// Last words of the names of happenings: conference.
    event_word = "event-word",
    /// What somebody has in a house: stake, shares.
    holding = "holding",
    /// First words of places' names.
    place_port = "place-port",
    /// Words beside products' names.
    product_word = "product-word",
    /// Words beside organisations' names.
    org_word = "org-word",
    /// Words that continue a product's name.
    variant = "variant",
    /// Particles of personal names.
    particle = "particle",
    /// Given names.
    given_name = "given-name",
    /// Ordinary words that may begin a sentence.
    common = "common",
    /// Verbs.
    verb = "verb",
    /// Verbs in their plain form.
    base_verb = "base-verb",
    /// Verbs that are nouns as well.
    verb_noun = "verb-noun",
    /// Words that point to something told before.
    demonstrative = "demonstrative",
    /// What points back to something spoken of: "the letter".
    definite = "definite",
    /// What describes people behind their noun: familiar, close.
    described = "described",
    /// Words that open a question inside a sentence.
    interrogative = "interrogative",
    /// Verbs of what is so.
    stative = "stative",
    /// Nouns that are plural without an ending.
    plural = "plural",
    /// Words whose full stop ends no sentence.
    abbreviation = "abbreviation",
    /// Words that begin a sentence.
    starter = "starter",
    /// Capitals that name nothing.
    no_name = "no-name",
    /// Adjectives of countries.
    demonym = "demonym",
    /// Words and marks that bind two expressions of one time: "of", "at", 的.
    date_binder = "date-binder",
    /// What stands between the ends of an interval: 至, 到.
    date_range = "date-range",
    /// Months and days of the week that are other words too: "may", "sun".
    date_homonym = "date-homonym",
    /// Words before a number that make it no year: "page", "least".
    counter = "counter",
    /// Modal verbs of what is sure to come.
    firm = "firm",
    /// Auxiliaries and particles of the past.
    past = "past",
    /// Participles of what is sent or held.
    sent = "sent",
    /// Chinese digits.
    han_digit = "han-digit",
    /// Chinese surnames.
    han_surname = "han-surname",
    /// Chinese days of the week.
    han_weekday = "han-weekday",
    /// Chinese ends of clauses.
    han_clause = "han-clause",
    /// Chinese adverbs before a verb.
    han_adverb = "han-adverb",
    /// Chinese characters that stand between names and other words.
    han_edge = "han-edge",
    /// Chinese prepositions: what follows is no subject.
    han_coverb = "han-coverb",
    /// Chinese words behind a noun that make it a place or a time: 中, 上, 后.
    han_locative = "han-locative",
    /// Chinese negations.
    han_not = "han-not",
    /// Chinese prepositions of what is spoken of: 对, 就.
    han_topic = "han-topic",
    /// Chinese modals: what follows is not done yet.
    han_modal = "han-modal",
    /// Characters that write the sounds of foreign names.
    han_sound = "han-sound",
    /// The same, where they stand between others of them only.
    han_sound_inner = "han-sound-inner",
}
