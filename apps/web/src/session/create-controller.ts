import type { ClientEvent, ServerEvent } from '@parley/core'
import { canHearAndPlay, createAudioEngine, silence, type AudioEngine } from '../audio/audio-engine.ts'
import { retellings } from './broken-off.ts'
import { now } from './clock.ts'
import type { Controller, Microphone } from './controller.ts'
import { logEvent, type LogEntry } from './event-log.ts'
import { answersFirstUpdate, firstUpdate } from './first-update.ts'
import type { OriginKind } from './latency.ts'
import { openLink, type Link } from './link.ts'
import type { NamedBackend } from './notice.ts'
import { isAboutConnection, problemOfMicrophone, type Problem } from './problem.ts'
import { createPlayback } from './playback.ts'
import { reduce, type SessionInput } from './reduce.ts'
import { changesSession, needsNewSession, sessionUpdate } from './session-update.ts'
import type { Settings } from './settings.ts'
import { createStore } from './store.ts'
import { lastAnswerer } from './turns.ts'
import { emptyView, isAnswering, type SessionView } from './view.ts'
import { logged } from './wire-log.ts'

/** Where the gateway is and whether its key has to be asked for. */
export interface ControllerOptions {
  readonly gatewayUrl: string
  readonly needsSecret: boolean
  readonly settings: Settings
}

const bytesPerMs = 48

/** Most that is kept of what is said while there is no session: 10 s in frames of 20 ms. */
const maxEarlyFrames = 500

