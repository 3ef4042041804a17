import { sentencesOf } from './sentences.ts'

/** Something a person said of themselves that holds beyond the moment. */
export interface StatedFact {
  /** What it is about: of two facts about the same only the newer holds. */
  readonly about: string
  /** In the person's own words, as a sentence. */
  readonly text: string
}

/** Longest fact worth keeping (characters). */
const longestFact = 300

/** Says what a sentence is about; a function where the words decide. */
interface Pattern {
  readonly about: string | ((groups: Readonly<Record<string, string>>) => string)
  readonly match: RegExp
}

/** Recognisers do not always write a capital, so only the words after the first need one. */
const more = String.raw`(?: (?!I\b|Und\b|And\b|Ich\b)(?-i:\p{Lu})[\p{L}'’-]*){0,2}`
const name = String.raw`\p{L}[\p{L}'’-]+${more}`
const capitalised = String.raw`(?-i:\p{Lu})[\p{L}'’-]+${more}`
const relation =
  'wife|husband|partner|girlfriend|boyfriend|fiancée?|son|daughter|brother|sister|mother|mom|mum|father|dad|boss|doctor|dentist|dog|cat|horse|company|team'
const verwandt =
  'Frau|Mann|Partner(?:in)?|Freund(?:in)?|Verlobte[rn]?|Sohn|Tochter|Bruder|Schwester|Mutter|Vater|Chef(?:in)?|Arzt|Ärztin|Zahnarzt|Hund|Katze|Pferd|Firma|Team'
const contact = String.raw`(?:(?:phone|mobile|cell|telephone) number|number|e-?mail(?: address)?|address|postcode|zip code)`
const kontakt = String.raw`(?:Telefonnummer|Handynummer|Nummer|E-?Mail(?:-?Adresse)?|Adresse|Anschrift|Postleitzahl)`
const day = String.raw`(?:on |in |am |im )?.{3,30}`

