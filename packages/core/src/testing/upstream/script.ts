import { objectsOf, textOf } from './json.ts'
import type { Settings, WireObject } from './wire.ts'

/** What the stand-in answers. */
export type Plan =
  | {
      readonly kind: 'say'
      readonly words: readonly string[]
      readonly wordMs: number
      readonly odd?: boolean
    }
  | { readonly kind: 'call'; readonly names: readonly string[] }
  | {
      readonly kind: 'mcp'
      readonly server: string
      readonly name: string
      /** The request that was approved. */
      readonly approval?: string
    }
  | { readonly kind: 'fail' }
  | { readonly kind: 'drop' }
  | { readonly kind: 'expire' }

/** One item of the context: its wire form and what it says. */
export interface ContextItem {
  readonly item: WireObject
  readonly text: string
}

/** What a user is heard to say. */
export const heardTranscript = 'hello upstream'

/** The answer to a context. Pure: the same context and settings give the same answer. */
export function planOf(context: readonly ContextItem[], settings: Settings): Plan {
  const approved = approvedCall(context)
  if (approved !== undefined) return approved
  const outputs = lastOutputs(context)
  if (outputs !== undefined) return say(outputs)
  const asking = context.findLastIndex(({ item }) => item['type'] === 'message' && item['role'] === 'user')
  const question = context[asking]
  if (question === undefined) return forced(settings) ?? say('Hello.')
  const before = context.slice(0, asking)
  const parts = objectsOf(question.item['content'])
  if (parts.some(({ type }) => type === 'input_image')) return say('I see an image.')
  const calls = callsIn(question.text, settings)
  return forced(settings) ?? calls ?? spoken(question.text, before, settings, parts)
}

function spoken(
  text: string,
  before: readonly ContextItem[],
  settings: Settings,
  parts: readonly WireObject[],
): Plan {
  if (/drop the line/i.test(text)) return { kind: 'drop' }
  if (/expire the session/i.test(text)) return { kind: 'expire' }
  if (/fail please/i.test(text)) return { kind: 'fail' }
  const count = /count to (\d+)/i.exec(text)?.[1]
  if (count !== undefined) {
    const words = Array.from({ length: Number(count) }, (_, at) => numberWords[at] ?? String(at + 1))
    return { kind: 'say', words, wordMs: 200 }
  }
  if (/what did i say/i.test(text)) return say(recollection(before))
  if (/which voice/i.test(text)) return say(`My voice is ${settings.voice}.`)
  if (/in german/i.test(`${text} ${settings.instructions}`)) return say('Das ist Deutsch.')
  if (parts.some(({ type }) => type === 'input_audio')) return say('I heard you.')
  return { ...say(`You said: ${text}.`), odd: /odd event/i.test(text) }
}

const numberWords = ['one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine', 'ten']

function say(text: string): Extract<Plan, { kind: 'say' }> {
  return { kind: 'say', words: text.split(' '), wordMs: 100 }
}

function recollection(before: readonly ContextItem[]): string {
  const of = (role: string) =>
    before.filter(({ item, text }) => item['role'] === role && text !== '').map(({ text }) => text)
  const said = of('assistant')
  const asked = of('user').join(' | ') || 'nothing'
  return `You said before: ${said.length === 0 ? asked : `${asked} || ${said.join(' | ')}`}.`
}

/** What follows from the last answer to an approval request, unless the call was made already. */
function approvedCall(context: readonly ContextItem[]): Plan | undefined {
  const items = context.map(({ item }) => item)
  const last = items.findLast(({ type }) => type === 'mcp_approval_response')
  const request = items.find(({ id }) => id !== undefined && id === last?.['approval_request_id'])
  const made = items.some(
    ({ approval_request_id: id, type }) => type === 'mcp_call' && id === request?.['id'],
  )
  if (last === undefined || request === undefined || made || items.at(-1) !== last) return undefined
  if (last['approve'] !== true) return say('The call was not approved.')
  return {
    kind: 'mcp',
    server: textOf(request['server_label']),
    name: textOf(request['name']),
    approval: textOf(request['id']),
  }
}

/** The outputs that end the context, once no call before them waits for one. */
function lastOutputs(context: readonly ContextItem[]): string | undefined {
  const last = context.findLastIndex(({ item }) => item['type'] === 'message' && item['role'] === 'user')
  const since = context.slice(last + 1).map(({ item }) => item)
  const outputs = since.filter(({ type }) => type === 'function_call_output')
  const results = since.filter(({ type, output }) => type === 'mcp_call' && typeof output === 'string')
  if (outputs.length === 0 && results.length === 0) return undefined
  const waiting = since.filter(
    ({ type, call_id: id }) => type === 'function_call' && !outputs.some(({ call_id: of }) => of === id),
  )
  if (waiting.length > 0) return `Waiting for ${waiting.map(({ name }) => textOf(name)).join(' | ')}.`
  return `The tool said: ${[...outputs, ...results].map(({ output }) => textOf(output)).join(' | ')}.`
}

/** `call <tool>` asks for every declared tool it names. */
function callsIn(text: string, settings: Settings): Plan | undefined {
  const asked = /\bcall\s+(.+)/i.exec(text)?.[1]
  if (asked === undefined || settings.toolChoice === 'none') return undefined
  const tokens = asked.split(/[^\w-]+/)
  const names = functionNames(settings).filter((name) => tokens.includes(name))
  if (names.length > 0)
    return { kind: 'call', names: names.toSorted((a, b) => tokens.indexOf(a) - tokens.indexOf(b)) }
  const server = settings.tools.find(({ type }) => type === 'mcp')
  if (server !== undefined && tokens.includes(simulatedMcpTool))
    return { kind: 'mcp', server: textOf(server['server_label']), name: simulatedMcpTool }
  return say(`There is no tool ${tokens[0] ?? ''}.`)
}

/** The one tool every simulated MCP server has. */
export const simulatedMcpTool = 'search'

function functionNames({ tools }: Settings): readonly string[] {
  return tools.filter(({ type }) => type === 'function').map(({ name }) => textOf(name))
}

/** A tool choice that leaves the model no other way. */
function forced(settings: Settings): Plan | undefined {
  const { toolChoice } = settings
  const [first] = functionNames(settings)
  if (toolChoice === 'required' && first !== undefined) return { kind: 'call', names: [first] }
  const chosen = objectsOf([toolChoice])[0]
  if (chosen?.['type'] === 'function') return { kind: 'call', names: [textOf(chosen['name'])] }
  return undefined
}
