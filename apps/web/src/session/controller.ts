import { AudioPayload, type ClientEvent, type ServerEvent } from '@parley/core'
import type { PlaybackReport } from '@parley/audio/worklet'
import { canHearAndPlay, createAudioEngine, silence, type AudioEngine, type Levels } from '../audio/audio-engine.ts'
import { createSounding } from './audible.ts'
import { connect, ConnectError, type SessionChannel } from './connect.ts'
import { logEvent, type LogEntry } from './event-log.ts'
import { problemOfMicrophone, type Problem } from './problem.ts'
import { reduce, type SessionInput } from './reduce.ts'
import { sessionUpdate } from './session-update.ts'
import type { Settings } from './settings.ts'
import { createStore, type Store } from './store.ts'
import type { Turn } from './turns.ts'
import { emptyView, isAnswering, type SessionView } from './view.ts'

/** Where the gateway is and whether its key has to be asked for. */
export interface ControllerOptions {
  readonly gatewayUrl: string
  readonly needsSecret: boolean
  readonly settings: Settings
}

/** The microphone: off, being opened, open, or open and held shut until the talk key is pressed. */
export type Microphone = 'off' | 'opening' | 'open' | 'ready' | 'talking'

/** One conversation of the page: state to show and the things a person can do. */
export interface Controller {
  readonly view: Store<SessionView>
  readonly log: Store<readonly LogEntry[]>
  readonly microphone: Store<Microphone>
  levels(): Levels
  /** Connects if need be and opens the microphone. Call it in a click or key press. */
  openMicrophone(): Promise<void>
  closeMicrophone(): void
  /** Push to talk: what is said between the two is one turn. */
  startTalking(): Promise<void>
  stopTalking(): void
  /** Types a message; connects if need be. */
  say(text: string): Promise<void>
  /** Stops the answer: its sound and its making. */
  stopAnswer(): void
  hangUp(): Promise<void>
  /** Puts new settings into force, reconnecting only where the backend cannot change them in a session. */
  apply(settings: Settings, canChangeVoice: boolean): Promise<void>
  /** Shows another conversation, or a new one; ends the session. */
  show(conversationId: string | undefined, turns: readonly Turn[]): Promise<void>
  dismissProblem(): void
  clearLog(): void
  dispose(): Promise<void>
}

/** Now in Unix ms, monotonic and finer than a millisecond. */
export const now = (): number => performance.timeOrigin + performance.now()

const retryDelaysMs = [500, 1000, 2000, 4000, 8000]
const bytesPerMs = 48

