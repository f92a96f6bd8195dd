"""The lexicon of praise and blame, by stem.

Source: written for this project from the words with which people in the news judge one another's doings.
"""

from app.relations.words import stem

_PRAISE = """positive fair good great excellent outstanding superb brilliant exemplary impressive balanced constructive
productive warm friendly cordial
sensible measured reasonable bold brave courageous generous honest transparent swift prompt flawless smooth dazzling finest wonderful
triumph triumphant successful success encouraging promising persuasive convincing robust thorough skilful professional elegant
clever shine dazzle praise hail welcome cheer applaud admire commend delight delighted satisfied happy thrilled pleased optimistic hopeful
useful valuable helpful effective efficient reliable beautiful masterly masterpiece magnificent gripping charming graceful
restraint restrained dignified respectful frank fruitful meaningful historic breakthrough textbook clapped hugs warmly swooning
favourable favorable trouble-free vindicated heroic perfect faultless admirable lenient humane worthy proud glowing
enthusiastic acclaim first-rate world-class top-notch sterling stellar superlative laudable commendable peerless unrivalled"""

_BLAME = """negative bad terrible awful poor dreadful disastrous disaster disgrace disgraceful shameful ridiculous
unrealistic absurd laughable insulting insult
unfair unjust biased hostile frosty icy tense fruitless pointless useless stingy miserly timid weak clumsy botched bungled
chaotic chaos shambles
shambolic sloppy secretive dishonest reckless careless negligent negligence brutal brutality cruel heavy-handed excessive disproportionate
failure fiasco farce sham theatre flop disappointing disappointment underwhelming mediocre dull boring tedious wooden creaky
cheap shaky flimsy flawed
unconvincing misleading dubious questionable harsh fury furious angry anger outrage outrageous condemn criticise criticize
slam denounce blast deride mock
dismiss scorn deplore lambast nonsense worthless dangerous inadequate insufficient incompetent inept lousy pathetic
embarrassing humiliating
cowardly greedy vindictive spiteful bitter acrimonious ugly horrible nightmare worst worse panned panning betrayal hunted
disaster ghost-town arrogant
cold callous lax unacceptable scandal scandalous appalling atrocious hides badly sluggish lifeless lacklustre excessive
draconian cack-handed unserious hopeless catastrophic abysmal woeful dire insane non-starter joke ludicrous preposterous"""

PRAISE = frozenset(stem(word) for word in _PRAISE.split())
BLAME = frozenset(stem(word) for word in _BLAME.split()) - PRAISE
# Idioms that praise or blame only as a whole, as (words, +1 or -1). Source: as above.
IDIOMS = (("second to none", 1), ("by the book", 1), ("beyond reproach", 1), ("a slap in the face", -1), ("beneath contempt", -1))
