import type { HeldItem } from './conversation.ts'
import type { Responses } from './responses.ts'
import { heardTranscript } from './script.ts'
import { durationMs, sampleBytes, samplesOf } from './sound.ts'
import type { Talk } from './talk.ts'
import { createVoiceActivity } from './voice-activity.ts'
import type { Settings, TurnDetection } from './wire.ts'

/** The input audio buffer of one connection. */
export interface InputAudio {
  append(base64: string): void
  /** Makes the buffer a user item; false when it holds too little. */
  commit(): boolean
  clear(): void
  /** The answer ended and its sound lasts that long: the time of an idle user begins. */
  waitForUser(soundMs: number): void
  stopWaiting(): void
}

/** Least sound of a commit, in ms. */
const leastCommitMs = 100

/** An empty buffer. */
export function createInputAudio(talk: Talk, responses: Responses, answer: () => void): InputAudio {
  const activity = createVoiceActivity()
  let chunks: Buffer[] = []
  let totalMs = 0
  let turnId: string | undefined
  let idle: { cancel(): void } | undefined

  const buffered = () => Buffer.concat(chunks)

  function started(atMs: number, detection: TurnDetection): void {
    idle?.cancel()
    turnId = talk.newId('item')
    talk.emit({
      type: 'input_audio_buffer.speech_started',
      audio_start_ms: Math.round(atMs),
      item_id: turnId,
    })
    if (!detection.interruptResponse) return
    const { active } = responses
    active?.cancel('turn_detected')
    if (detection.autoTruncate) truncateLast(talk)
  }
  function stopped(atMs: number, detection: TurnDetection): void {
    const id = turnId ?? talk.newId('item')
    talk.emit({ type: 'input_audio_buffer.speech_stopped', audio_end_ms: Math.round(atMs), item_id: id })
    take(id)
    if (detection.createResponse && !talk.settings().transcriptionOnly) answer()
  }
  /** Makes the buffer a user item. */
  function take(id: string): void {
    const sound = buffered()
    chunks = []
    turnId = undefined
    const heard = sound.length > 0
    const held: HeldItem = {
      id,
      shown: {
        id,
        object: 'realtime.item',
        type: 'message',
        status: 'completed',
        role: 'user',
        content: [{ type: 'input_audio', transcript: null }],
      },
      sound: sound.toString('base64'),
      text: heard ? heardTranscript : '',
      soundMs: 0,
      open: false,
    }
    const previous = talk.conversation.insert(held)
    talk.emit({ type: 'input_audio_buffer.committed', previous_item_id: previous, item_id: id })
    talk.emit({ type: 'conversation.item.added', previous_item_id: previous, item: held.shown })
    talk.emit({ type: 'conversation.item.done', previous_item_id: previous, item: held.shown })
    if (heard && talk.settings().transcription)
      transcribe(id, durationMs(sound.length, talk.settings().inputFormat))
  }
  function transcribe(id: string, soundMs: number): void {
    const at = { item_id: id, content_index: 0 }
    const write = () => {
      if (talk.conversation.find(id) === undefined) return
      const type = 'conversation.item.input_audio_transcription'
      if (talk.manner.failTranscripts) {
        const error = {
          type: 'transcription_error',
          code: 'audio_unintelligible',
          message: 'The audio could not be transcribed.',
          param: null,
        }
        talk.emit({ type: `${type}.failed`, ...at, error })
        return
      }
      for (const delta of ['hello', ' upstream']) talk.emit({ type: `${type}.delta`, ...at, delta })
      talk.emit({
        type: `${type}.completed`,
        ...at,
        transcript: heardTranscript,
        usage: { type: 'duration', seconds: Math.ceil(soundMs / 1000) },
      })
    }
    if (!talk.manner.lateTranscripts) talk.later(talk.manner.deltaIntervalMs, write)
    else
      talk.later(talk.manner.deltaIntervalMs, () => {
        responses.afterActive(() => {
          talk.later(talk.manner.deltaIntervalMs, write)
        })
      })
  }
  function listen(bytes: Buffer, settings: Settings): void {
    const { inputFormat: format, turnDetection: detection } = settings
    totalMs += durationMs(bytes.length, format)
    if (detection === undefined) {
      activity.reset()
      return
    }
    const events = activity.process(samplesOf(bytes, format), { rate: format.rate, ...detection })
    for (const event of events) {
      if (event.kind === 'started') started(event.atMs, detection)
      else stopped(event.atMs, detection)
    }
  }
  function timeOut(from: number): void {
    if (activity.speaking) return
    const id = talk.newId('item')
    talk.emit({
      type: 'input_audio_buffer.timeout_triggered',
      audio_start_ms: Math.round(from),
      audio_end_ms: Math.round(totalMs),
      item_id: id,
    })
    chunks = []
    take(id)
    answer()
  }

  return {
    append(base64) {
      const settings = talk.settings()
      const bytes = Buffer.from(base64, 'base64')
      if (bytes.length % sampleBytes(settings.inputFormat) !== 0) {
        talk.refuse({
          code: 'invalid_value',
          message: 'The audio is not a whole number of samples.',
          param: 'audio',
        })
        return
      }
      chunks.push(bytes)
      listen(bytes, settings)
      // Without speech the service keeps the lead-in only.
      if (settings.turnDetection !== undefined && !activity.speaking) chunks = chunks.slice(-50)
    },
    commit() {
      const sound = buffered()
      const heldMs = durationMs(sound.length, talk.settings().inputFormat)
      if (heldMs < leastCommitMs) {
        talk.refuse({
          code: 'input_audio_buffer_commit_empty',
          message: `Error committing input audio buffer: buffer too small. Expected at least 100ms of audio, but buffer only has ${heldMs.toFixed(2)}ms of audio.`,
          param: null,
          benign: true,
        })
        return false
      }
      idle?.cancel()
      const id = turnId ?? talk.newId('item')
      activity.reset()
      take(id)
      return true
    },
    clear() {
      chunks = []
      turnId = undefined
      activity.reset()
      talk.emit({ type: 'input_audio_buffer.cleared' })
    },
    waitForUser(soundMs) {
      idle?.cancel()
      const limit = talk.settings().turnDetection?.idleTimeoutMs
      if (limit === undefined || activity.speaking) return
      const from = totalMs
      idle = talk.later((soundMs + limit) * talk.manner.timeScale, () => {
        timeOut(from)
      })
    },
    stopWaiting() {
      idle?.cancel()
    },
  }
}

/** Cuts the last answer where a client that plays at once and in real time is. */
function truncateLast(talk: Talk): void {
  const last = talk.conversation.items.findLast(({ shown }) => shown['role'] === 'assistant')
  if (last?.soundFrom === undefined) return
  const playedMs = Math.round((performance.now() - last.soundFrom) / talk.manner.timeScale)
  if (playedMs >= last.soundMs) return
  last.soundMs = playedMs
  last.text = ''
  talk.emit({
    type: 'conversation.item.truncated',
    item_id: last.id,
    content_index: 0,
    audio_end_ms: playedMs,
  })
}
