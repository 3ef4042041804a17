import type { LanguageModelRequest } from '../../stages.ts'
import { toChatMessages } from './chat-messages.ts'

/** What a server was found to accept; learnt from its refusals and kept for later requests. */
export interface ServerHabits {
  /** Accepts `stream_options.include_usage`. */
  reportsUsage: boolean
  /** Name of the field that limits the answer: older and local servers know only the first. */
  tokenLimitField: 'max_tokens' | 'max_completion_tokens'
}

/** Body of `POST /chat/completions`. A `toolChoice` of `none` leaves the tools out, as many servers ignore it. */
export function toChatRequest(
  request: LanguageModelRequest,
  model: string,
  habits: ServerHabits,
): Readonly<Record<string, unknown>> {
  const { tools, toolChoice, maxOutputTokens, temperature } = request
  return {
    model,
    messages: toChatMessages(instructionsOf(request), request.items),
    stream: true,
    ...(habits.reportsUsage && { stream_options: { include_usage: true } }),
    ...(temperature !== undefined && { temperature }),
    ...(maxOutputTokens !== undefined && { [habits.tokenLimitField]: maxOutputTokens }),
    ...(tools.length > 0 &&
      toolChoice !== 'none' && {
        tools: tools.map(({ name, description, parameters }) => ({
          type: 'function',
          function: { name, description, parameters: parameters ?? { type: 'object', properties: {} } },
        })),
        tool_choice:
          typeof toolChoice === 'string'
            ? toolChoice
            : { type: 'function', function: { name: toolChoice.name } },
      }),
  }
}

function instructionsOf({ instructions, language }: LanguageModelRequest): string {
  if (language === undefined) return instructions
  const name = new Intl.DisplayNames('en', { type: 'language', fallback: 'code' }).of(language) ?? language
  return `${instructions}\n\nAnswer in ${name}.`.trim()
}

/**
 * Learns from a refusal: changes the habit the body complains about, at most once each per request.
 * Answers whether trying again makes sense.
 */
export function learnFromRefusal(habits: ServerHabits, body: string, tried: Set<string>): boolean {
  if (body.includes('stream_options') && habits.reportsUsage && !tried.has('usage')) {
    tried.add('usage')
    habits.reportsUsage = false
    return true
  }
  const limitRefused =
    /max_(?:completion_)?tokens/.test(body) &&
    /not supported|unsupported|unknown|unrecognized|unexpected|extra|not permitted|not allowed/i.test(body)
  if (!limitRefused || tried.has('limit')) return false
  tried.add('limit')
  habits.tokenLimitField = habits.tokenLimitField === 'max_tokens' ? 'max_completion_tokens' : 'max_tokens'
  return true
}
