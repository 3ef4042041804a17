import type { LiveServerContent, LiveServerMessage } from '@google/genai'
import { admitSetup, type GeminiModel } from './gemini-models.ts'
import {
  invalid,
  readClientMessage,
  type GeminiClientMessage,
  type GeminiClose,
  type GeminiSetup,
} from './gemini-rules.ts'
import { geminiPlan, toolAnswer, type GeminiContextText, type GeminiPlan } from './gemini-script.ts'
import { samplesOf, toneOf } from './sound.ts'
import { createVoiceActivity } from './voice-activity.ts'

/** Enumerations of the vendor's types as the texts they are on the wire, every key optional. */
type Written<T> = T extends string
  ? `${T}`
  : T extends readonly (infer Entry)[]
    ? readonly Written<Entry>[]
    : T extends object
      ? { readonly [Key in keyof T]?: Written<T[Key]> | undefined }
      : T

/** A server message as the vendor's types describe it, without their methods. */
export type GeminiServerMessage = Omit<Written<LiveServerMessage>, 'text' | 'data'>
type ServerContent = Written<LiveServerContent>

/** What is left of a session when its connection ends. */
export interface GeminiSnapshot {
  readonly model: string
  readonly context: readonly GeminiContextText[]
  /** The connection that wrote it has ended. */
  readonly released: () => boolean
}

/** How a session behaves; durations in real ms. */
export interface GeminiManner {
  readonly deltaIntervalMs: number
  readonly lateTranscripts: boolean
  readonly combinedKeys: boolean
  readonly unknownEvents: boolean
  /** From `generationComplete` to `turnComplete`. */
  readonly turnEndDelayMs: number
}

/** What one connection needs of the server. */
export interface GeminiSessionOptions {
  readonly manner: GeminiManner
  readonly vertex: boolean
  /** Sessions by their handles. */
  readonly handles: Map<string, GeminiSnapshot>
  readonly newId: (prefix: string) => string
  readonly send: (message: GeminiServerMessage | Readonly<Record<string, unknown>>) => void
  readonly close: (code: number, reason: string) => void
  readonly drop: () => void
  readonly violate: (rule: string) => void
}

/** The service's side of one connection. */
export interface GeminiSession {
  receive(text: string): void
  /** The socket is gone. */
  end(): void
  readonly ended: boolean
}

interface OpenCall {
  readonly name: string
  response: Readonly<Record<string, unknown>> | undefined
}

