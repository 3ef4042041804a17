import type { Speaker } from './item-words.ts'

/** One sentence that could be told, and who said it. */
export interface Candidate {
  readonly text: string
  readonly speaker: Speaker
}

/** What a sentence would add: each of its terms once, and something for what kind of sentence it is. */
export interface Worth {
  readonly terms: ReadonlyMap<string, number>
  readonly bonus: number
}

/** Kinds of sentences that matter later, in English and German, with what they are worth. */
const cues: readonly (readonly [RegExp, number])[] = [
  // To be remembered.
  [
    /\b(?:remember|keep in mind|don['’]t forget|note that|important|merk\w* dir|vergiss nicht|denk\w* daran|wichtig|notier\w*)\b/iu,
    6,
  ],
  // Names.
  [/\b(?:my name|i['’]m called|call me|this is|mein name|ich hei(?:ß|ss)e|nenn\w* mich|hier ist)\b/iu, 5],
  // About themselves: what they have, are, like and cannot do.
  [
    /\b(?:my|i['’]m|i am|i have|i['’]ve|i live|i work|i need|i want|i like|i love|i hate|i prefer|i can['’]?t|i don['’]t|allerg\w*|vegetarian|vegan)\b/iu,
    2.5,
  ],
  [
    /\b(?:meine?[rnms]?|ich (?:bin|habe|wohne|arbeite|brauche|möchte|mag|liebe|hasse|bevorzuge|kann|will)|bin ich|habe ich|allergi\w*|vegetari\w*)\b/iu,
    2.5,
  ],
  // Decided, agreed, done.
  [
    /\b(?:decided?|agree[ds]?|agreement|let['’]s|we['’]ll (?:go|take|do)|go with|booked|confirm\w*|ordered|reserved|scheduled|cancell?ed|chose|deal|settled|approved)\b/iu,
    3,
  ],
  [
    /\b(?:entschieden|entscheide|vereinbar\w*|abgemacht|einverstanden|machen wir|nehmen wir|wir nehmen|gebucht|bestätig\w*|bestellt|reserviert|storniert|beschlossen|festgelegt|genehmigt)\b/iu,
    3,
  ],
  // Promised.
  [
    /\b(?:i['’]ll|i will|i promise|ich werde|ich (?:rufe|schicke|melde)|verspreche|until|deadline|due|by (?:monday|tuesday|wednesday|thursday|friday|saturday|sunday|tomorrow)|bis (?:montag|dienstag|mittwoch|donnerstag|freitag|samstag|sonntag|morgen)|frist)\b/iu,
    2,
  ],
  // Corrected.
  [
    /\b(?:actually|instead|rather than|no longer|changed?|correction|sorry, i meant|doch|stattdessen|statt|nicht mehr|geändert|korrektur|sondern)\b/iu,
    2.5,
  ],
]

/** Sentences that only keep the talk going. */
const filler =
  /^(?:(?:yes|yeah|yep|no|nope|ok|okay|sure|fine|great|good|nice|perfect|thanks|thank you|thank you very much|you['’]re welcome|hello|hi|hey|bye|goodbye|hm+|uh+|um+|well|right|exactly|i see|got it|of course|certainly|alright|please|how can i help(?: you)?(?: today)?|anything else|one moment|let me (?:check|see|look)|ja|nein|gut|klar|genau|danke|danke schön|vielen dank|gern|gerne|bitte|bitte schön|hallo|guten tag|guten morgen|tschüss|auf wiedersehen|ach so|alles klar|natürlich|sehr gern|einen moment|moment|verstehe|super|prima|toll|wie kann ich (?:ihnen |dir )?helfen)[\s,.!?…]*)+$/iu

const numberWords =
  /^(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|eighteen|nineteen|twenty|thirty|forty|fifty|hundred|thousand|half|zwei|drei|vier|fünf|sechs|sieben|acht|neun|zehn|elf|zwölf|zwanzig|dreißig|vierzig|fünfzig|hundert|tausend|halb|\p{L}+zehn|\p{L}+und\p{L}+zig)$/u

const dayWords =
  /^(?:mon|tues|wednes|thurs|fri|satur|sun)days?$|^(?:january|february|march|april|june|july|august|september|october|november|december|tomorrow|tonight|noon|midnight|montag|dienstag|mittwoch|donnerstag|freitag|samstag|sonntag|januar|februar|märz|mai|juni|juli|oktober|dezember|morgen|heute|mittags?|mitternacht)s?$/u

/** Words that say nothing alone. */
const emptyWords = new Set(
  (
    'the a an and or but if so to of in on at for with from by as is are was were be been am do does did have has had ' +
    'will would can could should may might must not no yes this that these those it its he she they we you i me my ' +
    'your our their his her them us there here what which who when where how why then than also just very really ' +
    'about into over up out all any some more please well okay der die das den dem des ein eine einen einem einer ' +
    'und oder aber wenn so zu zum zur von vom in im an am auf für mit aus bei als ist sind war waren sein bin bist ' +
    'hat habe haben hatte wird werden würde kann können konnte soll sollte muss müssen darf nicht kein keine ja nein ' +
    'dies diese dieser dieses es er sie wir ihr ich du mir mich dir dich uns euch ihnen mein dein unser da hier was ' +
    'welche wer wann wo wie warum dann auch nur sehr noch schon mal doch denn bitte über um nach vor bis durch man'
  ).split(' '),
)

const worthOf: Readonly<Record<Speaker, number>> = {
  User: 1,
  Assistant: 0.7,
  Application: 1.2,
  'Tool call': 0.5,
  'Tool result': 0.8,
}

const words = /[\p{L}\p{M}\p{N}][\p{L}\p{M}\p{N}'’.,:@+/-]*/gu

/** Weighs sentences against each other: what is rare among all of them counts more. */
export function worths(candidates: readonly Candidate[]): readonly Worth[] {
  const found = candidates.map(({ text }) => text.match(words) ?? [])
  const frequency = new Map<string, number>()
  for (const list of found) {
    for (const term of new Set(list.map(termOf))) frequency.set(term, (frequency.get(term) ?? 0) + 1)
  }
  const nouns = capitalsShare(found)
  return candidates.map(({ text, speaker }, index) => {
    if (filler.test(text)) return { terms: new Map(), bonus: 0 }
    const list = found[index] ?? []
    const factor = worthOf[speaker]
    const terms = new Map<string, number>()
    list.forEach((word, at) => {
      const term = termOf(word)
      const weight = weightOf(word, term, at > 0, nouns) * rarity(frequency.get(term) ?? 1, candidates.length)
      if (weight > 0) terms.set(term, Math.max(terms.get(term) ?? 0, weight * factor))
    })
    const kind = cues.reduce((sum, [pattern, worth]) => (pattern.test(text) ? sum + worth : sum), 0)
    const question = text.endsWith('?') && list.length > 3 ? 1.5 : 0
    return { terms, bonus: (kind + question) * factor }
  })
}

function termOf(word: string): string {
  return word.toLowerCase().replace(/[.,:'’/-]+$/u, '')
}

function weightOf(word: string, term: string, inside: boolean, nouns: boolean): number {
  if (/\p{N}/u.test(word) || word.includes('@')) return 4
  if (dayWords.test(term) || numberWords.test(term)) return 2.5
  if (emptyWords.has(term) || term.length < 2) return 0
  if (/^\p{Lu}/u.test(word) && inside) return nouns ? 1.5 : 3
  return 1
}

/** From 1 for what nearly every sentence has, up to 2 for what only one has. */
function rarity(frequency: number, sentences: number): number {
  return 1 + Math.log(Math.max(1, sentences) / frequency) / Math.log(Math.max(2, sentences))
}

/** Where nouns are written with capitals, as in German, a capital says little about names. */
function capitalsShare(sentences: readonly (readonly string[])[]): boolean {
  let inside = 0
  let capitals = 0
  for (const list of sentences) {
    for (const word of list.slice(1)) {
      inside += 1
      if (/^\p{Lu}\p{Ll}/u.test(word)) capitals += 1
    }
  }
  return inside > 0 && capitals / inside > 0.12
}
