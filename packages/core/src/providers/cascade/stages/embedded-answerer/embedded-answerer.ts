import { randomUUID } from 'node:crypto'
import type { Item } from '../../../../events/items.ts'
import type { LanguageModel, LanguageModelPart, LanguageModelRequest } from '../../stages.ts'
import { personalFacts } from './facts.ts'
import { noted } from './noted.ts'
import { type Question, type Skill, toQuestion } from './question.ts'
import { recall } from './recall.ts'
import { arithmetic, clock, count } from './reckoning.ts'
import { greeting, smallTalk } from './small-talk.ts'
import { tellEverything, tellKnown, tellMore } from './telling.ts'
import { chooseCall } from './tool-calls.ts'
import { speakOutputs } from './tool-output.ts'

/** Options of `embeddedAnswerer`. */
export interface EmbeddedAnswererOptions {
  readonly now?: () => Date
  /** IANA name, for example `Europe/Berlin`; `undefined` = that of the machine. */
  readonly timeZone?: string | undefined
  readonly createCallId?: () => string
}

/** Plain name of the answerer, for people. */
export const embeddedAnswererTitle = 'Embedded answerer (no language model)'

// The first that feels addressed answers; the knowledge comes last and always answers.
const skills: readonly Skill[] = [
  smallTalk,
  recall,
  count,
  personalFacts,
  clock,
  arithmetic,
  tellMore,
  tellEverything,
  noted,
  tellKnown,
]

/**
 * Answers without a language model: from a small text about Parley and realtime voice, and from the conversation
 * itself, in English or German. The same request gives the same answer. Of the instructions it takes a name
 * ("You are Ada") and a text to say (`Say: "..."`). Calls tools by the plain rules of `chooseCall` and speaks their
 * results. `maxOutputTokens` counts words.
 */
export function embeddedAnswerer(options: EmbeddedAnswererOptions = {}): LanguageModel {
  const {
    now = () => new Date(),
    timeZone,
    createCallId = () => `call_${randomUUID().replaceAll('-', '').slice(0, 24)}`,
  } = options

  async function* respond(request: LanguageModelRequest): AsyncGenerator<LanguageModelPart> {
    request.signal.throwIfAborted()
    const question = toQuestion(request, { now: now(), timeZone })
    const outputs = trailingOutputs(request.items)
    const call = outputs.length === 0 ? chooseCall(request, question) : undefined
    if (call !== undefined) {
      yield { type: 'tool_call', callId: createCallId(), ...call }
      yield { type: 'end', reason: 'completed', usage: undefined }
      return
    }
    const answer =
      outputs.length > 0 ? speakOutputs(outputs, question.language) : answerTo(question, request.instructions)
    const pieces = answer.match(/\S+\s*/g) ?? []
    const limit = request.maxOutputTokens ?? pieces.length
    for (const text of pieces.slice(0, limit)) {
      request.signal.throwIfAborted()
      yield { type: 'text', text }
    }
    yield { type: 'end', reason: pieces.length > limit ? 'max_output_tokens' : 'completed', usage: undefined }
  }

  return { name: 'embedded-answerer', tools: true, respond }
}

function answerTo(question: Question, instructions: string): string {
  if (question.raw === '') return textToSay(instructions) ?? greeting(question)
  for (const skill of skills) {
    const answer = skill(question)
    if (answer !== undefined) return answer
  }
  return tellKnown(question)
}

/** Text the instructions ask to be said when the user has said nothing. */
function textToSay(instructions: string): string | undefined {
  return /\b(?:say|repeat|sage?|wiederhole)\b[^"“„]{0,40}["“„](?<text>[^"“”]+)["“”]/iu.exec(instructions)
    ?.groups?.['text']
}

/** Results after the last message, in order; empty when the user spoke after them. */
function trailingOutputs(items: readonly Item[]): readonly string[] {
  const after = items.slice(items.findLastIndex(({ type }) => type === 'message') + 1)
  const last = after.at(-1)
  if (last?.type !== 'function_call_output') return []
  return after
    .slice(after.findLastIndex(({ type }) => type === 'function_call') + 1)
    .flatMap((item) => (item.type === 'function_call_output' ? item.output : []))
}