/** A session that waits for its setup. */
export function createGeminiSession(options: GeminiSessionOptions): GeminiSession {
  const { manner, handles, newId, send, violate } = options
  const voice = createVoiceActivity()
  const calls = new Map<string, OpenCall>()
  const cancelled = new Set<string>()
  let ended = false
  let setup: GeminiSetup | undefined
  let model: GeminiModel | undefined
  let ready = false
  let historyOpen = false
  let begun = false
  let context: GeminiContextText[] = []
  let image = false
  let activity = false
  let heard = false
  /** Aborted when something else takes the turn. */
  let generation: AbortController | undefined

  function fail({ code, reason, rule }: GeminiClose): void {
    violate(rule)
    ended = true
    generation?.abort()
    options.close(code, reason)
  }

  function content(serverContent: ServerContent): void {
    send({ serverContent })
  }

  function pause(ms: number): Promise<void> {
    return new Promise((resolve) => {
      setTimeout(resolve, ms)
    })
  }

  function offerHandle(resumable: boolean): void {
    if (!setup?.sessionResumption) return
    if (!resumable) return send({ sessionResumptionUpdate: { newHandle: '', resumable: false } })
    const handle = newId('handle')
    handles.set(handle, { model: setup.model, context: [...context], released: () => ended })
    send({ sessionResumptionUpdate: { newHandle: handle, resumable: true } })
  }

  function begin(wanted: GeminiSetup): void {
    const admitted = admitSetup(wanted, options.vertex)
    if ('rule' in admitted) return fail(admitted)
    const handle = wanted.sessionResumption?.handle
    if (handle !== undefined) {
      const snapshot = handles.get(handle)
      if (snapshot?.model !== wanted.model) return fail({ ...invalid(''), rule: '' })
      if (!snapshot.released()) {
        return fail({
          code: 1011,
          reason: 'The session is still connected.',
          rule: 'resumed while still connected',
        })
      }
      context = [...snapshot.context]
      begun = context.length > 0
    }
    setup = wanted
    model = admitted
    historyOpen = wanted.historyConfig?.initialHistoryInClientContent === true
    setTimeout(() => {
      ready = true
      send({ setupComplete: { sessionId: newId('session') } })
    }, manner.deltaIntervalMs)
  }

  function receive(message: GeminiClientMessage): void {
    if (message.kind === 'setup') {
      if (setup) return fail(invalid('a second setup'))
      return begin(message.value)
    }
    if (!setup || !model) {
      return fail({ ...invalid('the first message is setup'), reason: 'setup must be the first message.' })
    }
    if (!ready) return fail(invalid(`${message.kind} before setupComplete`))
    switch (message.kind) {
      case 'clientContent':
        return clientContent(message.value, model)
      case 'realtimeInput':
        return realtimeInput(message.value, setup)
      case 'toolResponse':
        return toolResponse(message.value)
      case 'contextUpdate': {
        if (!model.contextUpdate) return fail(invalid('contextUpdate: not with this model'))
        const { systemInstruction, tools } = message.value
        setup = {
          ...setup,
          ...(systemInstruction ? { systemInstruction } : {}),
          ...(tools ? { tools: tools.tools } : {}),
        }
      }
    }
  }

  function clientContent(
    { turns = [], turnComplete = false }: Extract<GeminiClientMessage, { kind: 'clientContent' }>['value'],
    { laterClientContent }: GeminiModel,
  ): void {
    if (begun && !laterClientContent && !historyOpen)
      return fail(invalid('clientContent after the first turn'))
    for (const { role, parts } of turns) {
      for (const { text, inlineData } of parts) {
        if (text !== undefined) context.push({ role, text })
        if (inlineData) image = true
      }
    }
    if (historyOpen) {
      if (turnComplete) historyOpen = false
      return
    }
    interrupt()
    if (!turnComplete) return
    if (context.length === 0 && !image) return fail(invalid('a turn without content'))
    answer(false)
  }

  function realtimeInput(
    {
      audio,
      video,
      text,
      activityStart,
      activityEnd,
    }: Extract<GeminiClientMessage, { kind: 'realtimeInput' }>['value'],
    { realtimeInputConfig }: GeminiSetup,
  ): void {
    if (historyOpen) return fail(invalid('realtimeInput before the initial history is complete'))
    const manual = realtimeInputConfig?.automaticActivityDetection?.disabled === true
    if (!manual && (activityStart || activityEnd)) {
      const reason =
        'Explicit activity control is not supported when automatic activity detection is enabled.'
      return fail({ code: 1007, reason, rule: 'activity marks with automatic detection' })
    }
    if (audio) return hear(audio, manual)
    if (video) image = true
    if (text !== undefined) {
      context.push({ role: 'user', text })
      interrupt()
      answer(false)
    }
    if (activityStart) {
      if (activity) return fail(invalid('activityStart within an activity'))
      activity = true
      heard = false
      interrupt()
    }
    if (activityEnd) {
      if (!activity) return fail(invalid('activityEnd without activityStart'))
      activity = false
      if (heard) spoken()
    }
  }

  function hear(
    { mimeType, data }: { readonly mimeType: string; readonly data: string },
    manual: boolean,
  ): void {
    heard = true
    if (manual) {
      if (!activity) violate('sound outside an activity')
      return
    }
    const rate = Number(mimeType.slice(mimeType.indexOf('=') + 1))
    const { silenceDurationMs = 500 } = setup?.realtimeInputConfig?.automaticActivityDetection ?? {}
    const samples = samplesOf(Buffer.from(data, 'base64'), { encoding: 'pcm', rate })
    for (const { kind } of voice.process(samples, {
      rate,
      silenceMs: silenceDurationMs,
      prefixPaddingMs: 0,
      threshold: 0.5,
    })) {
      if (kind === 'started') {
        if (setup?.explicitVadSignal) send({ voiceActivity: { voiceActivityType: 'ACTIVITY_START' } })
        if (setup?.realtimeInputConfig?.activityHandling !== 'NO_INTERRUPTION') interrupt()
      } else {
        if (setup?.explicitVadSignal) send({ voiceActivity: { voiceActivityType: 'ACTIVITY_END' } })
        spoken()
      }
    }
  }

  function transcribe(words: readonly string[]): void {
    if (!setup?.inputAudioTranscription) return
    for (const text of words) content({ inputTranscription: { text } })
  }

  function spoken(): void {
    context.push({ role: 'user', text: 'hello upstream' })
    if (!manner.lateTranscripts) transcribe(['hello', ' upstream'])
    answer(true)
  }

  /** Something else takes the turn: `interrupted`, then `turnComplete`, and open calls are cancelled. */
  function interrupt(): void {
    if (calls.size > 0) {
      const ids = [...calls.keys()]
      for (const id of ids) cancelled.add(id)
      calls.clear()
      send({ toolCallCancellation: { ids } })
    }
    if (!generation) return
    generation.abort()
    generation = undefined
    content({ interrupted: true })
    content({ turnComplete: true })
  }

  function answer(wasSpoken: boolean): void {
    begun = true
    const text = context.findLast(({ role }) => role === 'user')?.text ?? ''
    const last = context.findLastIndex(({ role }) => role === 'user')
    const plan = geminiPlan({
      text,
      spoken: wasSpoken,
      image,
      before: context.slice(0, Math.max(0, last)),
      instructions: setup?.systemInstruction?.parts.map((part) => part.text).join(' ') ?? '',
      voice: setup?.generationConfig?.speechConfig?.voiceConfig?.prebuiltVoiceConfig.voiceName ?? 'Puck',
      functions:
        setup?.tools?.flatMap(({ functionDeclarations }) => functionDeclarations.map(({ name }) => name)) ??
        [],
    })
    image = false
    follow(plan, wasSpoken)
  }

  function follow(plan: GeminiPlan, wasSpoken: boolean): void {
    offerHandle(false)
    const mine = new AbortController()
    generation = mine
    perform(plan, wasSpoken, mine.signal)
      .catch((error: unknown) => {
        violate(`the stand-in itself failed: ${String(error)}`)
      })
      .finally(() => {
        if (generation === mine) generation = undefined
      })
  }

  async function perform(plan: GeminiPlan, wasSpoken: boolean, signal: AbortSignal): Promise<void> {
    switch (plan.kind) {
      case 'say':
        return say(plan, wasSpoken, signal)
      case 'call': {
        await pause(manner.deltaIntervalMs)
        if (signal.aborted) return
        const functionCalls = plan.names.map((name) => ({
          id: newId('function-call'),
          name,
          args: { q: name },
        }))
        for (const { id, name } of functionCalls) calls.set(id, { name, response: undefined })
        send({ toolCall: { functionCalls }, usageMetadata: usage(1) })
        return
      }
      case 'drop':
        content({ outputTranscription: { text: 'One' } })
        content({ modelTurn: sound(100) })
        await pause(manner.deltaIntervalMs)
        return options.drop()
      case 'expire':
        handles.clear()
        send({ goAway: { timeLeft: '0s' } })
        options.close(1011, 'The session has expired.')
        return
      case 'fail':
        content({ turnComplete: true, turnCompleteReason: 'RESPONSE_REJECTED' })
    }
  }

  async function say(
    { words, wordMs, odd }: Extract<GeminiPlan, { kind: 'say' }>,
    wasSpoken: boolean,
    signal: AbortSignal,
  ): Promise<void> {
    const said: string[] = []
    context.push({ role: 'model', text: '' })
    const place = context.length - 1
    content({ modelTurn: { role: 'model', parts: [{ text: 'The user wants an answer.', thought: true }] } })
    for (const [index, word] of words.entries()) {
      // One word after the other.
      // oxlint-disable-next-line no-await-in-loop
      await pause(manner.deltaIntervalMs)
      if (signal.aborted) return
      const text = index === 0 ? word : ` ${word}`
      if (manner.combinedKeys) {
        send({
          serverContent: { outputTranscription: { text }, modelTurn: sound(wordMs) },
          usageMetadata: usage(index),
        })
      } else {
        content({ modelTurn: sound(wordMs) })
        content({ outputTranscription: { text } })
      }
      said.push(word)
      context[place] = { role: 'model', text: said.join(' ') }
      if (index === 0 && wasSpoken && manner.lateTranscripts) transcribe(['hello', ' upstream'])
      if (index === 1 && (odd || manner.unknownEvents))
        send({ weatherReport: { sky_colour: 'blue', clouds: [1, 2] } })
    }
    content({ generationComplete: true })
    await pause(manner.turnEndDelayMs)
    if (signal.aborted) return
    send({ serverContent: { turnComplete: true }, usageMetadata: usage(words.length) })
    offerHandle(true)
  }

  function toolResponse({
    functionResponses,
  }: Extract<GeminiClientMessage, { kind: 'toolResponse' }>['value']): void {
    for (const { id, name, response } of functionResponses) {
      const call = calls.get(id)
      if (!call || call.name !== name || call.response) {
        return fail(
          invalid(
            cancelled.has(id) ? `output for the cancelled call ${id}` : `no open call ${id} of ${name}`,
          ),
        )
      }
      call.response = response
    }
    const outputs = [...calls.values()].map(({ response }) => response)
    if (outputs.some((output) => output === undefined)) return
    calls.clear()
    follow(toolAnswer(outputs.filter((output) => output !== undefined)), false)
  }

  /** Tokens by the number of words, so that tests can tell turns apart. */
  function usage(words: number): NonNullable<GeminiServerMessage['usageMetadata']> {
    const prompt = 10 * context.length
    return {
      promptTokenCount: prompt + 100,
      promptTokensDetails: [
        { modality: 'TEXT', tokenCount: prompt },
        { modality: 'AUDIO', tokenCount: 100 },
      ],
      responseTokenCount: words * 5,
      responseTokensDetails: [{ modality: 'AUDIO', tokenCount: words * 5 }],
      thoughtsTokenCount: 3,
      totalTokenCount: prompt + 100 + words * 5 + 3,
    }
  }

  return {
    receive(text) {
      if (ended) return
      const message = readClientMessage(text)
      if ('rule' in message) fail(message)
      else receive(message)
    },
    end() {
      ended = true
      generation?.abort()
    },
    get ended() {
      return ended
    },
  }
}

function sound(ms: number): NonNullable<ServerContent['modelTurn']> {
  const data = toneOf({ encoding: 'pcm', rate: 24_000 }, ms)
  return { role: 'model', parts: [{ inlineData: { mimeType: 'audio/pcm;rate=24000', data } }] }
}