/** Creates the controller; nothing happens before the first action. */
export function createController(options: ControllerOptions): Controller {
  const { gatewayUrl, needsSecret } = options
  const view = createStore<SessionView>({ ...emptyView, silenceMs: options.settings.silenceMs })
  const log = createStore<readonly LogEntry[]>([])
  const microphone = createStore<Microphone>('off')
  const sounding = createSounding()
  let settings = options.settings
  let engine: AudioEngine | undefined
  let starting: Promise<AudioEngine> | undefined
  let session: { readonly abort: AbortController; channel?: SessionChannel; isReady: boolean } | undefined
  let isKeyHeld = false
  /** Typed before the session was ready. */
  let waiting: ClientEvent[] = []
  let hadInstructions = false

  const dispatch = (input: SessionInput): void => view.set(reduce(view.get(), input))
  const tell = (problem: Problem | undefined): void => dispatch({ kind: 'problem', problem })
  const record = (direction: LogEntry['direction'], event: ClientEvent | ServerEvent): void => {
    const audio = audioOf(event)
    const shown = audio ? withoutAudio(event, audio) : event
    log.set(logEvent(log.get(), { at: now(), direction, type: typeOf(event), audioBytes: audio?.byteLength ?? 0, event: shown }))
  }
  const send = (event: ClientEvent): void => {
    if (!session?.channel) return
    record('sent', event)
    session.channel.send(event)
  }

  // Sound

  const onPlayback = (report: PlaybackReport): void => {
    const latencyMs = engine?.outputLatencyMs ?? 0
    switch (report.type) {
      case 'started':
        dispatch({ kind: 'started', itemId: report.itemId, outputLatencyMs: latencyMs, at: now() })
        return
      case 'ended':
        sounding.ended(report.itemId)
        dispatch({ kind: 'silent', itemId: report.itemId })
        return
      case 'cleared':
        if (report.itemId !== undefined) truncate(report.itemId, Math.max(0, report.playedMs - latencyMs))
        dispatch({ kind: 'silent', itemId: undefined })
        return
      case 'position':
        return
    }
  }
  const truncate = (itemId: string, playedMs: number): void =>
    send({
      type: 'conversation.item.truncate',
      item_id: itemId,
      content_index: 0,
      audio_end_ms: Math.floor(playedMs),
    })
  /** Silences the player now; the items behind the one that sounded were not heard at all. */
  const cutSound = (): void => {
    if (!sounding.isActive) return
    engine?.clear()
    for (const itemId of sounding.cut().slice(1)) truncate(itemId, 0)
  }
  const play = (event: Extract<ServerEvent, { type: 'response.output_audio.delta' }>): void => {
    const item = { itemId: event.item_id, responseId: event.response_id }
    if (!engine || !sounding.accepts(item)) return
    sounding.queued(item)
    // A copy: the worklet takes the buffer over.
    engine.append(item.itemId, new Uint8Array(event.delta.bytes).buffer)
  }
  const onFrame = (pcm: ArrayBuffer): void => {
    const state = microphone.get()
    if (!session?.isReady || (state !== 'open' && state !== 'talking')) return
    send({ type: 'input_audio_buffer.append', audio: AudioPayload.fromBytes(new Uint8Array(pcm)) })
  }
  const ensureEngine = async (): Promise<AudioEngine | undefined> => {
    if (!canHearAndPlay()) return undefined
    starting ??= createAudioEngine({
      frame: onFrame,
      playback: onPlayback,
      microphoneLost: () => {
        microphone.set('off')
        tell({ code: 'microphone_lost', detail: undefined })
      },
    })
    try {
      if (!engine) {
        engine = await starting
        await useSpeaker()
      }
      return engine
    } catch (error) {
      starting = undefined
      tell({ code: 'audio_unsupported', detail: error instanceof Error ? error.message : undefined })
      return undefined
    }
  }
  const useSpeaker = async (): Promise<void> => {
    await engine?.setSpeaker(settings.speakerId).catch(() => tell({ code: 'speaker_unavailable', detail: undefined }))
  }

  // Session

  const onServerEvent = (event: ServerEvent): void => {
    record('received', event)
    // The person's voice comes first: silence before anything is drawn.
    if (event.type === 'input_audio_buffer.speech_started') cutSound()
    if (event.type === 'response.output_audio.delta') play(event)
    if (event.type === 'response.output_audio.done') engine?.finish(event.item_id)
    if (event.type === 'session.created') {
      hadInstructions = settings.instructions.trim() !== ''
      send(sessionUpdate(settings, { audible: engine !== undefined, clearInstructions: false }))
    }
    if (event.type === 'session.updated' && session && !session.isReady) {
      session.isReady = true
      dispatch({ kind: 'connection', connection: 'open' })
      for (const held of waiting.splice(0)) send(held)
    }
    if (event.type !== 'response.output_audio.delta') dispatch({ kind: 'server', event, at: now() })
  }

  const run = async (own: NonNullable<typeof session>): Promise<void> => {
    const { signal } = own.abort
    for (let failures = 0; !signal.aborted; failures += 1) {
      try {
        const channel = await connect({
          gatewayUrl,
          needsSecret,
          backend: settings.backend,
          conversationId: view.get().conversationId,
          signal,
          onInvalid: ({ message }) => tell({ code: 'server_error', detail: message }),
        })
        own.channel = channel
        for await (const event of channel) {
          if (signal.aborted) return
          onServerEvent(event)
          if (own.isReady) {
            if (failures > 0) tell(undefined)
            failures = 0
          }
        }
      } catch (error) {
        if (signal.aborted) return
        if (error instanceof ConnectError) tell(error.problem)
        if (error instanceof ConnectError && !error.retryable) break
      }
      if (signal.aborted) return
      own.isReady = false
      delete own.channel
      silenceAll()
      dispatch({ kind: 'connection', connection: 'reconnecting' })
      if (failures > 0 || view.get().problem === undefined) {
        if (view.get().problem === undefined) tell({ code: 'gateway_unreachable', detail: undefined })
      }
      await delay(retryDelaysMs[Math.min(failures, retryDelaysMs.length - 1)] ?? 0, signal)
    }
    if (!signal.aborted) await end()
  }
  const silenceAll = (): void => {
    engine?.clear()
    sounding.reset()
  }
  const start = (): void => {
    if (session) return
    session = { abort: new AbortController(), isReady: false }
    dispatch({ kind: 'connection', connection: 'connecting' })
    void run(session)
  }
  const end = async (): Promise<void> => {
    const ended = session
    session = undefined
    waiting = []
    ended?.abort.abort()
    silenceAll()
    closeMicrophone()
    dispatch({ kind: 'connection', connection: 'idle' })
    await ended?.channel?.close()
  }
  const restart = async (): Promise<void> => {
    const ended = session
    session = undefined
    ended?.abort.abort()
    silenceAll()
    await ended?.channel?.close()
    start()
  }

  // Microphone

  const openMicrophone = async (): Promise<void> => {
    if (microphone.get() !== 'off') return
    tell(undefined)
    if (!isSecureContext) return tell({ code: 'insecure_context', detail: undefined })
    microphone.set('opening')
    const ready = await ensureEngine()
    if (!ready) return microphone.set('off')
    try {
      await ready.openMicrophone(settings.microphoneId)
    } catch (error) {
      microphone.set('off')
      return tell(problemOfMicrophone(error))
    }
    microphone.set(settings.turnMode === 'vad' ? 'open' : 'ready')
    start()
  }
  const closeMicrophone = (): void => {
    const wasOpen = microphone.get() === 'open'
    engine?.closeMicrophone()
    microphone.set('off')
    // Turn detection waits for a silence that a closed microphone never sends.
    if (wasOpen && session?.isReady && view.get().hearing) {
      const audio = AudioPayload.fromBytes(new Uint8Array((settings.silenceMs + 400) * bytesPerMs))
      send({ type: 'input_audio_buffer.append', audio })
    }
  }

  return {
    view,
    log,
    microphone,
    levels: () => engine?.levels() ?? { input: silence, output: silence },
    openMicrophone,
    closeMicrophone,
    async startTalking() {
      isKeyHeld = true
      if (microphone.get() === 'off') await openMicrophone()
      if (!isKeyHeld || microphone.get() !== 'ready') return
      cutAnswer()
      send({ type: 'input_audio_buffer.clear' })
      microphone.set('talking')
    },
    stopTalking() {
      isKeyHeld = false
      if (microphone.get() !== 'talking') return
      microphone.set('ready')
      if (!session?.isReady) return
      send({ type: 'input_audio_buffer.commit' })
      dispatch({ kind: 'asked', by: 'commit', at: now() })
      send({ type: 'response.create' })
    },
    async say(text) {
      tell(undefined)
      await ensureEngine()
      start()
      cutAnswer()
      const events: readonly ClientEvent[] = [
        {
          type: 'conversation.item.create',
          item: { type: 'message', role: 'user', content: [{ type: 'input_text', text }] },
        },
        { type: 'response.create' },
      ]
      if (!session?.isReady) {
        waiting.push(...events)
        return
      }
      dispatch({ kind: 'asked', by: 'text', at: now() })
      for (const event of events) send(event)
    },
    stopAnswer: () => cutAnswer(),
    hangUp: end,
    async apply(next, canChangeVoice) {
      const before = settings
      settings = next
      if (next.silenceMs !== before.silenceMs) dispatch({ kind: 'silence-chosen', silenceMs: next.silenceMs })
      if (next.speakerId !== before.speakerId) await useSpeaker()
      if (engine?.hasMicrophone && next.microphoneId !== before.microphoneId) {
        await engine.openMicrophone(next.microphoneId).catch((error: unknown) => tell(problemOfMicrophone(error)))
      }
      if (next.turnMode !== before.turnMode && microphone.get() !== 'off') {
        microphone.set(next.turnMode === 'vad' ? 'open' : 'ready')
      }
      if (!session) return
      const needsNewSession =
        next.backend !== before.backend || (next.voice !== before.voice && !canChangeVoice)
      if (needsNewSession) return restart()
      if (session.isReady && changesSession(before, next)) {
        send(sessionUpdate(next, { audible: engine !== undefined, clearInstructions: hadInstructions }))
        hadInstructions ||= next.instructions.trim() !== ''
      }
    },
    async show(conversationId, turns) {
      await end()
      dispatch({ kind: 'shown', conversationId, turns })
    },
    dismissProblem: () => tell(undefined),
    clearLog: () => log.set([]),
    async dispose() {
      await end()
      await engine?.close()
    },
  }

  function cutAnswer(): void {
    cutSound()
    if (isAnswering(view.get())) send({ type: 'response.cancel' })
  }
}

function changesSession(before: Settings, next: Settings): boolean {
  const keys = ['voice', 'language', 'instructions', 'turnMode', 'silenceMs'] as const
  return keys.some((key) => before[key] !== next[key])
}

function audioOf(event: ClientEvent | ServerEvent): AudioPayload | undefined {
  if (event.type === 'input_audio_buffer.append') return event.audio
  if (event.type === 'response.output_audio.delta') return event.delta
  return undefined
}

function withoutAudio(event: ClientEvent | ServerEvent, { byteLength }: AudioPayload): object {
  const stated = `<${byteLength} bytes>`
  return event.type === 'input_audio_buffer.append' ? { ...event, audio: stated } : { ...event, delta: stated }
}

function typeOf(event: ClientEvent | ServerEvent): string {
  if (event.type !== 'extension') return event.type
  const { type } = { type: 'extension', ...event.event }
  return String(type)
}

function delay(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, ms)
    signal.addEventListener('abort', () => {
      clearTimeout(timer)
      resolve()
    })
  })
}