/** Creates the controller; nothing happens before the first action. */
export function createController(options: ControllerOptions): Controller {
  const view = createStore<SessionView>({ ...emptyView, silenceMs: options.settings.silenceMs })
  const log = createStore<readonly LogEntry[]>([])
  const microphone = createStore<Microphone>('off')
  let settings = options.settings
  let starting: Promise<AudioEngine> | undefined
  let engine: AudioEngine | undefined
  let link: Link | undefined
  /** The session has taken the settings: audio and messages may go. */
  let isReady = false
  let isKeyHeld = false
  /** Typed before the session was ready. */
  let waiting: string[] = []
  /** Heard before the session was ready, oldest first. */
  let early: ArrayBuffer[] = []
  /** What a session has to be told of the answers that were lost with the one before. */
  let lost: ClientEvent[] = []
  /** The talk key was released before the session was ready. */
  let isTurnWaiting = false
  /** What to ask an answer for once the one before has ended. */
  let nextAnswer: Exclude<OriginKind, 'speech'> | undefined

  const dispatch = (input: SessionInput): void => view.set(reduce(view.get(), input))
  const tell = (problem: Problem | undefined): void => dispatch({ kind: 'problem', problem })
  const record = (direction: LogEntry['direction'], event: ClientEvent | ServerEvent): void =>
    log.set(logEvent(log.get(), logged(event, { at: now(), direction })))
  const send = (event: ClientEvent): void => {
    if (!link) return
    record('sent', event)
    link.send(event)
  }
  const playback = createPlayback({ engine: () => engine, send, dispatch })

  function cutAnswer(): void {
    playback.cut()
    if (isAnswering(view.get())) send({ type: 'response.cancel' })
  }

  async function ensureEngine(): Promise<AudioEngine | undefined> {
    if (!canHearAndPlay()) return undefined
    try {
      starting ??= createAudioEngine({
        frame: onFrame,
        playback: (report) => playback.report(report),
        microphoneLost,
      })
      engine = await starting
      await useSpeaker()
      return engine
    } catch (error) {
      starting = undefined
      tell({ code: 'audio_unsupported', detail: error instanceof Error ? error.message : undefined })
      return undefined
    }
  }

  async function useSpeaker(): Promise<void> {
    await engine
      ?.setSpeaker(settings.speakerId)
      .catch(() => tell({ code: 'speaker_unavailable', detail: undefined }))
  }

  function onFrame(pcm: ArrayBuffer): void {
    if (!['open', 'talking'].includes(microphone.get())) return
    if (isReady) sendSound(pcm)
    else early = [...early.slice(1 - maxEarlyFrames), pcm]
  }

  function sendSound(pcm: ArrayBuffer): void {
    const event = link?.sendSound(pcm)
    if (event) record('sent', event)
  }

  function microphoneLost(): void {
    microphone.set('off')
    tell({ code: 'microphone_lost', detail: undefined })
  }

  function onServerEvent(event: ServerEvent): void {
    record('received', event)
    if (event.type === 'response.output_audio.delta') return playback.play(event)
    // The person's voice comes first: silence before anything is drawn.
    if (event.type === 'input_audio_buffer.speech_started') playback.cut()
    const before = view.get().backend ?? lastAnswerer(view.get().turns)
    dispatch({ kind: 'server', event, at: now() })
    if (event.type === 'conversation.created') sayWhoAnswers(before)
    if (event.type === 'response.output_audio.done') engine?.finish(event.item_id)
    if (event.type === 'session.created') {
      send(firstUpdate(settings, engine !== undefined))
    }
    if (!isReady && answersFirstUpdate(event)) onReady()
    if (event.type === 'response.done' && nextAnswer && !isAnswering(view.get())) ask(nextAnswer)
  }

  /** The header names it all along; a line in the conversation says once that it is another one. */
  function sayWhoAnswers(before: NamedBackend | undefined): void {
    const to = view.get().backend
    if (!to || to.backend === before?.backend) return
    const chosen = { backend: settings.backend, model: settings.model || undefined }
    const standsIn = to.backend !== chosen.backend && settings.failover.includes(to.backend)
    if (standsIn) dispatch({ kind: 'notice', notice: { kind: 'stoodIn', from: chosen, to }, at: now() })
    else if (before) dispatch({ kind: 'notice', notice: { kind: 'switched', from: before, to }, at: now() })
  }

  function onOpen(): void {
    dispatch({ kind: 'connection', connection: 'open' })
    const { problem } = view.get()
    if (problem && isAboutConnection(problem)) tell(undefined)
  }

  function onReady(): void {
    isReady = true
    onOpen()
    for (const event of lost.splice(0)) send(event)
    for (const pcm of early.splice(0)) sendSound(pcm)
    if (isTurnWaiting) commitTurn()
    for (const text of waiting.splice(0)) sendText(text)
    if (nextAnswer) ask(nextAnswer)
  }

  /** What was said meanwhile is on its way; a session that is over took the sound of its answers with it. */
  function onUp(how: 'resumed' | 'continued'): void {
    if (how === 'resumed') {
      dispatch({ kind: 'notice', notice: { kind: how }, at: now() })
      return isReady ? onOpen() : undefined
    }
    const before = view.get()
    dispatch({ kind: 'restarted', heardShares: playback.heardShares() })
    goSilent()
    lost = [...lost, ...retellings(before, view.get())]
    const unfinished = view
      .get()
      .turns.some(
        ({ itemId, brokeOff }) =>
          brokeOff && !before.turns.some((turn) => turn.itemId === itemId && turn.brokeOff),
      )
    dispatch({ kind: 'notice', notice: { kind: how, unfinished }, at: now() })
  }

  /** The session is over: its sound, and what it knew of the player. */
  function goSilent(): void {
    isReady = false
    playback.reset()
  }

  function start(): void {
    if (link) return
    dispatch({ kind: 'connection', connection: 'connecting' })
    link = openLink({
      gatewayUrl: options.gatewayUrl,
      needsSecret: options.needsSecret,
      target: () => ({ ...settings, conversationId: view.get().conversationId }),
      onEvent: onServerEvent,
      onProblem: tell,
      onNotice: (event) => record('received', event),
      onDown: (keeps) => {
        isReady &&= keeps
        dispatch({ kind: 'connection', connection: 'reconnecting' })
      },
      onUp,
      onEnd: () => void end(),
    })
  }

  /** Takes the link away first: what the sound and the microphone leave behind goes nowhere. */
  function drop(): Promise<void> | undefined {
    const dropped = link
    link = undefined
    early = []
    lost = []
    isTurnWaiting = false
    nextAnswer = undefined
    goSilent()
    return dropped?.stop()
  }

  async function end(): Promise<void> {
    const dropped = drop()
    waiting = []
    closeMicrophone()
    dispatch({ kind: 'connection', connection: 'idle' })
    await dropped
  }

  async function openMicrophone(): Promise<void> {
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
    microphone.set(settings.turnMode === 'push-to-talk' ? 'ready' : 'open')
    start()
  }

  function closeMicrophone(): void {
    const wasOpen = microphone.get() === 'open'
    engine?.closeMicrophone()
    microphone.set('off')
    // Turn detection waits for a silence that a closed microphone never sends.
    if (wasOpen && isReady && view.get().hearing) {
      sendSound(new ArrayBuffer((settings.silenceMs + 400) * bytesPerMs))
    }
  }

  /** Only one answer is made at a time: another waits for the end of the one that was cut off. */
  function ask(by: Exclude<OriginKind, 'speech'>): void {
    nextAnswer = isAnswering(view.get()) ? by : undefined
    if (nextAnswer) return
    dispatch({ kind: 'asked', by, at: now() })
    send({ type: 'response.create' })
  }

  function commitTurn(): void {
    isTurnWaiting = false
    send({ type: 'input_audio_buffer.commit' })
    ask('commit')
  }

  function sendText(text: string): void {
    send({
      type: 'conversation.item.create',
      item: { type: 'message', role: 'user', content: [{ type: 'input_text', text }] },
    })
    ask('text')
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
      early = []
      if (isReady) send({ type: 'input_audio_buffer.clear' })
      microphone.set('talking')
    },
    stopTalking() {
      isKeyHeld = false
      if (microphone.get() !== 'talking') return
      microphone.set('ready')
      if (isReady) commitTurn()
      else isTurnWaiting = early.length > 0
    },
    async say(text) {
      tell(undefined)
      await ensureEngine()
      start()
      cutAnswer()
      if (isReady) sendText(text)
      else waiting.push(text)
    },
    stopAnswer: cutAnswer,
    hangUp: end,
    async apply(next, updatable) {
      const before = settings
      settings = next
      if (next.silenceMs !== before.silenceMs) dispatch({ kind: 'silence-chosen', silenceMs: next.silenceMs })
      if (next.speakerId !== before.speakerId) await useSpeaker()
      if (engine?.hasMicrophone && next.microphoneId !== before.microphoneId) {
        await engine
          .openMicrophone(next.microphoneId)
          .catch((error: unknown) => tell(problemOfMicrophone(error)))
      }
      if (next.turnMode !== before.turnMode && microphone.get() !== 'off') {
        microphone.set(next.turnMode === 'push-to-talk' ? 'ready' : 'open')
      }
      if (!link) return
      if (needsNewSession(before, next, updatable)) {
        await drop()
        start()
      } else if (isReady && changesSession(before, next)) {
        send(sessionUpdate(next, { audible: engine !== undefined, before }))
      }
    },
    async show(conversationId, turns) {
      await end()
      dispatch({ kind: 'shown', conversationId, turns })
    },
    dismissProblem: () => tell(undefined),
    clearLog: () => log.set([]),
  }
}
