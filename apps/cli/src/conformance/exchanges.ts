import { update, shared } from './bench.ts'
import type { Bench } from './bench.ts'
import { ClauseFailure, NotTried, NotSupported, check } from './outcome.ts'
import type { Client } from './client.ts'
import { Microphone, sentenceFrames, append } from './microphone.ts'
import type { Spoken } from './microphone.ts'
import { at, hasText, saysUnsupported, textAt } from './reader.ts'
import type { WireEvent } from './reader.ts'

/** Any model answers this with a few words. */
export const shortQuestion = 'Please say hello to me in one short sentence.'

/** Any model talks for a while. */
export const longQuestion = 'Please count aloud from one to sixty, every number as a word, without a stop.'

/** Any model talks for some seconds. */
const countingQuestion = 'Please count aloud from one to twenty, every number as a word, without a stop.'

/** A function every model can call. */
export const weatherTool = functionTool('get_weather', 'Tells the weather of a city.')

/** A second one, for calls at once. */
export const timeTool = functionTool('get_time', 'Tells the local time of a city.')

/** Detection of turns as clients ask for it. */
export const serverVad = {
  type: 'server_vad',
  threshold: 0.5,
  prefix_padding_ms: 300,
  silence_duration_ms: 500,
  create_response: true,
  interrupt_response: true,
} as const

/** One response as it went over the wire. */
export interface Answer {
  readonly client: Client
  /** Id of what was said to it, where that was an item of ours. */
  readonly userItem: string
  readonly created: WireEvent
  readonly done: WireEvent
  readonly id: string
  /** Events that name the response, in order. */
  readonly events: readonly WireEvent[]
  /** Everything from the request on, including what came in the half second after the end. */
  readonly all: readonly WireEvent[]
}

/** A written answer to a written question; its response carries metadata. */
export const textAnswer = shared(async (bench) => {
  const client = await bench.session()
  return answerTo(bench, client, shortQuestion)
})

/** A spoken answer to a written question. */
export const audioAnswer = shared(async (bench) => {
  const client = await bench.session({ output: 'audio' })
  return answerTo(bench, client, shortQuestion)
})

/** A turn that the server ends by itself, and its answer. */
export const vadTurn = shared(async (bench) => {
  const client = await bench.session({ turnDetection: serverVad })
  const since = client.events.length
  const microphone = new Microphone(client)
  await client.listen(1000)
  const spoken = microphone.say()
  await client.until(() => client.events.some(({ type }) => type === 'response.done') || !!client.closed)
  await microphone.stop()
  return { client, spoken, all: client.events.slice(since) }
})

/** Two spoken turns that the client ends. */
export const manualTurns = shared(async (bench) => {
  const client = await bench.session()
  const since = client.events.length
  await sayAndCommit(client)
  await client.listen(1000)
  const afterFirst = client.events.slice(since)
  await sayAndCommit(client)
  return { client, afterFirst, all: client.events.slice(since) }
})

/** A spoken turn with transcription, and no answer. */
export const transcribedTurn = shared(async (bench) => {
  const client = await bench.session({ transcription: { model: bench.target.transcriptionModel } })
  const since = client.events.length
  const itemId = await sayAndCommit(client)
  const prefix = 'conversation.item.input_audio_transcription.'
  await client.until(() =>
    client.events.some(({ type }) => type === `${prefix}completed` || type === `${prefix}failed`),
  )
  return { client, itemId, all: client.events.slice(since) }
})

/** An answer that is spoken into, and what comes of it. */
export const bargeIn = shared(async (bench) => interrupted(bench, true))

/** The same where the session says that speech does not interrupt. */
export const noBargeIn = shared(async (bench) => interrupted(bench, false))

/** A call the model has to make, its output, and the answer. */
export const toolCall = shared(async (bench) => {
  const client = await bench.session({ tools: [weatherTool], toolChoice: 'required' })
  const call = await answerTo(bench, client, 'How is the weather in Paris? Use the tool.')
  const callItem = call.events.find(({ type, item }) => type.endsWith('output_item.done') && isCall(item))
  const callId = textAt(callItem, 'item.call_id')
  if (callId === undefined) throw new ClauseFailure('a function call as answer', client.summary())
  const unasked = call.all.slice(call.all.indexOf(call.done) + 1)
  await update(client, bench.wire, { toolChoice: 'none' })
  const since = client.events.length
  const output = { type: 'function_call_output', call_id: callId, output: '{"weather":"sunny","degrees":21}' }
  await client.ask({ type: 'conversation.item.create', item: output }, bench.wire.itemAdded)
  const afterOutput = client.events.slice(since)
  const answer = await respond(client)
  return { client, call, callId, unasked, afterOutput, answer }
})

/** Whether an item is a call of a function. */
export function isCall(item: unknown): boolean {
  return textAt(item, 'type') === 'function_call'
}

/** Writes a question and waits for the whole answer. */
export async function answerTo(bench: Bench, client: Client, question: string): Promise<Answer> {
  const userItem = await write(bench, client, question)
  return respond(client, { metadata: { check: 'conformance' } }, userItem)
}

