import { createPassageSearch } from './passage-search.ts'
import { passages } from './passages.ts'
import type { Question } from './question.ts'

/** Least score of a note that answers a question; foreign questions rarely come near it. */
const notedScore = 0.28

/** Of lines that answer about as well as the best one, the newest holds. */
const aboutAsWell = 0.8

const texts = {
  en: { noted: (note: string) => `I have noted: ${note}`, said: (words: string) => `You said: ${words}` },
  de: {
    noted: (note: string) => `Ich habe mir notiert: ${note}`,
    said: (words: string) => `Du hast gesagt: ${words}`,
  },
} as const

/** How questions begin: recognised speech may lack the mark at their end. */
const questions =
  /^(?:and |so |but |okay |please |und |also |aber |bitte )*(?:what|who|whom|whose|which|where|when|why|how|is|are|was|were|am|do|does|did|can|could|will|would|should|shall|may|have|has|tell|say|repeat|explain|show|wer|wen|wem|wessen|welche[mnrs]?|wo|wohin|woher|wann|warum|wieso|wie|ist|sind|war|bin|bist|kannst|können|könntest|hast|habe|haben|hat|wird|willst|soll|sollte|darf|gibt|weißt|kennst|sage?|erzähle?|wiederhole?|erkläre?|zeige?)\b/iu

/** Answers from the notes, and from what the user stated before, what they answer better than the knowledge does. */
export function noted({
  plain,
  raw,
  language,
  notes: { known, said },
  before,
}: Question): string | undefined {
  if (!isQuestion(raw)) return undefined
  const speak = texts[language]
  const statements = before.filter(({ role, text }) => role === 'user' && !isQuestion(text))
  const lines = [
    ...[...known, ...said.filter(({ role }) => role === 'user').map(({ text }) => text)].map((text) => ({
      text,
      answer: speak.noted(text),
    })),
    ...statements.map(({ text }) => ({ text, answer: speak.said(text) })),
  ]
  if (lines.length === 0) return undefined
  // With the knowledge beside them, common words weigh little however few the lines are.
  const search = createPassageSearch(
    [
      ...lines.map(({ text }, at) => ({ id: String(at), topic: '', asks: [text], text })),
      ...passages[language],
    ],
    language,
  )
  const found = search(plain)
  const best = found[0]
  if (!best || best.score < notedScore || lines[Number(best.passage.id)] === undefined) return undefined
  const close = found.filter(
    ({ score, passage }) => passage.topic === '' && score >= best.score * aboutAsWell,
  )
  return lines[Math.max(...close.map(({ passage }) => Number(passage.id)))]?.answer
}

function isQuestion(text: string): boolean {
  return text.includes('?') || questions.test(text.trim())
}
