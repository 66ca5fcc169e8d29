"""Countries by all their names: the country, its people, its abbreviation, its seat of government.

News says "Ankara", "the Turkish president" and "Turkey" for one another, and a sentence may say
any of them for what its quotes say with another. Countries and peoples are those of
`rag.text.countries`.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from rag.text.countries import PEOPLE_OF
from rag.writing.support.words import plain

# A country or a union, and further names of it or of its people.
_MORE_NAMES = """
Argentina Argentinian; Azerbaijan Azeri; Bosnia Bosnia_and_Herzegovina; China PRC; Congo DRC;
Croatia Croat; Czech_Republic Czechia; Denmark Dane; Ecuador Ecuadorian; European_Union EU;
Finland Finn; Iceland Icelander; Ivory_Coast Cote_d'Ivoire; Laos Lao; Luxembourg Luxembourger;
Myanmar Burma; Nepal Nepali; Netherlands Holland; New_Zealand New_Zealander; North_Korea DPRK;
North_Macedonia Macedonia; Philippines Filipino; Poland Pole; Russia Russian_Federation;
Saudi_Arabia Saudi_Arabian; Scotland Scot; Serbia Serb; Slovakia Slovakian; Slovenia Slovene;
Spain Spaniard; Sweden Swede; Turkey Turk Turkiye; United_Arab_Emirates UAE; United_Kingdom UK
Britain Briton Great_Britain; United_Nations UN; United_States US USA America
United_States_of_America; Vatican Holy_See
"""
# A country and where it is governed from, which stands for the government.
_SEATS = """
Afghanistan Kabul; Albania Tirana; Algeria Algiers; Angola Luanda; Argentina Buenos_Aires; Armenia
Yerevan; Australia Canberra; Austria Vienna; Azerbaijan Baku; Bahrain Manama; Bangladesh Dhaka;
Belarus Minsk; Belgium Brussels; Benin Porto-Novo; Bolivia La_Paz; Bosnia Sarajevo; Botswana
Gaborone; Brazil Brasilia; Bulgaria Sofia; Burkina_Faso Ouagadougou; Burundi Bujumbura; Cambodia
Phnom_Penh; Cameroon Yaounde; Canada Ottawa; Central_African_Republic Bangui; Chad N'Djamena;
Chile Santiago; China Beijing; Colombia Bogota; Congo Kinshasa; Costa_Rica San_Jose; Croatia
Zagreb; Cuba Havana; Cyprus Nicosia; Czech_Republic Prague; Denmark Copenhagen; Dominican_Republic
Santo_Domingo; Ecuador Quito; Egypt Cairo; El_Salvador San_Salvador; Eritrea Asmara; Estonia
Tallinn; Ethiopia Addis_Ababa; European_Union Brussels; Finland Helsinki; France Paris Elysee;
Gabon Libreville; Gambia Banjul; Georgia Tbilisi; Germany Berlin; Ghana Accra; Greece Athens;
Guatemala Guatemala_City; Guinea Conakry; Haiti Port-au-Prince; Honduras Tegucigalpa; Hungary
Budapest; Iceland Reykjavik; India New_Delhi Delhi; Indonesia Jakarta; Iran Tehran; Iraq Baghdad;
Ireland Dublin; Israel Jerusalem; Italy Rome; Ivory_Coast Abidjan Yamoussoukro; Jamaica Kingston;
Japan Tokyo; Jordan Amman; Kazakhstan Astana Nur-Sultan; Kenya Nairobi; Kosovo Pristina; Kuwait
Kuwait_City; Kyrgyzstan Bishkek; Laos Vientiane; Latvia Riga; Lebanon Beirut; Liberia Monrovia;
Libya Tripoli; Lithuania Vilnius; Madagascar Antananarivo; Malawi Lilongwe; Malaysia Kuala_Lumpur;
Mali Bamako; Malta Valletta; Mauritania Nouakchott; Mexico Mexico_City; Moldova Chisinau; Mongolia
Ulan_Bator Ulaanbaatar; Montenegro Podgorica; Morocco Rabat; Mozambique Maputo; Myanmar Naypyidaw;
Namibia Windhoek; Nepal Kathmandu; Netherlands The_Hague Amsterdam; New_Zealand Wellington;
Nicaragua Managua; Niger Niamey; Nigeria Abuja; North_Korea Pyongyang; North_Macedonia Skopje;
Norway Oslo; Oman Muscat; Pakistan Islamabad; Palestine Ramallah; Panama Panama_City; Paraguay
Asuncion; Peru Lima; Philippines Manila; Poland Warsaw; Portugal Lisbon; Qatar Doha; Romania
Bucharest; Russia Moscow Kremlin; Rwanda Kigali; Saudi_Arabia Riyadh; Scotland Edinburgh Holyrood;
Senegal Dakar; Serbia Belgrade; Sierra_Leone Freetown; Slovakia Bratislava; Slovenia Ljubljana;
Somalia Mogadishu; South_Africa Pretoria; South_Korea Seoul; South_Sudan Juba; Spain Madrid;
Sri_Lanka Colombo; Sudan Khartoum; Sweden Stockholm; Switzerland Bern; Syria Damascus; Taiwan
Taipei; Tajikistan Dushanbe; Tanzania Dodoma; Thailand Bangkok; Togo Lome; Tunisia Tunis; Turkey
Ankara; Turkmenistan Ashgabat; Uganda Kampala; Ukraine Kyiv Kiev; United_Arab_Emirates Abu_Dhabi;
United_Kingdom London Downing_Street Westminster; United_States Washington White_House; Uruguay
Montevideo; Uzbekistan Tashkent; Venezuela Caracas; Vietnam Hanoi; Wales Cardiff; Yemen Sanaa;
Zambia Lusaka; Zimbabwe Harare
"""
_MOST_WORDS = 4


@dataclass(frozen=True, slots=True)
class Place:
    """A country that words name: how many words, and whether as its seat of government."""

    country: str
    count: int
    is_seat: bool


def place_at(words: Sequence[str], start: int) -> Place | None:
    """Return the country that plain words name from `start` on, by the longest of its names.

    A plural is its people: "Armenians".
    """
    names, seats = _tables()
    for count in range(min(_MOST_WORDS, len(words) - start), 0, -1):
        phrase = " ".join(words[start : start + count])
        country = names.get(phrase) or names.get(phrase.removesuffix("s"))
        if country:
            return Place(country, count, False)
        if phrase in seats:
            return Place(seats[phrase], count, True)
    return None


@cache
def _tables() -> tuple[dict[str, str], dict[str, str]]:
    """Return the countries by their names, and by their seats."""
    names: dict[str, str] = {}
    for country, *more in _entries(_MORE_NAMES):
        names |= {_key(name): country for name in (country, *more)}
    for country, people in PEOPLE_OF.items():
        known = names.get(_key(country)) or names.get(_key(people)) or country
        names |= {_key(country): known, _key(people): known}
    seats = {_key(seat): country for country, *homes in _entries(_SEATS) for seat in homes}
    return names, {seat: names.get(_key(country), country) for seat, country in seats.items()}


def _entries(table: str) -> list[list[str]]:
    entries = [entry.split() for entry in table.split(";")]
    return [[name.replace("_", " ") for name in entry] for entry in entries]


def _key(name: str) -> str:
    return " ".join(plain(word) for word in name.replace("-", " ").split())
