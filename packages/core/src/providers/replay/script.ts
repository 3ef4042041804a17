import type { AudioFormat } from '@parley/audio'
import { createBreather } from '../../cassette/breathe.ts'
import { formatOf } from '../../cassette/entry-line.ts'
import type { Cassette, CassetteEntry } from '../../cassette/format.ts'
import { AudioPayload } from '../../events/audio-payload.ts'
import type { ServerEvent } from '../../events/server-events.ts'
import type { RealtimeSession } from '../../events/session-config.ts'
import { createRecordedSound, replayFormat } from './recorded-sound.ts'
import type { RecordedSound } from './recorded-sound.ts'
import { createRecordedSpeech } from './recorded-speech.ts'
import type { SpokenTurn } from './recorded-speech.ts'

/** A server event and its delay (ms) after what drew it. */
export interface TimedEvent {
  readonly after: number
  /** Its place in the recording: events that are due at once keep it. */
  readonly order: number
  readonly event: ServerEvent
}

/** What the backend made of something the user said. */
export interface RecordedTurn {
  readonly itemId: string
  /** `undefined` where the client committed the turn itself. */
  readonly speech: SpokenTurn | undefined
  /** After the end of the speech, or after the commit. */
  readonly events: readonly TimedEvent[]
}

/** One response. */
export interface RecordedAnswer {
  /** Index of the turn it answers by itself, `undefined` where the client asked for it. */
  readonly turn: number | undefined
  /** After the end of the speech, or after the client asked. */
  readonly events: readonly TimedEvent[]
}

/** A cassette as a play: what the backend says, and on which cue. */
export interface Script {
  /** The session as it was created, `undefined` where the recording has none. */
  readonly session: RealtimeSession | undefined
  /** Without a cue: after the connection was there. */
  readonly opening: readonly TimedEvent[]
  readonly turns: readonly RecordedTurn[]
  readonly answers: readonly RecordedAnswer[]
  /** How long the backend took for each update of the session (ms). */
  readonly updatesMs: readonly number[]
  /** Why the recorded connection broke in its last answer, `undefined` where it did not. */
  readonly broke: string | undefined
  /** Ids that the backend made up, which a replay makes up anew. */
  readonly ids: ReadonlySet<string>
}

interface Draft {
  readonly base: number
  readonly events: TimedEvent[]
}

interface TurnDraft extends Draft {
  readonly itemId: string
  readonly speech: SpokenTurn | undefined
}

interface AnswerDraft extends Draft {
  readonly turn: number | undefined
}

/** Finds out what drew each event of a recording. */
export async function toScript({ entries, end }: Cassette): Promise<Script> {
  const draft = createDraft(answerItems(entries))
  const breathe = createBreather()
  for (const [order, entry] of entries.entries()) {
    // Each entry says how the next is to be taken.
    // oxlint-disable-next-line no-await-in-loop
    await breathe()
    if (entry.from === 'client') draft.client(entry)
    else draft.backend(entry, order)
  }
  const script = draft.finish()
  const isOver = script.answers.at(-1)?.events.some(({ event }) => event.type === 'response.done') ?? true
  return { ...script, broke: isOver ? undefined : end?.failed?.message }
}

/** The response of each output item. */
function answerItems(entries: readonly CassetteEntry[]): ReadonlyMap<string, string> {
  const items = new Map<string, string>()
  for (const { event } of entries) {
    if (event.type === 'response.output_item.added' && event.item.id !== undefined) {
      items.set(event.item.id, event.response_id)
    }
  }
  return items
}

interface Builder {
  client(entry: CassetteEntry & { readonly from: 'client' }): void
  backend(entry: CassetteEntry & { readonly from: 'backend' }, order: number): void
  finish(): Omit<Script, 'broke'>
}

