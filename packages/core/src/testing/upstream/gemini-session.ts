import { createGeminiAnswers, type GeminiManner } from './gemini-answers.ts'
import type { GeminiServerContent, SendGemini } from './gemini-messages.ts'
import { admitSetup, type GeminiModel } from './gemini-models.ts'
import {
  invalid,
  readClientMessage,
  type GeminiClientMessage,
  type GeminiClose,
  type GeminiSetup,
} from './gemini-rules.ts'
import { geminiPlan, toolAnswer, type GeminiContextText, type GeminiPlan } from './gemini-script.ts'
import { samplesOf } from './sound.ts'
import { createVoiceActivity } from './voice-activity.ts'

/** What is left of a session when its connection ends. */
export interface GeminiSnapshot {
  readonly model: string
  readonly context: readonly GeminiContextText[]
  /** The connection that wrote it has ended. */
  readonly released: () => boolean
}

/** What one connection needs of the server. */
export interface GeminiSessionOptions {
  readonly manner: GeminiManner
  readonly vertex: boolean
  /** Sessions by their handles. */
  readonly handles: Map<string, GeminiSnapshot>
  readonly newId: (prefix: string) => string
  readonly send: SendGemini
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
  const answers = createGeminiAnswers({
    manner,
    newId,
    send,
    context: () => context,
    called(made) {
      for (const { id, name } of made) calls.set(id, { name, response: undefined })
    },
    wordsOfUser: () => transcribe(['hello', ' upstream']),
    complete: () => offerHandle(true),
    expire() {
      handles.clear()
      send({ goAway: { timeLeft: '0s' } })
      options.close(1011, 'The session has expired.')
    },
    drop: options.drop,
    violate,
  })

  function fail({ code, reason, rule }: GeminiClose): void {
    violate(rule)
    ended = true
    answers.stop()
    options.close(code, reason)
  }

  function content(serverContent: GeminiServerContent): void {
    send({ serverContent })
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
    if (!answers.stop()) return
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
    answers.start(plan, wasSpoken)
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

  return {
    receive(text) {
      if (ended) return
      const message = readClientMessage(text)
      if ('rule' in message) fail(message)
      else receive(message)
    },
    end() {
      ended = true
      answers.stop()
    },
    get ended() {
      return ended
    },
  }
}
