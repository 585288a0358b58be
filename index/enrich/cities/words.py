"""The words around a name that tell whether it is a city: lists, and nothing else.

All lower-case. What finding one of them next to a name is worth is not said here: `data/weights.json` holds what was
fitted from stories, and `index.enrich.cities.cues` says where a word must stand to count.
"""

from __future__ import annotations


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


#: Before a place: "in Albany".
PLACE_PREPOSITIONS = _words(
    "in near from at outside around toward towards downtown nearby inside between through throughout"
)

#: Before places and much else: "to Albany", "of Albany".
OTHER_PREPOSITIONS = _words("to of via over across leaving")

#: Before a place: "visited Albany", "suburban Albany", "a major Albany employer".
VISITS_AND_PARTS = _words(
    """visit visited visiting visits reach reached left leave entered captured leaves suburban central east west north
    south northern southern eastern western greater metro inner old upper lower historic mid midtown uptown northeast
    northwest southeast southwest northeastern northwestern southeastern southwestern major private principal"""
)

#: Capitalised before a place they belong to: "North Albany".
DIRECTIONS = _words("north south east west northern southern eastern western central downtown greater upper lower")

#: Before a person: "Sheriff Houston".
TITLES = _words(
    """mr mrs ms miss dr gov sen rep reps sens president judge justice sgt lt capt cpl pvt col gen maj officer coach
    chief sheriff deputy detective sir lord lady dame prof professor rev reverend father sister brother pastor minister
    secretary mayor councilman councilwoman councilor commissioner attorney senator congressman congresswoman
    representative governor king queen prince princess pope bishop archbishop rabbi director chairman chairwoman
    chancellor superintendent principal trooper inspector investigator spokesman spokeswoman manager editor saint st
    quarterback pitcher guard forward center striker midfielder actor actress singer author driver captain sergeant
    lieutenant colonel general major corporal private agent ambassador envoy trainer jockey supervisor trustee
    alderman"""
)

#: Those of them that are written with a full stop: "Gov. Houston"; "… the president. Houston …" is no title.
SHORT_TITLES = _words("mr mrs ms dr gov sen rep reps sens sgt lt capt cpl pvt col gen maj prof rev st")

#: After a street's name: "Denver Avenue".
STREETS = _words(
    """street st avenue ave road rd boulevard blvd drive dr lane ln highway hwy parkway pkwy court ct place pl terrace
    turnpike pike way circle alley expressway freeway interchange"""
)

#: After the name of something in the landscape or a building: "Hudson River", "Lincoln Center".
LANDSCAPE = _words(
    """river creek lake mountain mountains bay island islands valley beach park hills forest canyon peninsula sea ocean
    gulf strait ridge bridge dam reservoir canal desert basin hill springs falls harbor harbour gardens zoo stadium
    arena mall center centre plaza tower hotel museum theater theatre cathedral church chapel cemetery palace castle
    abbey airport mall marina reservation"""
)

#: Last word of a longer name that begins with a city's and is no part of the city: "Robbinsdale Cooper High School".
VENUES = _words(
    """school academy club centre center hall house building theater theatre arena stadium church hospital hotel museum
    park gardens library foundation institute college university festival conference award awards cup bowl band
    orchestra choir symphony tv radio channel act bill treaty accord accords agreement commission station show fair
    marathon open championship championships tournament league series"""
)

#: Before a name of something in the landscape: "Lake Cumberland".
LANDSCAPE_BEFORE = _words("lake mount mt cape camp river creek")

#: After a state that is called like a city: "the New York border".
STATE_WORDS = _words(
    "state border line legislature lawmakers senate assembly law laws delegation court courts attorney"
)

#: After a state, be a city called like it or not: "New York Gov. Smith".
STATE_OFFICES = _words(
    """gov governor governors governorship legislature legislatures legislator legislators assemblyman assemblywoman
    premier"""
)

#: The same, where the city of that name has none: those of a country are in its capital.
LAWMAKERS = _words("lawmaker lawmakers senate assembly")

#: Between a state and a city of it: "Illinois officials in Springfield".
STATE_BODIES = _words(
    """officials lawmakers legislators senators authorities regulators police troopers prosecutors leaders agencies
    government governor legislature capitol capital town city village suburb community courts judges"""
)

#: Before a state: "upstate New York".
STATE_PARTS = _words(
    "upstate central northern southern eastern western northeastern northwestern southeastern southwestern"
)

#: Of a country, and in its capital: where a state is called like that, these speak for the capital.
NATIONAL = _words("congress congressional pentagon administration embassy embassies nato")

#: Before "for" and a place: "bound for New York", "left Buffalo for New York".
DEPARTURES = _words("bound headed left leave leaves leaving departed depart embarked sailed moved")

#: After the name of a paper, a college, a company: "Chicago Tribune".
ORGANISATIONS = _words(
    """times post herald tribune journal gazette chronicle news press daily sun observer examiner inquirer dispatch
    globe telegraph mail university college institute bank inc corp co ltd llc company group corporation industries
    holdings partners associates foundation insurance motors brothers sons media records entertainment pictures
    pharmaceuticals systems technologies financial securities capital energy oil petroleum railroad airlines airways"""
)

#: Beside a publisher of comics, and not beside a capital: "a film from DC … lost ground to Marvel".
COMICS = _words(
    "comic comics superhero superheroes superman batman supergirl aquaman joker marvel film films movie movies"
)

