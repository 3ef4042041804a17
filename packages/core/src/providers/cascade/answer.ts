import { createClauseSplitter } from '../speech/clause-splitter.ts'
import { readAhead } from './read-ahead.ts'
import { speak } from '../speech/speak.ts'
import { toSpokenText } from '../speech/spoken-text.ts'
import type { LanguageModelPart, LanguageModelRequest, Stages } from './stages.ts'

/** A piece of an answer in order. A spoken clause comes right before its sound. */
export type AnswerPart =
  | LanguageModelPart
  /** PCM16 at 24 kHz, at most 100 ms. */
  | { readonly type: 'sound'; readonly bytes: Uint8Array }

/** An answer that is being made. */
export interface Answer {
  /** Iterated once; throws what the language model or the voice threw, after what came before it. */
  readonly parts: AsyncIterable<AnswerPart>
  /** Clock time of the language model's first text, `undefined` before it. */
  readonly firstTextAt: number | undefined
  cancel(): void
}

/** What an answer is made from. */
export interface AnswerOptions {
  readonly stages: Pick<Stages, 'llm' | 'tts'>
  readonly request: Omit<LanguageModelRequest, 'signal'>
  /** How it is spoken, `undefined` for a written answer. */
  readonly voice: { readonly name: string; readonly speed: number } | undefined
  readonly now: () => number
}

/** Text the language model may be ahead of the voice, in parts. */
const textAhead = 512

/** Sound the voice may be ahead of who listens, in pieces of 100 ms; about a first clause. */
const soundAhead = 24

/**
 * Starts an answer at once and works ahead of whoever reads it: the model while the voice speaks, the voice
 * while the clause before is being sent. An answer nobody reads stops after about its first clause.
 */
export function createAnswer({ stages, request, voice, now }: AnswerOptions): Answer {
  const controller = new AbortController()
  const { signal } = controller
  let firstTextAt: number | undefined

  async function* thought(): AsyncGenerator<LanguageModelPart, void, undefined> {
    for await (const part of stages.llm.respond({ ...request, signal })) {
      if (part.type === 'text' && part.text === '') continue
      if (part.type === 'text') firstTextAt ??= now()
      yield part
    }
  }

  const thoughts = readAhead(thought(), { limit: textAhead, signal })
  return {
    parts: voice ? readAhead(spoken(thoughts, voice), { limit: soundAhead, signal }) : thoughts,
    get firstTextAt() {
      return firstTextAt
    },
    cancel: () => controller.abort(),
  }

  async function* spoken(
    parts: AsyncIterable<LanguageModelPart>,
    { name, speed }: NonNullable<AnswerOptions['voice']>,
  ): AsyncGenerator<AnswerPart, void, undefined> {
    const splitter = createClauseSplitter()
    let silent = true

    async function* say(clause: string): AsyncGenerator<AnswerPart, void, undefined> {
      const text = toSpokenText(clause)
      let announced = false
      if (text !== '') {
        for await (const bytes of speak(stages.tts, text, {
          voice: name,
          speed,
          signal,
          trimStart: silent,
        })) {
          if (!announced) yield { type: 'text', text: clause }
          announced = true
          silent = false
          yield { type: 'sound', bytes }
        }
      }
      if (!announced) yield { type: 'text', text: clause }
    }

    for await (const part of parts) {
      const clauses = part.type === 'text' ? splitter.push(part.text) : splitter.flush()
      for (const clause of clauses) yield* say(clause)
      if (part.type !== 'text') yield part
    }
    for (const clause of splitter.flush()) yield* say(clause)
  }
}
