import { createPassageSearch } from './passage-search.ts'
import type { Question } from './question.ts'
import type { AnswerLanguage } from './spelling.ts'

const afterMe = {
  en: /^\W*(?:(?:please|can you|could you|now|okay|and)\W+)*(?:(?:repeat|say)(?: this)? after me|repeat (?:the )?(?:following|words?|sentence|phrase)|say (?:exactly|the (?:following|words?|sentence|phrase)))[\s,:;.–-]*(?<text>\S.*)$/isu,
  de: /^\W*(?:(?:bitte|kannst du|könntest du|jetzt|und)\W+)*(?:(?:sprich|sage?) mir nach|wiederhole?(?: bitte)?(?: (?:folgendes|den satz|das wort|die worte))|sage? (?:genau|folgendes|den satz|das wort|die worte))[\s,:;.–-]*(?<text>\S.*)$/isu,
}
const sayThis = {
  en: /^\W*(?:(?:please|can you|could you|just|now)\W+)*say[\s,:]+(?!(?:it|that|this|something|anything|more|again|what|nothing|my)\b)(?<text>.{2,80})$/isu,
  de: /^\W*(?:(?:bitte|kannst du|jetzt|nur)\W+)*sage?(?: bitte| mal| doch)*[\s,:]+(?!(?:es|das|mir|was|etwas|nichts|mehr|noch|bitte)\b)(?<text>.{2,80})$/isu,
}
const again = {
  en: /^(?:(?:please|sorry|can you|could you|would you|okay) )*(?:(?:say|repeat) (?:that|it|this)(?: again| once more| please)*|repeat(?: please| yourself)?|what did you(?: just)? say|what was that|pardon(?: me)?|come again|once more|again|one more time)(?: please| again)*$/iu,
  de: /^(?:(?:bitte|kannst du|könntest du|entschuldigung) )*(?:(?:das )?(?:noch ?mal|noch einmal)|(?:wiederhole?|sage?) (?:das|es)(?: bitte)?(?: noch ?mal| noch einmal)?|(?:das )?(?:bitte )?wiederholen|was hast du (?:gerade |eben )?gesagt|wie bitte|wiederhole?(?: bitte)?)(?: bitte| sagen| wiederholen)*$/iu,
}
const saidAbout = {
  en: /\bwhat (?:did|have) i (?:just )?(?:say|said|tell|told|mention|mentioned)(?: you| to you)? (?:about|on|regarding) (?<about>.+)$/iu,
  de: /\bwas habe? ich (?:dir )?(?:vorhin |gerade |eben )?(?:über|zu|von) (?<about>.+?) (?:gesagt|erzählt|erwähnt)\b/iu,
}
const saidLast = {
  en: /\bwhat (?:did|have) i (?:just |last )?(?:say|said|ask|asked|tell|told)(?: you| to you)?(?: just now| last| before| right now| a moment ago| earlier)*$|\bwhat was my (?:last|previous) (?:question|sentence|message)\b|\brepeat what i(?: just)? said\b/iu,
  de: /\bwas habe? ich (?:dich |dir )?(?:gerade |eben |zuletzt |vorhin |davor |vorher )*(?:gesagt|gefragt|erzählt|wissen wollen)\b|\b(?:was|wie) war meine (?:letzte|vorige) (?:frage|nachricht)\b|\bwiederhole was ich gesagt habe\b/iu,
}
const saidFirst = {
  en: /\bwhat (?:was my first (?:question|sentence|message)|did i (?:say|ask)(?: you)? first)\b/iu,
  de: /\bwas war meine erste (?:frage|nachricht)\b|\bwas habe? ich (?:dich )?(?:als erstes|zuerst) (?:gesagt|gefragt)\b/iu,
}
const howMany = {
  en: /\bhow many (?:questions|things|times|messages|sentences) (?:have|did) i (?:ask|asked|say|said|spoken|speak|sent?)\b/iu,
  de: /\bwie ?viele (?:fragen|nachrichten|sätze) habe? ich (?:dir |bisher |schon )*(?:gestellt|gesagt|geschickt)\b/iu,
}

const texts = {
  en: {
    nothingSaid: 'I have not said anything yet.',
    nothingHeard: 'You have not said anything before.',
    quote: (text: string) => `You said: ${ended(text)}`,
    first: (text: string) => `First you said: ${ended(text)}`,
    notAbout: 'I find nothing about that in what you said.',
    count: (turns: number) =>
      `You have spoken ${turns} ${turns === 1 ? 'time' : 'times'}, this one included.`,
  },
  de: {
    nothingSaid: 'Ich habe noch nichts gesagt.',
    nothingHeard: 'Du hast vorher noch nichts gesagt.',
    quote: (text: string) => `Du hast gesagt: ${ended(text)}`,
    first: (text: string) => `Zuerst hast du gesagt: ${ended(text)}`,
    notAbout: 'Darüber finde ich nichts in dem, was du gesagt hast.',
    count: (turns: number) => `Du hast ${turns} Mal gesprochen, dieses Mal eingerechnet.`,
  },
} as const

/** Repeats on request: words after the user, the last answer, or what the user said before. */
export function recall({ raw, plain, language, before }: Question): string | undefined {
  const speak = texts[language]
  const users = before.filter(({ role }) => role === 'user').map(({ text }) => text)

  const after = afterMe[language].exec(raw)?.groups?.['text']
  if (after !== undefined) return ended(unquoted(after))
  if (again[language].test(plain))
    return before.findLast(({ role }) => role === 'assistant')?.text ?? speak.nothingSaid
  if (howMany[language].test(plain)) return speak.count(users.length + 1)
  const about = saidAbout[language].exec(plain)?.groups?.['about']
  if (about !== undefined && users.length > 0) {
    const found = mostAlike(users, about, language)
    return found === undefined ? speak.notAbout : speak.quote(found)
  }
  if (saidFirst[language].test(plain))
    return users[0] === undefined ? speak.nothingHeard : speak.first(users[0])
  if (saidLast[language].test(plain) || about !== undefined) {
    const last = users.at(-1)
    return last === undefined ? speak.nothingHeard : speak.quote(last)
  }
  const words = sayThis[language].exec(raw)?.groups?.['text']
  return words === undefined ? undefined : ended(unquoted(words))
}

function mostAlike(turns: readonly string[], about: string, language: AnswerLanguage): string | undefined {
  const search = createPassageSearch(
    turns.map((text) => ({ id: '', topic: '', asks: [text], text })),
    language,
  )
  const best = search(about)[0]
  return best !== undefined && best.score > 0.1 ? best.passage.text : undefined
}

function unquoted(text: string): string {
  return text.trim().replace(/^["'“„»«]+|["'”“»«]+(?=[.!?]*$)/gu, '')
}

function ended(text: string): string {
  return /[.!?…]$/.test(text.trim()) ? text.trim() : `${text.trim()}.`
}
