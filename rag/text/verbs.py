"""Irregular English verb forms -> their base: what a stemmer does not know.

Questions ask "did it *take* effect", articles say it *took* effect. Forms that are another common
word too (saw, left, found, lay, wound, felt, ground, rose, bore) stay as they are.
"""

import re

_FORMS = """
arise arose arisen; awake awoke awoken; bear borne; beat beaten; become became; begin began begun;
bend bent; bind bound; bite bit bitten; bleed bled; blow blew blown; break broke broken;
breed bred; bring brought; build built; burn burnt; buy bought; catch caught;
choose chose chosen; cling clung; come came; creep crept; deal dealt; dig dug; draw drew drawn;
drink drank drunk; drive drove driven; eat ate eaten; fall fell fallen; feed fed; fight fought;
flee fled; fly flew flown; forbid forbade forbidden; forget forgot forgotten;
forgive forgave forgiven; freeze froze frozen; get got gotten; give gave given; go went gone;
grow grew grown; hang hung; hear heard; hide hid hidden; hold held; keep kept; kneel knelt;
know knew known; lead led; leap leapt; learn learnt; lend lent; lose lost; make made; mean meant;
meet met; overcome overcame; overtake overtook overtaken; overthrow overthrew overthrown;
pay paid; rebuild rebuilt; ride rode ridden; ring rang rung; rise risen; run ran; say said;
see seen; seek sought; sell sold; send sent; shake shook shaken; shoot shot; show shown;
shrink shrank shrunk; sing sang sung; sink sank sunk; sit sat; slay slew slain; sleep slept;
slide slid; speak spoke spoken; spend spent; spin spun; stand stood; steal stole stolen;
stick stuck; strike struck stricken; strive strove striven; swear swore sworn; sweep swept;
swim swam swum; swing swung; take took taken; teach taught; tear tore torn; tell told;
think thought; throw threw thrown; undergo underwent undergone; understand understood;
undertake undertook undertaken; wake woke woken; wear wore worn; weave wove woven; win won;
withdraw withdrew withdrawn; withhold withheld; write wrote written
"""

_BASES = {
    form: words[0] for words in (line.split() for line in _FORMS.split(";")) for form in words[1:]
}
_WORD = re.compile(r"[A-Za-z]{3,}")


def with_base_forms(text: str) -> str:
    """Return a text with its irregular verb forms replaced by their bases, for counting words."""
    return _WORD.sub(lambda match: _BASES.get(match.group().lower(), match.group()), text)
