import type {
  LanguageModelPart,
  LanguageModelRequest,
  Pcm,
  Stages,
  SynthesizeOptions,
  TranscribeOptions,
  Transcript,
} from '../providers/cascade/stages.ts'
import type { VoiceCapability } from '../providers/capabilities.ts'

/** A stream of parts that a test writes by hand. */
interface Script<Part> {
  readonly parts: AsyncIterable<Part>
  push(part: Part): void
  end(): void
  fail(error: unknown): void
}

/** One frame the detector was asked about. */
export interface FakeFrame {
  readonly samples: Float32Array
  answer(probability: number): void
  fail(error: unknown): void
}

/** One recognition that was asked for. */
export interface FakeRecognition {
  readonly audio: Pcm
  readonly options: TranscribeOptions
  understand(text: string, rest?: Partial<Transcript>): void
  fail(error: unknown): void
}

/** One answer that was asked for. */
export interface FakeAnswer {
  readonly request: LanguageModelRequest
  text(text: string): void
  call(name: string, json: string): void
  end(end?: Partial<Extract<LanguageModelPart, { type: 'end' }>>): void
  fail(error: unknown): void
}

/** One clause that was to be spoken. */
export interface FakeSpeech {
  readonly text: string
  readonly options: SynthesizeOptions
  /** Gives `ms` of an audible tone. */
  sound(ms: number): void
  silence(ms: number): void
  end(): void
  fail(error: unknown): void
}

/** Stages that do what a test says, and remember what they were asked. */
export interface FakeStages extends Stages {
  readonly frames: readonly FakeFrame[]
  readonly recognitions: readonly FakeRecognition[]
  readonly answers: readonly FakeAnswer[]
  readonly speeches: readonly FakeSpeech[]
  /** Detector streams opened and not yet closed. */
  readonly openStreams: number
}

/** What happens to each request at once; without an entry it waits for the test. */
export interface FakeStagesOptions {
  /** `false` waits for the test; by default a loud frame is speech and a silent one is not. */
  readonly vad?: false | ((frame: FakeFrame) => void)
  readonly stt?: (recognition: FakeRecognition) => void
  readonly llm?: (answer: FakeAnswer) => void
  readonly tts?: (speech: FakeSpeech) => void
  readonly voices?: readonly VoiceCapability[]
  readonly maxSeconds?: number
  /** What the language model takes besides text. Default: neither. */
  readonly llmTakes?: { readonly images?: boolean; readonly temperature?: boolean }
}

const sampleRate = 16_000

/** An English voice, and a German one behind it. */
export const fakeVoices: readonly VoiceCapability[] = [
  { name: 'ann', languages: ['en-US', 'en'] },
  { name: 'bert', languages: ['de-DE', 'de'] },
]

/** Creates the four stages under a test's hand. */
export function fakeStages(options: FakeStagesOptions = {}): FakeStages {
  const frames: FakeFrame[] = []
  const recognitions: FakeRecognition[] = []
  const answers: FakeAnswer[] = []
  const speeches: FakeSpeech[] = []
  let openStreams = 0
  const { vad = byLoudness } = options
  const close = async (): Promise<void> => undefined

  return {
    frames,
    recognitions,
    answers,
    speeches,
    get openStreams() {
      return openStreams
    },
    vad: {
      name: 'fake-vad',
      frameSamples: 512,
      open() {
        openStreams += 1
        return {
          push(samples) {
            const { promise, resolve, reject } = Promise.withResolvers<number>()
            const frame: FakeFrame = { samples, answer: resolve, fail: reject }
            frames.push(frame)
            if (vad) vad(frame)
            return promise
          },
          reset() {},
          async [Symbol.asyncDispose]() {
            openStreams -= 1
          },
        }
      },
      [Symbol.asyncDispose]: close,
    },
    stt: {
      name: 'fake-stt',
      languages: ['en'],
      maxSeconds: options.maxSeconds ?? 25,
      transcribe(audio, asked) {
        const { promise, resolve, reject } = Promise.withResolvers<Transcript>()
        const recognition: FakeRecognition = {
          audio,
          options: asked,
          understand: (text, rest) => resolve({ text, confidence: -0.2, language: undefined, ...rest }),
          fail: reject,
        }
        asked.signal.addEventListener('abort', () => reject(new Error('aborted')), { once: true })
        recognitions.push(recognition)
        options.stt?.(recognition)
        return promise
      },
      [Symbol.asyncDispose]: close,
    },
    llm: {
      name: 'fake-llm',
      tools: true,
      ...options.llmTakes,
      respond(request) {
        const script = createScript<LanguageModelPart>(request.signal)
        const answer: FakeAnswer = {
          request,
          text: (text) => script.push({ type: 'text', text }),
          call: (name, json) =>
            script.push({ type: 'tool_call', callId: `call_${answers.length}`, name, arguments: json }),
          end(end = {}) {
            script.push({ type: 'end', reason: 'completed', usage: undefined, ...end })
            script.end()
          },
          fail: script.fail,
        }
        answers.push(answer)
        options.llm?.(answer)
        return script.parts
      },
    },
    tts: {
      name: 'fake-tts',
      voices: options.voices ?? fakeVoices,
      synthesize(text, asked) {
        const script = createScript<Pcm>(asked.signal)
        const give = (ms: number, level: number): void =>
          script.push({ samples: new Float32Array((sampleRate * ms) / 1000).fill(level), sampleRate })
        const speech: FakeSpeech = {
          text,
          options: asked,
          sound: (ms) => give(ms, 0.25),
          silence: (ms) => give(ms, 0),
          end: script.end,
          fail: script.fail,
        }
        speeches.push(speech)
        options.tts?.(speech)
        return script.parts
      },
      [Symbol.asyncDispose]: close,
    },
  }
}

function byLoudness({ samples, answer }: FakeFrame): void {
  const level = samples.reduce((sum, sample) => sum + Math.abs(sample), 0) / samples.length
  answer(level > 0.1 ? 0.95 : 0.02)
}

/** Ends with an error when aborted, as engines do. */
function createScript<Part>(signal: AbortSignal): Script<Part> {
  const waiting: Part[] = []
  let over = false
  let failure: { readonly error: unknown } | undefined
  let changed = Promise.withResolvers<void>()

  function announce(): void {
    changed.resolve()
    changed = Promise.withResolvers()
  }

  function finish(result: { readonly error: unknown } | undefined): void {
    if (over) return
    over = true
    failure = result
    announce()
  }

  signal.addEventListener('abort', () => finish({ error: new Error('aborted') }), { once: true })
  return {
    push(part) {
      waiting.push(part)
      announce()
    },
    end: () => finish(undefined),
    fail: (error) => finish({ error }),
    parts: (async function* () {
      for (;;) {
        for (let part = waiting.shift(); part !== undefined; part = waiting.shift()) yield part
        if (failure) throw failure.error
        if (over) return
        await changed.promise
      }
    })(),
  }
}
