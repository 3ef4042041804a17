import {
  byteLengthOf,
  concatBytes,
  durationMs,
  encodeWav,
  sampleRateOf,
  transcodePieces,
} from '@parley/audio'
import type { AudioFormat } from '@parley/audio'
import type { AudioPayload } from '../../events/audio-payload.ts'
import type { ClientEvent } from '../../events/client-events.ts'
import type { ServerEvent } from '../../events/server-events.ts'
import type { ContextStore, ItemAudio } from '../../storage/context-store.ts'
import { neededFromMs } from '../upstream/resending.ts'
import type { SessionState } from '../session-state.ts'
import { createSoundLog } from '../listening/sound-log.ts'

/** Longest sound kept of an answer (ms): five minutes; of a turn of the user the last two are at hand. */
const longestItemMs = 300_000

/** Most sound that waits to be stored (bytes): what comes beyond it is not kept. */
const maxWaitingBytes = 32 * 1024 * 1024

/** How long the end of a session waits for the sound that is left (ms). */
const patienceMs = 5_000

/** Stores the sound of items beside a session: turns of the user as committed, answers as they were sent. */
export interface KeptSound {
  /** What goes to the backend. */
  said(event: ClientEvent, state: SessionState): void
  /** What goes to the client, in the backend's format. */
  told(event: ServerEvent, state: SessionState): void
  /** Entries are on their way: sound of their items is stored behind them. */
  after(stored: Promise<unknown>): void
  /** Resolves when everything is stored or given up. */
  close(): Promise<void>
}

interface Piece {
  readonly audio: AudioPayload
  readonly format: AudioFormat
}

interface Answer {
  readonly responseId: string
  readonly contentIndex: number
  readonly pieces: Piece[]
  ms: number
}

/** Keeps sound in one conversation of a store. What the store cannot take is tried once more at the end. */
export function createKeptSound(store: Pick<ContextStore, 'putAudio'>, conversationId: string): KeptSound {
  const log = createSoundLog()
  const answers = new Map<string, Answer>()
  const failed: ItemAudio[] = []
  let waitingBytes = 0
  let tail: Promise<unknown> = Promise.resolve()

  function answered(
    event: Extract<ServerEvent, { type: 'response.output_audio.delta' }>,
    state: SessionState,
  ): void {
    if (state.responses.get(event.response_id)?.outOfBand !== false) return
    const { item_id: itemId, content_index: contentIndex, delta: audio } = event
    const answer = answers.get(itemId) ?? { responseId: event.response_id, contentIndex, pieces: [], ms: 0 }
    const format = state.settings.output.provider
    if (answer.ms >= longestItemMs || waitingBytes + audio.byteLength > maxWaitingBytes) return
    answer.pieces.push({ audio, format })
    answer.ms += durationMs(format, audio.byteLength)
    waitingBytes += audio.byteLength
    answers.set(itemId, answer)
  }

  function committed(itemId: string, state: SessionState): void {
    const span = state.wordless.get(itemId)?.span
    if (!span) return
    const format = state.settings.input.client
    const pieces = log.cut(span).map((audio) => ({ audio, format }))
    const bytes = byteLengthOfAll(pieces)
    if (bytes === 0 || waitingBytes + bytes > maxWaitingBytes) return
    waitingBytes += bytes
    keep(itemId, { contentIndex: 0, pieces })
  }

  /** What never became an item. */
  function forget(responseId: string | undefined): void {
    for (const [itemId, answer] of answers) {
      if (answer.responseId !== responseId) continue
      answers.delete(itemId)
      waitingBytes -= byteLengthOfAll(answer.pieces)
    }
  }

  /** Behind what was stored before; the sound is put together when its turn has come. */
  function keep(itemId: string, { contentIndex, pieces }: Pick<Answer, 'contentIndex' | 'pieces'>): void {
    tail = tail.then(async () => {
      const audio = { itemId, contentIndex, ...toWav(pieces) }
      waitingBytes -= byteLengthOfAll(pieces)
      await put(audio)
    })
  }

  async function put(audio: ItemAudio): Promise<void> {
    try {
      await store.putAudio(conversationId, audio)
    } catch {
      failed.push(audio)
      // The newest are the likeliest to be stored.
      while (byteLengthOfAll(failed.map(({ bytes }) => ({ audio: bytes }))) > maxWaitingBytes) failed.shift()
    }
  }

  return {
    said(event, state) {
      if (event.type === 'input_audio_buffer.append')
        log.add(event.audio, state.settings.input.client, neededFromMs(state))
    },
    told(event, state) {
      // oxlint-disable-next-line typescript/switch-exhaustiveness-check -- the other events say nothing of sound
      switch (event.type) {
        case 'response.output_audio.delta':
          return answered(event, state)
        case 'input_audio_buffer.committed':
          return committed(event.item_id, state)
        case 'conversation.item.done': {
          const { id = '' } = event.item
          const answer = answers.get(id)
          answers.delete(id)
          return answer && keep(id, answer)
        }
        case 'response.done':
          return forget(event.response.id)
        default:
      }
    },
    after(stored) {
      tail = Promise.allSettled([tail, stored])
    },
    async close() {
      const rest = tail.then(async () => {
        for (const audio of failed.splice(0)) await put(audio)
      })
      const timer = Promise.withResolvers<void>()
      const late = setTimeout(timer.resolve, patienceMs)
      await Promise.race([rest, timer.promise])
      clearTimeout(late)
    },
  }
}

function byteLengthOfAll(pieces: readonly { readonly audio: { readonly byteLength: number } }[]): number {
  return pieces.reduce((sum, { audio }) => sum + audio.byteLength, 0)
}

/** One 16-bit WAV file at the rate of the first piece. */
function toWav(pieces: readonly Piece[]): Pick<ItemAudio, 'mediaType' | 'durationMs' | 'bytes'> {
  const [first] = pieces
  const rate = first ? sampleRateOf(first.format) : 24_000
  const target: AudioFormat = { type: 'audio/pcm', rate }
  const sound = concatBytes(
    transcodePieces(
      pieces.map(({ audio, format }) => ({ bytes: audio.bytes, format })),
      target,
    ),
  )
  const pcm = sound.subarray(0, byteLengthOf(target, longestItemMs))
  return { mediaType: 'audio/wav', durationMs: durationMs(target, pcm.length), bytes: encodeWav(pcm, rate) }
}