/** Adds what the user writes; gives the id of the item. */
export async function write(bench: Bench, client: Client, text: string): Promise<string> {
  const item = { type: 'message', role: 'user', content: [{ type: 'input_text', text }] }
  const added = await client.ask({ type: 'conversation.item.create', item }, bench.wire.itemAdded)
  return textAt(added, 'item.id') ?? ''
}

/** Asks for a response and waits for its end, and half a second more. */
export async function respond(
  client: Client,
  response?: Readonly<Record<string, unknown>>,
  userItem = '',
): Promise<Answer> {
  const since = client.events.length
  await client.ask({ type: 'response.create', ...(response && { response }) }, 'response.created')
  const created = await client.nextOf('response.created', { since })
  const id = textAt(created, 'response.id') ?? ''
  const done = await client.next(
    'response.done of the response',
    (event) => event.type === 'response.done' && (textAt(event, 'response.id') ?? id) === id,
    { since },
  )
  const error = at(done, 'response.status_details.error')
  if (textAt(done, 'response.status') === 'failed' && saysUnsupported(error)) {
    throw new NotSupported(textAt(error, 'message') ?? 'the response failed as not supported')
  }
  await client.listen(500)
  const all = client.events.slice(since)
  const events = all.filter((event) => responseIdOf(event) === id)
  return { client, userItem, created, done, id, events, all }
}

/** Id of the response an event belongs to. */
export function responseIdOf(event: WireEvent): string | undefined {
  return textAt(event, 'response_id') ?? textAt(event, 'response.id')
}

/** Says the sentence in one go and commits it; gives the id of the committed item. */
export async function sayAndCommit(client: Client): Promise<string> {
  for (const frame of sentenceFrames()) append(client, frame)
  const committed = await client.ask({ type: 'input_audio_buffer.commit' }, 'input_audio_buffer.committed')
  const itemId = textAt(committed, 'item_id') ?? ''
  await client.next('the committed item', (event) => textAt(event, 'item.id') === itemId)
  return itemId
}

/** What an answer that was spoken into came to. */
interface Interrupted {
  readonly client: Client
  readonly spoken: Spoken
  readonly responseId: string
  /** Items from the request on. */
  readonly all: readonly WireEvent[]
}

async function interrupted(bench: Bench, interrupts: boolean): Promise<Interrupted> {
  const { wire } = bench
  const turnDetection = { ...serverVad, interrupt_response: interrupts, create_response: interrupts }
  const client = await bench.session({ output: 'audio', turnDetection })
  await write(bench, client, interrupts ? longQuestion : countingQuestion)
  const since = client.events.length
  const microphone = new Microphone(client)
  try {
    const created = await client.ask({ type: 'response.create' }, 'response.created')
    const responseId = textAt(created, 'response.id') ?? ''
    await client.nextOf(wire.audioDelta, { since })
    const spoken = microphone.say()
    const isEnd = (event: WireEvent) => event.type === 'response.done' && responseIdOf(event) === responseId
    const started = () => client.events.findIndex(({ type }) => type === 'input_audio_buffer.speech_started')
    await client.until(() => started() !== -1 || client.closed !== undefined)
    const startedAt = started()
    const endedAt = client.events.findIndex(isEnd)
    const isComplete = at(client.events[endedAt], 'response.status') === 'completed'
    if (isComplete && endedAt < startedAt) {
      throw new NotTried('the answer was complete before the speech was noticed')
    }
    await client.until(() => client.events.some(isEnd) || client.closed !== undefined)
    if (interrupts) await client.until(() => hasSecondAnswer(client.events.slice(since)))
    await client.listen(500)
    return { client, spoken, responseId, all: client.events.slice(since) }
  } finally {
    await microphone.stop()
  }
}

function hasSecondAnswer(events: readonly WireEvent[]): boolean {
  return events.filter(({ type }) => type === 'response.created').length > 1
}

/** A function tool that takes a city. */
function functionTool(name: string, description: string): Readonly<Record<string, unknown>> {
  const parameters = { type: 'object', properties: { city: { type: 'string' } }, required: ['city'] }
  return { type: 'function', name, description, parameters }
}

/** Fails unless the types come in this order, each after the first of the one before. */
export function checkOrder(
  events: readonly WireEvent[],
  steps: readonly { readonly name: string; readonly fits: (event: WireEvent) => boolean }[],
  found: string,
): void {
  let last = -1
  for (const [index, { name, fits }] of steps.entries()) {
    const position = events.findIndex(fits)
    const before = index === 0 ? 'first' : `after ${steps[index - 1]?.name}`
    check(position !== -1 && position > last, `${name} ${before}`, found)
    last = position
  }
}

/** A step of `checkOrder` that is any event of a type. */
export function step(type: string): { readonly name: string; readonly fits: (event: WireEvent) => boolean } {
  return { name: type, fits: (event) => event.type === type }
}

/** Whether a response has text that a listener could have heard or read. */
export function spokenOrWritten(item: unknown): boolean {
  return ['content.0.text', 'content.0.transcript'].some((path) => hasText(item, path))
}
