import { RealtimeError } from '@parley/core'
import type { LanguageModel } from '@parley/core/providers/cascade'

/** One question to a language model. */
export interface Question {
  readonly instructions: string
  readonly text: string
  readonly maxOutputTokens: number
  readonly signal: AbortSignal
}

/** The whole answer of a model as text. Rejects with a `RealtimeError`, also when there are no words in it. */
export async function askModel(model: LanguageModel, question: Question): Promise<string> {
  const { instructions, text, maxOutputTokens, signal } = question
  let answer = ''
  const parts = model.respond({
    instructions,
    items: [{ type: 'message', role: 'user', content: [{ type: 'input_text', text }] }],
    tools: [],
    toolChoice: 'none',
    model: undefined,
    language: undefined,
    maxOutputTokens,
    signal,
  })
  for await (const part of parts) if (part.type === 'text') answer += part.text
  if (answer.trim() === '') {
    throw new RealtimeError('backend_unavailable', 'The language model answered without words.')
  }
  return answer.trim()
}