#: After a city, the name of its team: "Chicago Cubs".
TEAMS = _words(
    """cowboys yankees mets red sox cubs tigers wildcats eagles bulldogs panthers lions bears bulls lakers knicks
    rangers giants patriots dolphins united city rovers wanderers fc athletic albion hotspur villa forest county
    raiders rams chiefs steelers packers vikings saints falcons hawks pistons heat spurs rockets mavericks celtics nets
    flyers bruins penguins devils sabres blues astros braves phillies pirates dodgers angels padres orioles royals
    twins indians rebels warriors trojans knights mustangs cardinals trail stars nuggets magic hornets suns bucks
    cavaliers clippers grizzlies jazz kings pacers pelicans raptors thunder timberwolves wizards sixers 76ers
    bengals bills broncos browns buccaneers chargers colts commanders jaguars jets ravens redskins seahawks texans
    titans athletics brewers diamondbacks guardians mariners marlins nationals rays rockies avalanche blackhawks
    canadiens canucks capitals coyotes ducks flames hurricanes islanders kraken lightning oilers predators senators
    sharks wild dynamo galaxy sounders timbers revolution earthquakes crew whitecaps storm liberty sparks lynx sky
    aces mercury fever"""
)

#: Before a city, making a team of it: "Real Madrid".
TEAMS_BEFORE = _words("real atletico athletic inter ac fc sporting dynamo spartak lokomotiv cska hapoel maccabi")

#: After a city: "Albany Police", "Albany residents".
CIVIC = _words(
    """police mayor city council residents fire airport firefighters metropolitan municipal district suburb suburbs
    area region officials hospital school schools high public native natives based international town
    courthouse prosecutors branch headquarters office department stock exchange bourse
    mercantile commodity chamber interbank futures market markets traders dealers brokers
    plant plants offices operation operations factory refinery smelter mill mine warehouse store stores facility
    man woman men women boy girl teen teenager couple resident student students officer officers firefighter teacher
    businessman lawyer lawyers firm company maker bank brokerage broker trader investor investors banker bankers
    economist economists analyst analysts hotel motel restaurant church museum campus location locations marketplace"""
)

#: What bears the name of the city it is in, an institution or an event: "Chicago Board of Trade", "Minneapolis Grain
#: Exchange", "New York Auto Show".
EXCHANGES = _words(
    """stock exchange bourse mercantile commodity commodities futures interbank metal grain cotton coffee merchants
    board fed show fair marathon expo exposition exhibition"""
)

#: What a city has, and a person has not: "Chicago's school board".
OF_A_CITY = _words(
    """mayor council residents police firefighters fire suburb suburbs school schools teachers airport subway downtown
    streets neighborhoods neighbourhoods skyline waterfront population economy stock"""
)

#: Those of them that only towns have.
TOWN_OFFICES = _words("police mayor council residents firefighters suburb suburbs")

#: After a person: "Houston said".
SAID = _words(
    """said says told added noted explained asked replied wrote testified pleaded scored admitted recalled thinks
    believes who whose whom plays played wants was has had will would could is"""
)

#: Before "of" and a place: "the city of Albany".
KINDS_OF_PLACE = _words(
    """city town village suburb municipality port capital township borough community neighborhood neighbourhood mayor
    residents outskirts streets university people"""
)

#: Before a person and "of" and a place: "Mayor Jane Roe of Albany".
TITLES_OF_A_PLACE = _words("mayor bishop archbishop rabbi councilman councilwoman councillor alderman vicar")

#: Directly before a place, in lower case: "the port city Odessa".
PLACE_NOUNS = _words("town city village suburb capital port")

#: Before a word that is no city here: "the Orange", "his Victoria".
ARTICLES = _words("the a an this that his her their our my your its")

#: Capitalised by the start of a sentence, not by a name: "When Houston …".
SENTENCE_OPENERS = _words(
    """and but for when while as with by on meanwhile if after before although because since though until where what
    how why so yet also then now here there"""
)

#: Before a hyphen and a legislator's home: "R-Ocilla".
PARTIES = frozenset(["R", "D", "DFL", "I", "GOP", "L"])

#: After the name of a township, which a town of that name need not be near.
TOWNSHIPS = _words("township townships twp")

#: After a county's name.
COUNTIES = _words("county parish counties borough")

#: What papers of the United States write about, and hardly any others.
AMERICAN = _words(
    """sheriff sheriffs county counties downtown interstate freeway sophomore sophomores freshman freshmen varsity
    quarterback touchdown inning innings playoffs deputies trooper troopers felony misdemeanor arraigned superintendent
    commissioners councilman councilwoman councilmen selectmen aldermen congressman congresswoman medicaid gop realtor
    township townships preschool kindergarten statewide gubernatorial semester patrolman ballpark thanksgiving blvd hwy
    ave"""
)

#: The same for papers of the United Kingdom.
BRITISH = _words(
    """councillor councillors cllr constable constables pence pub pubs motorway tory tories nhs headteacher roundabout
    pensioner pensioners lorry magistrates barrister fortnight whilst £"""
)

#: Names that are days and months first.
CALENDAR = _words(
    """january february march april may june july august september october november december monday tuesday wednesday
    thursday friday saturday sunday jan feb mar apr jun jul aug sept sep oct nov dec"""
)
