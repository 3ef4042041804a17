import { createPassageSearch } from './passage-search.ts'
import type { Question } from './question.ts'
import { knowledgeScore } from './telling.ts'

/** Least score of a note that answers a question; foreign questions rarely come near it. */
const notedScore = 0.28

const texts = {
  en: (note: string) => `I have noted: ${note}`,
  de: (note: string) => `Ich habe mir notiert: ${note}`,
} as const

/** Answers from the notes what they answer better than the knowledge does. */
export function noted({ plain, language, notes: { known, said } }: Question): string | undefined {
  const lines = [...known, ...said.filter(({ role }) => role === 'user').map(({ text }) => text)]
  if (lines.length === 0) return undefined
  const search = createPassageSearch(
    lines.map((text) => ({ id: '', topic: '', asks: [text], text })),
    language,
  )
  const best = search(plain)[0]
  if (best === undefined || best.score < Math.max(notedScore, knowledgeScore(plain, language)))
    return undefined
  return texts[language](best.passage.text)
}
