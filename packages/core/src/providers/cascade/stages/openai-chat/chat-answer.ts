import { RealtimeError } from '../../../../errors.ts'
import type { LanguageModelPart } from '../../stages.ts'
import { isRecord, parseJson, stringOf } from '../http/json-value.ts'
import { createThinkFilter } from './think-filter.ts'
import { createToolCallAssembly } from './tool-call-assembly.ts'

type EndPart = Extract<LanguageModelPart, { type: 'end' }>

/** Turns chat completion chunks (or one whole completion) into parts of an answer. */
export interface ChatAnswer {
  push(chunk: unknown): readonly LanguageModelPart[]
  /** Whether the server said why it stopped; only usage may follow. */
  readonly finished: boolean
  /** The held back text, the calls and the `end`. */
  end(): readonly LanguageModelPart[]
}

/** Creates the state of one answer. Reasoning fields and `<think>` text are left out. */
export function createChatAnswer(newCallId?: () => string): ChatAnswer {
  const speech = createThinkFilter()
  const calls = createToolCallAssembly(newCallId)
  let finishReason = ''
  let usage: EndPart['usage']

  return {
    push(chunk) {
      if (!isRecord(chunk)) return []
      usage = toUsage(chunk['usage']) ?? usage
      const choice: unknown = Array.isArray(chunk['choices']) ? chunk['choices'][0] : undefined
      if (!isRecord(choice)) return []
      const whole = isRecord(choice['message']) ? 'stop' : ''
      finishReason = stringOf(choice['finish_reason']) || finishReason || whole
      const delta = choice['delta'] ?? choice['message']
      if (!isRecord(delta)) return []
      calls.push(delta['tool_calls'])
      return textParts(speech.push(contentText(delta['content']) + stringOf(delta['refusal'])))
    },
    get finished() {
      return finishReason !== ''
    },
    end() {
      const reason = toReason(finishReason)
      // Cut off in the middle of a call, its arguments are no JSON and it must not be run.
      const whole = calls
        .calls()
        .filter((call) => reason === 'completed' || parseJson(call.arguments) !== undefined)
      if (whole.some((call) => call.name === '')) {
        throw new RealtimeError(
          'backend_unavailable',
          'The language model called a function without naming it.',
        )
      }
      return [
        ...textParts(speech.flush()),
        ...whole.map((call) => ({ type: 'tool_call' as const, ...call })),
        { type: 'end', reason, usage },
      ]
    },
  }
}

function textParts(text: string): readonly LanguageModelPart[] {
  return text === '' ? [] : [{ type: 'text', text }]
}

/** Content is text, or (Mistral, some proxies) a list of text and other parts. */
function contentText(content: unknown): string {
  if (!Array.isArray(content)) return stringOf(content)
  return content
    .filter(isRecord)
    .map((part) => stringOf(part['text']))
    .join('')
}

function toReason(finishReason: string): EndPart['reason'] {
  if (finishReason === 'length' || finishReason === 'max_tokens') return 'max_output_tokens'
  return finishReason === 'content_filter' ? 'content_filter' : 'completed'
}

function toUsage(usage: unknown): EndPart['usage'] {
  if (!isRecord(usage)) return undefined
  const [inputTokens, outputTokens] = [usage['prompt_tokens'], usage['completion_tokens']]
  return typeof inputTokens === 'number' && typeof outputTokens === 'number'
    ? { inputTokens, outputTokens }
    : undefined
}