function createDraft(items: ReadonlyMap<string, string>): Builder {
  const speech = createRecordedSpeech()
  const sounds = new Map<string, RecordedSound>()
  const opening: Draft = { base: 0, events: [] }
  const turns: TurnDraft[] = []
  const answers = new Map<string, AnswerDraft>()
  const updates: number[] = []
  const updatesMs: number[] = []
  const requests: { readonly t: number; readonly eventId: string | undefined }[] = []
  const ids = new Set(items.keys())
  let created: RealtimeSession | undefined
  let input: AudioFormat = replayFormat
  let output: AudioFormat = replayFormat
  let silenceMs = 500
  let committedAt: number | undefined
  let started: { readonly at: number; readonly startMs: number; readonly order: number } | undefined
  let latest = opening

  function follow(session: RealtimeSession): void {
    input = formatOf(session.audio?.input?.format) ?? input
    output = formatOf(session.audio?.output?.format) ?? output
    const detection = session.audio?.input?.turn_detection
    silenceMs = detection?.type === 'semantic_vad' ? 300 : (detection?.silence_duration_ms ?? 500)
  }

  function add(
    draft: Draft,
    t: number,
    { event, order }: { readonly event: ServerEvent; readonly order: number },
  ): void {
    draft.events.push({ after: t - draft.base, order, event })
    latest = draft
  }

  function turnOf(itemId: string | undefined): TurnDraft | undefined {
    return turns.findLast((turn) => turn.itemId === itemId)
  }

  function open(itemId: string, base: number, spoken?: SpokenTurn): TurnDraft {
    const turn = { itemId, base, speech: spoken, events: [] }
    turns.push(turn)
    ids.add(itemId)
    return turn
  }

  function answerOf(id: string, t: number): AnswerDraft {
    const known = answers.get(id)
    if (known) return known
    const request = requests.shift()
    const turn = request || turns.length === 0 ? undefined : turns.length - 1
    const base = request?.t ?? turns.at(-1)?.base ?? t
    const answer = { base, turn, events: [] }
    answers.set(id, answer)
    ids.add(id)
    return answer
  }

  /** The group an event names; `undefined` for answers to what a client did, which a replay gives by itself. */
  function place(event: ServerEvent, t: number): Draft | undefined {
    if (event.type === 'extension') return latest
    if (event.type === 'response.created' || event.type === 'response.done') {
      return event.response.id === undefined ? undefined : answerOf(event.response.id, t)
    }
    if ('response_id' in event && typeof event.response_id === 'string') return answerOf(event.response_id, t)
    if (event.type === 'conversation.item.added' || event.type === 'conversation.item.done') {
      const response = items.get(event.item.id ?? '')
      return response === undefined ? turnOf(event.item.id) : answers.get(response)
    }
    if ('item_id' in event && typeof event.item_id === 'string') return turnOf(event.item_id)
    return latest
  }

  function soundOf(entry: CassetteEntry): ServerEvent | undefined {
    const { event } = entry
    if (event.type !== 'response.output_audio.delta') return undefined
    const key = `${event.item_id} ${event.content_index}`
    const sound = sounds.get(key) ?? createRecordedSound()
    sounds.set(key, sound)
    const bytes = sound.next(event.delta.bytes, output, entry.leftOut)
    return { ...event, delta: AudioPayload.fromBytes(bytes) }
  }

  return {
    client(entry) {
      const { event, t } = entry
      // oxlint-disable-next-line typescript/switch-exhaustiveness-check -- the others draw nothing that is replayed
      switch (event.type) {
        case 'input_audio_buffer.append':
          return speech.append(entry, event, input)
        case 'input_audio_buffer.commit':
          committedAt = t
          return
        case 'session.update':
          updates.push(t)
          return
        case 'response.create':
          requests.push({ t, eventId: event.event_id })
      }
    },

    backend(entry, order) {
      const { event, t } = entry
      // oxlint-disable-next-line typescript/switch-exhaustiveness-check -- the others belong to a turn or an answer
      switch (event.type) {
        case 'session.created':
        case 'session.updated': {
          if (event.type === 'session.updated') updatesMs.push(t - (updates.shift() ?? t))
          if (event.session.type === 'transcription') return
          if (event.type === 'session.created') created = event.session
          return follow(event.session)
        }
        case 'input_audio_buffer.speech_started':
          started = { at: t, startMs: event.audio_start_ms, order }
          return
        case 'input_audio_buffer.speech_stopped': {
          const noticed = {
            startedAt: started?.at ?? t,
            startMs: started?.startMs ?? event.audio_end_ms,
            stoppedAt: t,
            endMs: event.audio_end_ms,
            silenceMs,
          }
          const spoken = speech.locate(noticed)
          started = undefined
          return add(open(event.item_id, spoken.endAt, spoken), t, { event, order })
        }
        case 'input_audio_buffer.committed':
          return add(turnOf(event.item_id) ?? open(event.item_id, committedAt ?? t), t, { event, order })
        case 'error': {
          const refused = requests.findIndex(
            ({ eventId }) => eventId !== undefined && eventId === event.error.event_id,
          )
          if (refused >= 0) requests.splice(refused, 1)
          return event.error.event_id == null ? add(latest, t, { event, order }) : undefined
        }
        case 'conversation.created':
        case 'conversation.item.created':
        case 'input_audio_buffer.cleared':
        case 'input_audio_buffer.timeout_triggered':
        case 'conversation.item.truncated':
        case 'conversation.item.deleted':
        case 'conversation.item.retrieved':
          return
      }
      const draft = place(event, t)
      if (draft) add(draft, t, { event: soundOf(entry) ?? event, order })
    },

    finish() {
      return {
        session: created,
        opening: opening.events,
        turns: turns.map(({ itemId, speech: spoken, events }) => ({ itemId, speech: spoken, events })),
        answers: [...answers.values()].map(({ turn, events }) => ({ turn, events })),
        updatesMs,
        ids,
      }
    },
  }
}
