import { concatFloat32, cutAtQuiet } from '@parley/audio'
import { RealtimeError } from '../../errors.ts'
import type { SpeechToText, Transcript, TranscribeOptions } from './stages.ts'

/** Rate of all sound that is listened to (Hz), that of the stages. */
export const listeningRate = 16_000

/** Mean log-probability under which a recogniser heard noise rather than words. */
const leastConfidence = -2

/** One recognition that is under way. */
export interface Recognition {
  /** Empty text when nothing could be understood; rejects with `RealtimeError` when the engine failed twice. */
  readonly transcript: Promise<Transcript>
  /** Hears the words so far and each that comes, where the engine gives them before the end. */
  readonly listen: (listener: (text: string) => void) => void
  /** The result is not wanted any more. */
  cancel(): void
}

/** Sound of one turn, as it grows. */
export interface Utterance {
  /** Length so far in samples at 16 kHz. */
  readonly length: number
  append(samples: Float32Array): void
  /** Recognises everything so far; a speculative one gives way to others' final ones. */
  recognize(options: { readonly speculative: boolean }): Recognition
  /** Stops the work that began while the turn was growing. */
  cancel(): void
}

/**
 * Creates an empty utterance. What grows beyond `stt.maxSeconds` is cut at its quietest place and recognised
 * while the rest is still being said; the transcripts are joined, so memory and the final wait stay bounded.
 */
export function createUtterance(stt: SpeechToText, language: string | undefined): Utterance {
  const maxSamples = Math.floor(stt.maxSeconds * listeningRate)
  const growing = new AbortController()
  const heads: Promise<Transcript>[] = []
  let pending: Float32Array[] = []
  let pendingLength = 0
  let length = 0

  function transcribe(
    samples: Float32Array,
    { onText, ...options }: Omit<TranscribeOptions, 'language'>,
  ): Promise<Transcript> {
    const audio = { samples, sampleRate: listeningRate }
    // A second try would say the same words again.
    const transcript = withSecondTry(options.signal, (first) =>
      stt.transcribe(audio, { ...options, language, ...(first && onText && { onText }) }),
    )
    transcript.catch(() => undefined)
    return transcript
  }

  function cutHeads(): void {
    const pieces = cutAtQuiet(concatFloat32(pending), maxSamples)
    const tail = pieces.at(-1) ?? new Float32Array(0)
    for (const samples of pieces.slice(0, -1)) {
      heads.push(transcribe(samples, { speculative: false, signal: growing.signal }))
    }
    pending = [tail.slice()]
    pendingLength = tail.length
  }

  return {
    get length() {
      return length
    },
    append(samples) {
      pending.push(samples)
      pendingLength += samples.length
      length += samples.length
      if (pendingLength > maxSamples) cutHeads()
    },
    recognize({ speculative }) {
      const controller = new AbortController()
      const words = createWords()
      const tail = transcribe(concatFloat32(pending), {
        speculative,
        signal: controller.signal,
        // The words of the last piece alone would not be the beginning of the text.
        ...(heads.length === 0 && { onText: words.push }),
      })
      const transcript = Promise.all([...heads, tail]).then(joinTranscripts)
      transcript.catch(() => undefined)
      return { transcript, listen: words.listen, cancel: () => controller.abort() }
    },
    cancel: () => growing.abort(),
  }
}

/** Keeps words for one listener who may come late. */
function createWords(): {
  readonly push: (text: string) => void
  readonly listen: (listener: (text: string) => void) => void
} {
  let waiting: string[] = []
  let listener: ((text: string) => void) | undefined
  return {
    push(text) {
      if (listener) listener(text)
      else waiting.push(text)
    },
    listen(added) {
      listener = added
      for (const text of waiting) added(text)
      waiting = []
    },
  }
}

/** A dead engine is restarted by its owner, so one more try often succeeds. */
async function withSecondTry<Result>(
  signal: AbortSignal,
  attempt: (first: boolean) => Promise<Result>,
): Promise<Result> {
  try {
    return await attempt(true)
  } catch (error) {
    if (signal.aborted || !(error instanceof RealtimeError) || error.code !== 'engine_failed') throw error
    return attempt(false)
  }
}

function joinTranscripts(parts: readonly Transcript[]): Transcript {
  const understood = parts.filter(
    ({ text, confidence }) => text.trim() !== '' && confidence >= leastConfidence,
  )
  const last = understood.at(-1)
  if (!last)
    return {
      text: '',
      confidence: Math.min(...parts.map(({ confidence }) => confidence)),
      language: undefined,
    }
  return {
    text: understood.map(({ text }) => text.trim()).join(' '),
    confidence: understood.reduce((sum, { confidence }) => sum + confidence, 0) / understood.length,
    language: last.language,
  }
}
