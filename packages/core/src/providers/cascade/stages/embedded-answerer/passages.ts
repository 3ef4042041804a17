import { knowledgeDe } from './knowledge-de.ts'
import { knowledgeEn } from './knowledge-en.ts'
import { type AnswerLanguage } from './spelling.ts'

/** A few sentences that can be spoken as an answer. */
export interface Passage {
  /** `topic.name`, the same in every language. */
  readonly id: string
  readonly topic: string
  /** Ways people ask for it. */
  readonly asks: readonly string[]
  readonly text: string
}

function parseKnowledge(source: string): readonly Passage[] {
  return [...source.matchAll(/^@(([a-z]+)\.[a-z]+) (.+)\n(.+)$/gm)].map(
    ([, id = '', topic = '', asks = '', text = '']) => ({
      id,
      topic,
      asks: asks.split(' / '),
      text,
    }),
  )
}

/** All passages by language. */
export const passages: Readonly<Record<AnswerLanguage, readonly Passage[]>> = {
  en: parseKnowledge(knowledgeEn),
  de: parseKnowledge(knowledgeDe),
}
