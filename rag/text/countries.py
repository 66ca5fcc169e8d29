"""Countries and what their people are called: what tells a place from a person, and swaps the two.

A question about "Armenian losses" followed by "and Azerbaijan?" asks about Azerbaijani ones. The
list is the members of the United Nations under their usual English names and a few others that
news names as places of their own.
"""

_NATIONS = """
Afghanistan Afghan; Albania Albanian; Algeria Algerian; Angola Angolan; Argentina Argentine;
Armenia Armenian; Australia Australian; Austria Austrian; Azerbaijan Azerbaijani;
Bahamas Bahamian; Bahrain Bahraini; Bangladesh Bangladeshi; Barbados Barbadian; Belarus Belarusian;
Belgium Belgian; Belize Belizean; Benin Beninese; Bhutan Bhutanese; Bolivia Bolivian;
Bosnia Bosnian; Botswana Botswanan; Brazil Brazilian; Britain British; Brunei Bruneian;
Bulgaria Bulgarian; Burkina_Faso Burkinabe; Burundi Burundian; Cambodia Cambodian;
Cameroon Cameroonian; Canada Canadian; Cape_Verde Cape_Verdean; Central_African_Republic ;
Chad Chadian; Chile Chilean; China Chinese; Colombia Colombian; Comoros Comorian; Congo Congolese;
Costa_Rica Costa_Rican; Croatia Croatian; Cuba Cuban; Cyprus Cypriot; Czech_Republic Czech;
Czechia Czech; Denmark Danish; Djibouti Djiboutian; Dominican_Republic Dominican; East_Timor ;
Ecuador Ecuadorean; Egypt Egyptian; El_Salvador Salvadoran; England English; Eritrea Eritrean;
Estonia Estonian; Eswatini Swazi; Ethiopia Ethiopian; Fiji Fijian; Finland Finnish; France French;
Gabon Gabonese; Gambia Gambian; Georgia Georgian; Germany German; Ghana Ghanaian; Greece Greek;
Greenland Greenlandic; Grenada Grenadian; Guatemala Guatemalan; Guinea Guinean; Guyana Guyanese;
Haiti Haitian; Honduras Honduran; Hong_Kong ; Hungary Hungarian; Iceland Icelandic; India Indian;
Indonesia Indonesian; Iran Iranian; Iraq Iraqi; Ireland Irish; Israel Israeli; Italy Italian;
Ivory_Coast Ivorian; Jamaica Jamaican; Japan Japanese; Jordan Jordanian; Kazakhstan Kazakh;
Kenya Kenyan; Kosovo Kosovar; Kuwait Kuwaiti; Kyrgyzstan Kyrgyz; Laos Laotian; Latvia Latvian;
Lebanon Lebanese; Lesotho Basotho; Liberia Liberian; Libya Libyan; Liechtenstein ;
Lithuania Lithuanian; Luxembourg Luxembourgish; Madagascar Malagasy; Malawi Malawian;
Malaysia Malaysian; Maldives Maldivian; Mali Malian; Malta Maltese; Mauritania Mauritanian;
Mauritius Mauritian; Mexico Mexican; Moldova Moldovan; Monaco Monegasque; Mongolia Mongolian;
Montenegro Montenegrin; Morocco Moroccan; Mozambique Mozambican; Myanmar Burmese; Namibia Namibian;
Nepal Nepalese; Netherlands Dutch; New_Zealand ; Nicaragua Nicaraguan; Niger Nigerien;
Nigeria Nigerian; North_Korea North_Korean; North_Macedonia Macedonian; Northern_Ireland ;
Norway Norwegian; Oman Omani; Pakistan Pakistani; Palestine Palestinian; Panama Panamanian;
Papua_New_Guinea ; Paraguay Paraguayan; Peru Peruvian; Philippines Philippine; Poland Polish;
Portugal Portuguese; Qatar Qatari; Romania Romanian; Russia Russian; Rwanda Rwandan; Samoa Samoan;
Saudi_Arabia Saudi; Scotland Scottish; Senegal Senegalese; Serbia Serbian; Seychelles ;
Sierra_Leone Sierra_Leonean; Singapore Singaporean; Slovakia Slovak; Slovenia Slovenian;
Somalia Somali; South_Africa South_African; South_Korea South_Korean; South_Sudan South_Sudanese;
Spain Spanish; Sri_Lanka Sri_Lankan; Sudan Sudanese; Suriname Surinamese; Sweden Swedish;
Switzerland Swiss; Syria Syrian; Taiwan Taiwanese; Tajikistan Tajik; Tanzania Tanzanian;
Thailand Thai; Togo Togolese; Tonga Tongan; Trinidad Trinidadian; Tunisia Tunisian; Turkey Turkish;
Turkmenistan Turkmen; Uganda Ugandan; Ukraine Ukrainian; United_Arab_Emirates Emirati;
United_Kingdom British; United_States American; Uruguay Uruguayan; Uzbekistan Uzbek;
Vanuatu ; Vatican ; Venezuela Venezuelan; Vietnam Vietnamese; Wales Welsh; Yemen Yemeni;
Zambia Zambian; Zimbabwe Zimbabwean; U.S. U.S.; US US; U.K. U.K.; UK UK; America American
"""

_PAIRS = [
    tuple(word.replace("_", " ") for word in entry.split())
    for entry in _NATIONS.split(";")
    if entry.strip()
]
PEOPLE_OF = {pair[0]: pair[1] for pair in _PAIRS if len(pair) > 1}
COUNTRIES = frozenset(pair[0] for pair in _PAIRS)
PEOPLES = frozenset(PEOPLE_OF.values())
