"""What the generator of banks knows: subjects, their things, and two facts of each, written for it.

A line is `name | what it does | another fact | how many or when`; a name stands without its article.
"""

from dataclasses import dataclass

WRITTEN = {
    ("instrument", "instruments"): """
violin | is played with a bow and held under the chin | has strings tuned in fifths | 4
bassoon | sounds through a double reed and folded wood | plays the low part of the winds | 1832
harp | is plucked with both hands while it leans on a shoulder | changes key with pedals | 47
timpani | changes its pitch with a pedal under a skin | stands at the back in pairs | 2
trumpet | needs buzzing lips and three valves | leads the brass in marches | 3
marimba | has wooden bars above long tubes | is struck with soft mallets | 60
lute | has a round back and a bent neck | was plucked at courts before guitars were | 1600
oboe | gives the note that all others tune to | has a small double reed | 440
tuba | holds the deepest part of the brass | rests on the lap of its player | 18
zither | lies flat on a table while it is plucked | comes from houses in the Alps | 30
""",
    ("device", "devices"): """
router | passes packets from one network to another | reads addresses of the third layer | 192
switch | joins machines within a building | learns which port leads to whom | 48
firewall | stops traffic that no rule allows | stands between trust and the rest | 443
modem | turns bits into waves for a telephone line | listens to a carrier tone | 56
repeater | makes a weak signal strong again | knows nothing of frames | 100
bridge | links two segments and filters frames | spans a tree without loops | 1985
gateway | translates between two families of protocols | speaks to both sides in their tongue | 7
beacon | calls out its name a few times each second | runs on a coin cell for years | 10
proxy | fetches pages in the name of others | keeps copies of what was asked often | 8080
sensor | reports heat or light as a number | sleeps between two readings | 60
""",
    ("herb", "herbs"): """
basil | goes dark when it meets a cold fridge | is pounded with nuts and oil | 6
thyme | keeps its scent when it is dried | grows low on stony hills | 35
sage | is fried in butter for pasta | has grey leaves with a felt | 12
dill | flavours pickled cucumbers | has leaves as fine as threads | 70
mint | spreads by runners under the soil | cools the tongue in tea | 25
chervil | tastes of anise and wilts within hours | belongs to the green sauce of Frankfurt | 7
lovage | smells like the cubes that soups are made from | grows taller than most people | 2
rosemary | has leaves like needles and blue flowers | stands heat beside roast lamb | 9
tarragon | is steeped in vinegar for a sauce with eggs | hardly ever sets seeds | 60
borage | drops blue stars into summer drinks | has hairs that prick the hand | 40
""",
    ("bone", "bones"): """
femur | carries the weight of the body between hip and knee | is longer than all others | 206
ulna | forms the tip of the elbow | runs beside its neighbour to the little finger | 24
clavicle | holds the shoulder away from the chest | breaks in many falls from bicycles | 15
sternum | closes the cage of ribs in front | shields the heart from blows | 7
patella | slides in front of a joint when a leg bends | sits inside a tendon | 5
scapula | glides over the ribs when an arm is raised | looks like a flat triangle | 17
tibia | bears the load below the knee | can be felt along the shin | 43
mandible | moves up and down when we chew | bears the lower teeth | 16
stapes | passes sound to the inner ear | is smaller than a grain of rice | 3
sacrum | joins the spine to the pelvis | grew together from five others | 25
""",
    ("cloud", "clouds"): """
cirrus | is made of ice at great height | looks like hair in the wind | 8000
stratus | hangs low and grey over a whole valley | brings drizzle without wind | 500
cumulus | grows over warm ground on a fine day | has a flat base and a white head | 1000
nimbostratus | rains for hours without a pause | hides the sun completely from view | 3000
cumulonimbus | carries hail and lightning inside | spreads into an anvil at its top | 12000
altocumulus | covers the sky in small rolls | lies between two and six kilometres | 4000
lenticularis | stands still behind a mountain | is taken for a saucer by some | 6000
fog | touches the ground on autumn mornings | fades when the sun warms the meadow | 200
cirrostratus | draws a halo around the moon | veils the sky before a front | 9000
mammatus | hangs in pouches below a storm | glows in evening light | 30
""",
    ("document", "documents"): """
invoice | asks a buyer for money after delivery | names a day by which to pay | 30
receipt | proves that a sum was paid | is kept for the tax office | 10
contract | binds two parties to what they signed | ends with their names | 2
quotation | tells a price before anything is ordered | holds for a stated time | 14
reminder | repeats a claim in a polite tone | may add a fee the third time | 3
ledger | lists what came in and went out | balances at the end of a month | 12
warranty | promises repair for some time | excludes damage by water | 24
payslip | shows wage, tax and insurance | comes at the end of each month | 12
passport | lets its holder cross a border | is checked at airports | 10
will | says who inherits a house | is opened by a notary | 1
""",
    ("tree", "trees"): """
birch | has white bark that peels in strips | is among the first on bare land | 120
oak | feeds jays and boars with its fruit | lives for many centuries | 1000
larch | sheds needles in autumn | turns golden on high slopes | 600
willow | grows from a twig stuck into mud | is cut for baskets | 60
beech | throws a shade in which little grows | has smooth grey bark | 300
ash | gives tough wood for axe handles | suffers from a fungus from Asia | 250
maple | sends its seeds off on wings | gives sweet sap in Canada | 200
yew | is poisonous in all but a red coat | was bent into bows | 2000
spruce | drops whole cones to the ground | falls in storms on wet soil | 400
linden | fills June nights with scent | bears leaves like hearts | 900
""",
    ("planet", "planets"): """
Mercury | circles closest to the star | has days of burning heat and frozen nights | 88
Venus | hides under a thick coat of acid | turns the wrong way round | 225
Earth | has liquid seas and one large moon | tilts by some twenty degrees | 365
Mars | is red from rust in its dust | has the highest volcano known | 687
Jupiter | outweighs its sisters together | shows a storm that has raged for centuries | 12
Saturn | wears rings of ice and rock | would float on water | 29
Uranus | rolls along on its side | looks pale green through a glass | 84
Neptune | was found with a pencil before it was seen | has the fastest winds | 165
""",
}
GOALS = (
    "has to explain it to a class tomorrow", "reads about it in an old book", "meets one on the first day of a course",
    "draws a poster about it", "is asked by a curious child", "prepares a talk for the club",
)  # fmt: skip
PEOPLE = ("Ada", "Bogdan", "Chiara", "Dewi", "Emeka", "Farida", "Goran", "Hana", "Ines", "Jonas")


@dataclass(frozen=True, slots=True)
class Thing:
    """A thing of a subject; `kind` and `kinds` are what it is one of."""

    kind: str
    kinds: str
    name: str
    facts: tuple[str, str]
    number: int


def _things() -> dict[str, tuple[Thing, ...]]:
    found: dict[str, tuple[Thing, ...]] = {}
    for (kind, kinds), text in WRITTEN.items():
        rows = [[cell.strip() for cell in line.split("|")] for line in text.strip().splitlines()]
        found[kind] = tuple(
            Thing(kind, kinds, name, (first, second), int(number)) for name, first, second, number in rows
        )
    return found


SUBJECTS = _things()
