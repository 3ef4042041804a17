import type { Item } from '../../events/items.ts'
import type { Pcm, TextToSpeech } from '../speech/text-to-speech.ts'

export type { Pcm, SynthesizeOptions, TextToSpeech } from '../speech/text-to-speech.ts'

/** Speech probability of consecutive audio; one stream per session, state kept between calls. */
export interface SpeechProbabilityStream extends AsyncDisposable {
  /** Takes exactly `frameSamples` samples at 16 kHz, answers in order with a probability in [0, 1]. */
  push(frame: Float32Array): Promise<number>
  /** Forgets the past. */
  reset(): void
}

/** Stage 1: says how likely each frame holds speech. */
export interface VoiceActivityDetector extends AsyncDisposable {
  readonly name: string
  /** Samples per frame at 16 kHz. */
  readonly frameSamples: number
  open(): SpeechProbabilityStream
}

/** What was recognised in one piece of speech. */
export interface Transcript {
  /** Empty when nothing was said that could be understood. */
  readonly text: string
  /** Mean log-probability of the tokens; about -0.2 for clear speech, under -2 for noise, 0 where it is not known. */
  readonly confidence: number
  /** BCP 47 tag, when the engine knows it. */
  readonly language: string | undefined
}

/** Options of one recognition. */
export interface TranscribeOptions {
  /** BCP 47 tag the session asks for, `undefined` = the engine's default. */
  readonly language: string | undefined
  /** A recognition of an unfinished turn gives way to a final one. */
  readonly speculative: boolean
  readonly signal: AbortSignal
  /** Hears the words while they are recognised, where the engine can; joined they are the text. */
  readonly onText?: (text: string) => void
}

/** Stage 2: speech to text, whole utterances of at most `maxSeconds`. */
export interface SpeechToText extends AsyncDisposable {
  readonly name: string
  readonly languages: readonly string[]
  readonly maxSeconds: number
  /** Rejects with `engine_failed` when the engine died, after it was restarted. */
  transcribe(audio: Pcm, options: TranscribeOptions): Promise<Transcript>
}

/** A function the language model may call. */
export interface FunctionTool {
  readonly name: string
  readonly description: string | undefined
  /** JSON Schema of the arguments. */
  readonly parameters: unknown
}

/** Everything one answer is made from. */
export interface LanguageModelRequest {
  readonly instructions: string
  /** Conversation so far, oldest first; assistant audio carries the transcript that was heard. */
  readonly items: readonly Item[]
  readonly tools: readonly FunctionTool[]
  readonly toolChoice: 'auto' | 'none' | 'required' | { readonly name: string }
  /** Model after the backend's name, `undefined` = configured default. */
  readonly model: string | undefined
  /** BCP 47 tag to answer in, `undefined` = that of the last user turn. */
  readonly language: string | undefined
  /** Tokens at most, `undefined` = no limit. */
  readonly maxOutputTokens: number | undefined
  /** 0 to 2, `undefined` = the model's own; set only for models that declare `temperature`. */
  readonly temperature?: number | undefined
  readonly signal: AbortSignal
}

/** A piece of an answer, in order. A tool call arrives whole. `end` is last and arrives once. */
export type LanguageModelPart =
  | { readonly type: 'text'; readonly text: string }
  | { readonly type: 'tool_call'; readonly callId: string; readonly name: string; readonly arguments: string }
  | {
      readonly type: 'end'
      readonly reason: 'completed' | 'max_output_tokens' | 'content_filter'
      readonly usage: { readonly inputTokens: number; readonly outputTokens: number } | undefined
    }

/** Stage 3: conversation in, text and tool calls out. */
export interface LanguageModel {
  readonly name: string
  readonly tools: boolean
  /** It looks at `input_image` parts. Default false. */
  readonly images?: boolean
  /** It heeds `temperature`. Default false. */
  readonly temperature?: boolean
  /** The iteration throws `RealtimeError` when the model fails; text already yielded stays valid. */
  respond(request: LanguageModelRequest): AsyncIterable<LanguageModelPart>
}

/** The four stages of a cascade. */
export interface Stages {
  readonly vad: VoiceActivityDetector
  readonly stt: SpeechToText
  readonly llm: LanguageModel
  readonly tts: TextToSpeech
}
