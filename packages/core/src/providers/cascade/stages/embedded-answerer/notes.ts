import type { Item } from '../../../../events/items.ts'
import { notesTitle } from '../../../../events/parley-events.ts'
import { createPassageSearch } from './passage-search.ts'
import type { Question, Turn } from './question.ts'
import { knowledgeScore } from './telling.ts'

/** What a session was told of earlier talk. */
export interface Notes {
  /** Facts and sentences of a summary. */
  readonly known: readonly string[]
  /** What was said, in part. */
  readonly said: readonly Turn[]
}

/** Reads the notes of a session, wherever it was told them; everything else of the instructions is not for it. */
export function notesIn(items: readonly Item[], instructions: string): Notes {
  const system = items.flatMap((item) =>
    item.type === 'message' && item.role === 'system' ? item.content.map(({ text }) => text) : [],
  )
  const lines = [...system, instructions].flatMap((text) => {
    const at = text.indexOf(notesTitle)
    return at === -1 ? [] : text.slice(at).split('\n').slice(1)
  })
  const known: string[] = []
  const said: Turn[] = []
  for (const line of lines) {
    const { speaker, text } =
      /^(?:- )?(?:(?<speaker>User|Assistant|Application|Tool call|Tool result): )?(?<text>.*)$/su.exec(line)
        ?.groups ?? {}
    if (text === undefined || text === '' || (speaker === undefined && text.endsWith(':'))) continue
    if (speaker === 'User' || speaker === 'Assistant') {
      said.push({ role: speaker === 'User' ? 'user' : 'assistant', text })
    } else if (speaker === undefined) {
      known.push(...(line.startsWith('- ') ? [text] : text.split(/(?<=[.!?])\s+/u)))
    }
  }
  return { known, said }
}

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
