import { createPassageSearch, knownScore, type PassageSearch } from './passage-search.ts'
import { type Passage, passages } from './passages.ts'
import type { Question } from './question.ts'
import type { AnswerLanguage } from './spelling.ts'

const searches: Readonly<Record<AnswerLanguage, PassageSearch>> = {
  en: createPassageSearch(passages.en, 'en'),
  de: createPassageSearch(passages.de, 'de'),
}

/** Most passages one long answer has. */
const longAnswer = 6

const more = {
  en: /^(?:(?:please|and|okay|can you|could you) )*(?:tell me (?:some )?more|more|go on|continue|keep going|what else|and then|(?:more|anything else) (?:about|on) (?:that|it|this)|tell me more about (?:that|it|this))(?: please)?$/iu,
  de: /^(?:(?:bitte|und|okay|kannst du) )*(?:(?:erzähle?|sage?)(?: mir| bitte)* (?:noch )?mehr(?: (?:davon|darüber))?|mehr(?: (?:davon|darüber))?|weiter|mach weiter|was noch|und dann|noch mehr)(?: bitte| erzählen)*$/iu,
}
const everything = {
  en: /\b(?:everything|all you know|a long (?:answer|story|talk)|in detail|at length|a lot)(?: (?:about|on) (?<about>.+))?$|\btell me (?:a story|something|anything)\b/iu,
  de: /\b(?:alles|ausführlich|lange antwort|viel)(?: (?:über|zu|von) (?<about>.+))?$|\berzähle?(?: mir)?(?: bitte)? (?:etwas|was|eine geschichte)$|\b(?:über|zu) (?<topic>.+) (?:ausführlich|alles)\b/iu,
}

const unknown = {
  en: 'I do not know that. I know about Parley and voice services, and what you have told me. A language model can be connected: see the README.',
  de: 'Das weiß ich nicht. Ich kenne Parley, Sprachdienste und was du mir gesagt hast. Ein Sprachmodell kann angeschlossen werden: siehe README.',
} as const
const noMore = {
  en: 'That is all I know about it.',
  de: 'Mehr weiß ich darüber nicht.',
} as const

/** The passage that answers a question best; `undefined` when none is close enough. */
export function findPassage(question: string, language: AnswerLanguage): Passage | undefined {
  const best = searches[language](question)[0]
  return best !== undefined && best.score >= knownScore ? best.passage : undefined
}

/** Goes on with the topic of the last answer. */
export function tellMore({ plain, language, before }: Question): string | undefined {
  if (!more[language].test(plain)) return undefined
  const told = toldPassages(before, language)
  const topic = told.at(-1)?.topic ?? 'parley'
  const next = passages[language]
    .filter((passage) => passage.topic === topic && !told.includes(passage))
    .slice(0, 2)
  return next.length === 0 ? noMore[language] : spoken(next)
}

/** Tells all passages of a topic when a long answer is asked for. */
export function tellEverything({ plain, language }: Question): string | undefined {
  const groups = everything[language].exec(plain)
  if (groups === null) return undefined
  const about = groups.groups?.['about'] ?? groups.groups?.['topic'] ?? plain
  const first = findPassage(about, language) ?? (about === plain ? passages[language][0] : undefined)
  if (first === undefined) return undefined
  const rest = passages[language].filter((passage) => passage.topic === first.topic && passage !== first)
  return spoken([first, ...rest].slice(0, longAnswer))
}

/** Answers from the knowledge, or admits that it has no answer. */
export function tellKnown({ plain, language }: Question): string {
  return findPassage(plain, language)?.text ?? unknown[language]
}

/** Passages told before, oldest first; an interrupted one counts from its first words. */
function toldPassages(before: Question['before'], language: AnswerLanguage): readonly Passage[] {
  return before
    .filter(({ role }) => role === 'assistant')
    .flatMap(({ text }) => passages[language].filter((passage) => text.includes(passage.text.slice(0, 30))))
}

function spoken(list: readonly Passage[]): string {
  return list.map(({ text }) => text).join(' ')
}
