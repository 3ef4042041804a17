import { likeness } from './passage-search.ts'
import type { Question } from './question.ts'
import { type AnswerLanguage, toPlainWords } from './spelling.ts'
import type { Turn } from './turn.ts'

/** Something the user said about themselves: "my favourite colour is green", "I live in Ulm". */
export interface Fact {
  /** `name`, `note` for what was to be remembered as it is, or the words between "my" and "is". */
  readonly about: string
  readonly value: string
  /** The verb of a fact without "my": lives, comes from, likes. */
  readonly verb?: Verb
}

type Verb = 'live' | 'from' | 'like'

const namePatterns: Readonly<Record<AnswerLanguage, RegExp>> = {
  en: /\b(?:my name is|my name['’]s|i am called|people call me|(?:you can|please) call me|^call me) (?<value>\p{L}[\p{L}'’-]*(?: (?!and\b|but\b|i\b)\p{Lu}[\p{L}'’-]*)?)/iu,
  de: /\b(?:mein name ist|ich heiße|ich heisse|(?:nenn|nenne) mich|man nennt mich) (?<value>\p{L}[\p{L}'’-]*(?: (?!und\b|aber\b|ich\b)\p{Lu}[\p{L}'’-]*)?)/iu,
}

const notePatterns: Readonly<Record<AnswerLanguage, RegExp>> = {
  en: /^(?:(?:please|and|also|can you|could you) )*(?:remember|keep in mind|note(?: down)?|do not forget)(?: that)? (?<value>.{3,})$/iu,
  de: /^(?:(?:bitte|und|auch|kannst du) )*(?:merke? dir|vergiss nicht|denke? daran|notiere)(?: bitte| mal)?(?: dass)? (?<value>.{3,})$/iu,
}

const verbPatterns: Readonly<Record<AnswerLanguage, readonly (readonly [Verb, RegExp])[]>> = {
  en: [
    ['live', /^(?:and )?i live (?<value>(?:in|on|at|near) .+)$/iu],
    ['from', /^(?:and )?i (?:come|am) from (?<value>.+)$/iu],
    ['like', /^(?:and )?i (?:really )?(?:like|love) (?<value>.+)$/iu],
  ],
  de: [
    ['live', /^(?:und )?ich wohne (?<value>(?:in|auf|an|bei|am) .+)$/iu],
    ['from', /^(?:und )?ich (?:komme|bin) aus (?<value>.+)$/iu],
    ['like', /^(?:und )?ich mag (?<value>.+)$/iu],
  ],
}

const possession: Readonly<Record<AnswerLanguage, RegExp>> = {
  en: /^(?:and |well |so )?my (?<about>(?!name )[\p{L}'’ -]{2,40}?) (?:is called|is|are|was) (?<value>.+)$/iu,
  de: /^(?:und |also )?meine? (?<about>(?!name )[\p{L}'’ -]{2,40}?) (?:heißt|heisst|ist|sind|war) (?<value>.+)$/iu,
}

/** What the user stated in one turn. Questions state nothing. */
export function factsIn(text: string, language: AnswerLanguage): readonly Fact[] {
  return text
    .split(
      language === 'de'
        ? /(?<=\D)[.!;]\s|\s(?:und|,) (?=meine? |ich )/iu
        : /(?<=\D)[.!;]\s|\s(?:and|,) (?=my |i )/iu,
    )
    .filter((sentence) => !sentence.includes('?'))
    .flatMap((sentence) => factOf(toPlainWords(sentence), language))
}

function factOf(sentence: string, language: AnswerLanguage): readonly Fact[] {
  const note = valueOf(notePatterns[language], sentence)
  if (note !== undefined) {
    const inner = factOf(note.value, language)
    return inner.length > 0 ? inner : [{ about: 'note', value: note.value }]
  }
  const name = valueOf(namePatterns[language], sentence)
  if (name !== undefined) return [{ about: 'name', value: capitalised(name.value) }]
  const owned = valueOf(possession[language], sentence)
  if (owned !== undefined) return [owned]
  for (const [verb, pattern] of verbPatterns[language]) {
    const found = valueOf(pattern, sentence)
    if (found !== undefined) return [{ ...found, about: verb, verb }]
  }
  return []
}

function valueOf(pattern: RegExp, sentence: string): Fact | undefined {
  const groups = pattern.exec(sentence)?.groups
  if (groups?.['value'] === undefined) return undefined
  return { about: groups['about']?.trim() ?? '', value: groups['value'].trim() }
}

function capitalised(name: string): string {
  return name.replace(/(?<=^|\s)\p{Ll}/gu, (letter) => letter.toUpperCase())
}

const texts = {
  en: {
    noted: 'I will remember that.',
    nice: (name: string) => `Nice to meet you, ${name}.`,
    name: (name: string) => `Your name is ${name}.`,
    note: (note: string) => `You said: ${note}.`,
    own: ({ about, value }: Fact) => `Your ${about} is ${value}.`,
    live: (value: string) => `You live ${value}.`,
    from: (value: string) => `You come from ${value}.`,
    like: (value: string) => `You like ${value}.`,
    unknown: 'You have not told me that in this conversation.',
    nothing: 'You have not told me anything about yourself yet.',
  },
  de: {
    noted: 'Das merke ich mir.',
    nice: (name: string) => `Freut mich, ${name}.`,
    name: (name: string) => `Du heißt ${name}.`,
    note: (note: string) => `Du hast gesagt: ${note}.`,
    own: ({ about, value }: Fact) => `Du hast gesagt: ${about} ist ${value}.`,
    live: (value: string) => `Du wohnst ${value}.`,
    from: (value: string) => `Du kommst aus ${value}.`,
    like: (value: string) => `Du magst ${value}.`,
    unknown: 'Das hast du mir in diesem Gespräch nicht gesagt.',
    nothing: 'Du hast mir noch nichts über dich erzählt.',
  },
} as const

function tell(fact: Fact, language: AnswerLanguage): string {
  const speak = texts[language]
  if (fact.about === 'name') return speak.name(fact.value)
  if (fact.about === 'note') return speak.note(fact.value)
  return fact.verb === undefined ? speak.own(fact) : speak[fact.verb](fact.value)
}

const asks = {
  en: {
    name: /\b(?:what is my name|who am i|what am i called|(?:know|remember|say|tell me) my name)\b/iu,
    live: /\bwhere do i live\b/iu,
    from: /\bwhere (?:do i come|am i) from\b/iu,
    like: /\bwhat do i (?:like|love)\b/iu,
    own: /\b(?:what|who|which|how old|(?:what|which) (?:colou?r|kind|size|age|number|day|time|name)|do you (?:know|remember)(?: what)?|tell me(?: what)?)(?: is| are| was)? my (?<about>.+?)(?: is| are| called| again| please)*$/iu,
    all: /\bwhat do you (?:know|remember) about me\b|\bwhat (?:did|have) i (?:tell|told) you (?:to remember|about (?:me|myself))\b|\bwhat (?:should|did) you remember\b/iu,
  },
  de: {
    name: /\b(?:wie heiße ich|wie heisse ich|wer bin ich|was ist mein name|wie (?:lautet|ist) mein name|(?:weißt|kennst) du (?:noch )?(?:meinen namen|wie ich heiße))\b/iu,
    live: /\bwo wohne ich\b/iu,
    from: /\bwoher komme ich\b/iu,
    like: /\bwas mag ich\b/iu,
    own: /\b(?:was|wer|wie|wie alt|wie spät|wann|welche[rs]?|welche[rs]? (?:farbe|art|größe|nummer) hat|weißt du(?: noch)?(?: was)?)(?: ist| sind| war| heißt| lautet)? meine? (?<about>.+?)(?: ist| sind| heißt| noch| nochmal| bitte)*$/iu,
    all: /\bwas weißt du (?:alles )?(?:über|von) mi(?:ch|r)\b|\bwas solltest du dir merken\b|\bwas habe ich dir (?:alles )?über mich\b/iu,
  },
} as const

/** Answers questions about what the user said of themselves, and confirms what they state. */
export function personalFacts({ plain, raw, language, before, notes }: Question): string | undefined {
  const speak = texts[language]
  const other = language === 'en' ? 'de' : 'en'
  const noted = [...notes.known, ...notes.said.filter(({ role }) => role === 'user').map(({ text }) => text)]
  const facts = [
    // Notes are as they were said, in whatever language that was.
    ...noted.flatMap((text) => [...factsIn(text, other), ...factsIn(text, language)]),
    ...before.flatMap((turn: Turn) => (turn.role === 'user' ? factsIn(turn.text, language) : [])),
  ]
  const latest = (about: string): string => {
    const fact = facts.findLast((candidate) => candidate.about === about)
    return fact === undefined ? speak.unknown : tell(fact, language)
  }
  if (asks[language].all.test(plain)) {
    return facts.length === 0 ? speak.nothing : facts.map((fact) => tell(fact, language)).join(' ')
  }
  for (const about of ['name', 'live', 'from', 'like'] as const) {
    if (asks[language][about].test(plain)) return latest(about)
  }
  const about = asks[language].own.exec(plain)?.groups?.['about']
  if (about !== undefined) {
    const fact = facts.findLast(
      (candidate) => candidate.verb === undefined && likeness(candidate.about, about, language) > 0.6,
    )
    return fact === undefined ? speak.unknown : tell(fact, language)
  }
  const stated = factsIn(raw, language)
  if (stated.length === 0) return undefined
  const name = stated.find((fact) => fact.about === 'name')?.value
  if (name !== undefined && stated.length === 1) return speak.nice(name)
  return [...(name === undefined ? [] : [speak.nice(name)]), speak.noted].join(' ')
}
