import type { ContentPart, Item } from '../../../../events/items.ts'
import type { LanguageModelRequest } from '../../stages.ts'
import { type Notes, notesIn } from './notes.ts'
import { type AnswerLanguage, detectLanguage, toPlainWords } from './spelling.ts'
import type { Turn } from './turn.ts'
import { toDigits } from './number-words.ts'

/** The last user turn and what surrounds it. */
export interface Question {
  /** As recognised or typed; empty when the user has said nothing. */
  readonly raw: string
  /** Without punctuation and contractions, case kept. */
  readonly plain: string
  /** `plain` with numbers as digits. */
  readonly counted: string
  readonly language: AnswerLanguage
  /** Everything said before, oldest first. */
  readonly before: readonly Turn[]
  /** Told of earlier talk. */
  readonly notes: Notes
  /** Name the instructions give the assistant, as in "You are Ada". */
  readonly persona: string | undefined
  readonly now: Date
  /** IANA name, `undefined` = that of the machine. */
  readonly timeZone: string | undefined
}

/** One thing the answerer can do; `undefined` when the question is not for it. */
export type Skill = (question: Question) => string | undefined

/** Reads the conversation into a question. */
export function toQuestion(
  { items, language, instructions }: Pick<LanguageModelRequest, 'items' | 'language' | 'instructions'>,
  clock: { readonly now: Date; readonly timeZone: string | undefined },
): Question {
  const turns = items.flatMap(toTurn)
  const at = turns.findLastIndex(({ role }) => role === 'user')
  const raw = turns[at]?.text ?? ''
  const before = at < 0 ? turns : turns.slice(0, at)
  const answerLanguage = languageOf(language, raw, before, instructions)
  const plain = toPlainWords(raw)
  return {
    raw,
    plain,
    counted: toDigits(plain, answerLanguage),
    language: answerLanguage,
    before,
    notes: notesIn(items, instructions),
    persona: personaOf(instructions),
    ...clock,
  }
}

function languageOf(
  tag: string | undefined,
  raw: string,
  before: readonly Turn[],
  instructions: string,
): AnswerLanguage {
  const primary = tag?.toLowerCase().split('-')[0]
  if (primary === 'de' || primary === 'en') return primary
  const texts = [raw, ...before.toReversed().map(({ text }) => text), instructions]
  for (const text of texts) {
    const detected = detectLanguage(text)
    if (detected !== undefined) return detected
  }
  return 'en'
}

function personaOf(instructions: string): string | undefined {
  const named =
    /\b(?:your name is|you are (?:called|named)|du heißt|dein name ist)\s+["'„“]?(\p{Lu}[\p{L}-]+)/iu.exec(
      instructions,
    ) ?? /\b(?:[Yy]ou are|[Dd]u bist)\s+["'„“]?(\p{Lu}\p{Ll}+)(?=[\s]*(?:[.,;!"'“”]|$))/u.exec(instructions)
  return named?.[1]
}

function toTurn(item: Item): readonly Turn[] {
  if (item.type !== 'message' || item.role === 'system') return []
  const text = item.content
    .map((part: ContentPart) => {
      if (part.type === 'input_image') return ''
      return (part.type === 'input_text' || part.type === 'output_text' ? part.text : part.transcript) ?? ''
    })
    .join(' ')
    .trim()
  return text === '' ? [] : [{ role: item.role, text }]
}