/** English and German. `text` is the part that is kept; without it, the whole sentence. */
const patterns: readonly Pattern[] = [
  {
    about: 'name',
    match: RegExp(String.raw`\b(?<text>my (?:full |first |last )?name(?: is|['’]s) (?!not\b)${name})`, 'iu'),
  },
  { about: 'name', match: RegExp(String.raw`\b(?<text>(?:i am|i['’]m) called ${name})`, 'iu') },
  {
    about: 'name',
    match: RegExp(String.raw`^(?:please |just |you can )*(?<text>call me ${capitalised})$`, 'iu'),
  },
  {
    about: 'name',
    match: RegExp(
      String.raw`\b(?<text>mein (?:voller |ganzer )?(?:Vor|Nach)?name ist (?!nicht\b)${name})`,
      'iu',
    ),
  },
  { about: 'name', match: RegExp(String.raw`\b(?<text>ich hei(?:ß|ss)e (?!nicht\b)${name})`, 'iu') },
  {
    about: 'name',
    match: RegExp(String.raw`^(?:bitte |einfach )*(?<text>nenn(?:en sie)?e? mich ${capitalised})$`, 'iu'),
  },
  { about: 'home', match: /^(?<text>i(?: now)? live (?:in|on|at|near) .+)$/iu },
  { about: 'home', match: /^(?<text>i(?: have|['’]ve)?(?: just| recently)? moved to .+)$/iu },
  {
    about: 'home',
    match:
      /^(?<text>(?:jetzt )?(?:ich wohne|wohne ich|ich lebe|lebe ich)(?: jetzt)? (?:in|auf|an|bei|am|im) .+)$/iu,
  },
  { about: 'home', match: /^(?<text>ich bin (?:gerade |neulich )?nach .+ gezogen)$/iu },
  { about: 'origin', match: /^(?<text>(?:i come|i am|i['’]m)(?: originally)? from .+)$/iu },
  {
    about: 'origin',
    match: /^(?<text>ich (?:komme|stamme|bin)(?: ursprünglich)? aus (?!dem haus|dem büro).+)$/iu,
  },
  { about: 'job', match: /^(?<text>i(?: now)? work (?:as|at|for|in) .+)$/iu },
  { about: 'job', match: /^(?<text>my (?:job|profession|occupation) is .+)$/iu },
  { about: 'job', match: /^(?<text>(?:i am|i['’]m) an? [\p{L} -]{3,40} by (?:profession|trade))$/iu },
  { about: 'job', match: /^(?<text>ich arbeite (?:jetzt )?(?:als|bei|für|in) .+)$/iu },
  {
    about: 'job',
    match: /^(?<text>ich bin (?:von )?beruf(?:lich)? .+|mein beruf ist .+|von beruf bin ich .+)$/iu,
  },
  { about: 'age', match: /^(?<text>(?:i am|i['’]m) \d{1,3}(?: years old)?)$/iu },
  { about: 'age', match: /^(?<text>ich bin \d{1,3}(?: jahre alt)?)$/iu },
  {
    about: 'birthday',
    match: RegExp(String.raw`^(?<text>my birthday is ${day}|i was born (?:on|in) .{3,30})$`, 'iu'),
  },
  {
    about: 'birthday',
    match: RegExp(
      String.raw`^(?<text>mein geburtstag ist ${day}|ich habe ${day} geburtstag|ich (?:bin|wurde) ${day} geboren)$`,
      'iu',
    ),
  },
  {
    about: ({ whose = '' }) => `my ${whose.toLowerCase()}`,
    match: RegExp(
      String.raw`^(?<text>my (?<whose>${relation})(?: is called|['’]s name is| is named|['’]s called) .+)$`,
      'iu',
    ),
  },
  {
    about: ({ whose = '' }) => `my ${whose.toLowerCase()}`,
    match: RegExp(String.raw`^(?<text>meine? (?<whose>${verwandt}) hei(?:ß|ss)t .+)$`, 'iu'),
  },
  {
    about: ({ whose = '' }) => `my ${whose.toLowerCase()}`,
    match: RegExp(String.raw`^(?<text>my (?<whose>${contact}) is .+)$`, 'iu'),
  },
  {
    about: ({ whose = '' }) => `my ${whose.toLowerCase()}`,
    match: RegExp(String.raw`^(?<text>meine? (?<whose>${kontakt}) (?:ist|lautet) .+)$`, 'iu'),
  },
  {
    about: ({ whose = '' }) => `favourite ${whose.toLowerCase()}`,
    match: /^(?<text>my favou?rite (?<whose>[\p{L} -]{3,30}?) (?:is|are) .+)$/iu,
  },
  {
    about: ({ whose = '' }) => `favourite ${whose.toLowerCase()}`,
    match: /^(?<text>meine? lieblings(?<whose>[\p{L}-]{3,30}) (?:ist|sind|heißt) .+)$/iu,
  },
  {
    about: ({ what = '' }) => `diet ${what.toLowerCase()}`,
    match:
      /^(?<text>(?:i am|i['’]m) (?:an? )?(?<what>allergic to [\p{L} ,-]{3,60}|vegetarian|vegan|diabetic|lactose intolerant|left-handed|deaf|blind))$/iu,
  },
  {
    about: ({ what = '' }) => `diet ${what.toLowerCase()}`,
    match:
      /^(?<text>ich bin (?<what>allergisch (?:gegen|auf) [\p{L} ,-]{3,60}|vegetarier(?:in)?|veganer(?:in)?|vegetarisch|vegan|diabetiker(?:in)?|laktoseintolerant|linkshänder(?:in)?|gehörlos|blind))$/iu,
  },
  {
    about: ({ what = '' }) => `taste ${what.toLowerCase()}`,
    match:
      /^(?<text>i (?:really |absolutely )?(?:like|love|prefer|hate|enjoy|do not like|don['’]t like|can['’]?t stand) (?!it\b|that\b|this\b|these\b|those\b|to\b|you\b|your\b|how\b|what\b)(?<what>[\p{L}\p{N} ,'’-]{3,60}))$/iu,
  },
  {
    about: ({ what = '' }) => `taste ${what.toLowerCase()}`,
    match:
      /^(?<text>ich (?:mag|liebe|hasse|bevorzuge|esse gerne?|trinke gerne?|spiele gerne?|mag kein(?:e|en)?) (?!es\b|das\b|dies|dich\b|sie\b|wie\b|was\b|ja\b|nicht\b)(?<what>[\p{L}\p{N} ,-]{3,60}))$/iu,
  },
]

const toRemember =
  /^(?:(?:please|and|also|can you|could you|you should|okay|bitte|und|auch|kannst du|könnten sie|können sie)[ ,]+)*(?:(?:remember|keep in mind|make a note|note down|do(?: not|n['’]t) forget)(?: please)?,?(?: that)?(?! me\b| when\b| how\b| what\b| to\b)|(?:merk(?:e|en sie)? (?:dir|sich)|vergiss nicht|vergessen sie nicht|denk(?:e|en sie)? daran|notier(?:e|en sie)?)(?: bitte)?(?: mal)?,?(?: dass)?)[ :,]+(?<text>.{4,})$/iu

/** What only seems to be said of the person: conditions, guesses, other people's words. */
const unsure =
  /^(?:if|when|whether|suppose|imagine|let['’]s say|say|maybe|perhaps|wenn|falls|ob|angenommen|stell dir vor|vielleicht)\b|\b(?:he|she|they|er|sie) (?:said|says|sagte?|meinte?)\b/iu

const opening =
  /^(?:(?:and|but|well|so|oh|hi|hello|hey|yes|no|okay|ok|also|by the way|actually|sorry|excuse me|und|aber|also|hallo|guten tag|ja|nein|okay|übrigens|eigentlich|entschuldigung|verzeihung)[ ,!]+)+/iu

/**
 * What somebody states of themselves that is worth knowing next time: name, home, work, dates, people, tastes, and what
 * is to be remembered. English and German, by careful patterns: rather nothing than something that was not meant so.
 */
export function statedFacts(said: string): readonly StatedFact[] {
  return sentencesOf(said)
    .filter((sentence) => !sentence.includes('?'))
    .flatMap(clausesOf)
    .flatMap((clause) => factIn(clause) ?? [])
}

/** What a stored fact is about, by the same patterns; its own words where none fits. */
export function aboutOf(text: string): string {
  return factIn(plainClause(text))?.about ?? plainClause(text).toLowerCase()
}

function clausesOf(sentence: string): readonly string[] {
  if (toRemember.test(plainClause(sentence))) return [plainClause(sentence)]
  return sentence
    .split(
      /[;,]?\s+(?:and|und|but|aber)\s+(?=(?:my|i|i['’]m|meine?|ich|live|work|wohne|lebe|arbeite|komme)\s)|[,;]\s+(?=(?:my|i|i['’]m|meine?|ich)\s)/iu,
    )
    .map(plainClause)
    .map((clause) =>
      clause.replace(/^(?=(?:live|work) )/iu, 'I ').replace(/^(?=(?:wohne|lebe|arbeite|komme) )/iu, 'ich '),
    )
}

function plainClause(text: string): string {
  return text
    .replaceAll(/\s+/g, ' ')
    .trim()
    .replace(/[\s.!;,:…]+$/u, '')
    .replace(opening, '')
}

function factIn(clause: string): StatedFact | undefined {
  if (clause === '' || clause.length > longestFact || unsure.test(clause)) return undefined
  const noted = toRemember.exec(clause)?.groups?.['text']
  if (noted !== undefined) {
    const inner = plainClause(noted)
    return factIn(inner) ?? { about: inner.toLowerCase(), text: sentence(inner) }
  }
  for (const { about, match } of patterns) {
    const groups = match.exec(clause)?.groups
    if (groups === undefined) continue
    return {
      about: typeof about === 'string' ? about : about(groups),
      text: sentence(groups['text'] ?? clause),
    }
  }
  return undefined
}

function sentence(text: string): string {
  const words = text.trim()
  return `${words.charAt(0).toUpperCase()}${words.slice(1)}.`
}
