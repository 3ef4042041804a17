/** Settings that may change in the middle of a stream. Times in ms, thresholds in [0, 1]. */
export interface SpeechGateSettings {
  /** Probability from which a frame begins speech; default 0.5. */
  readonly enterThreshold: number
  /** Probability under which a frame ends speech; default 0.35, at most `enterThreshold`. */
  readonly leaveThreshold: number
  /** Speech shorter than this is a misfire; default 90. */
  readonly minSpeechMs: number
  /** Silence that ends the speech; default 500. */
  readonly silenceMs: number
  /** Audio before the onset that belongs to the speech; default 300. */
  readonly prefixPaddingMs: number
  /** Audio after the end that belongs to the speech; default 100, never beyond what was heard. */
  readonly tailMs: number
  /** Marks inside the silence window at which a caller may speculate; those from `silenceMs` on never fire. */
  readonly pauseMs: readonly number[]
}

/** Options of a speech gate; every setting has a default. */
export interface SpeechGateOptions extends Partial<SpeechGateSettings> {
  /** Rate in Hz in which `atSample` counts. */
  readonly sampleRate: number
  /** Samples that each probability stands for. */
  readonly frameSamples: number
}

/**
 * What the gate noticed. Samples count from the first frame; an onset is the first sample of its first frame,
 * an end of speech the first sample of the first silent frame.
 */
export type SpeechGateEvent =
  /** Speech seems to begin; `started` or `misfire` follows. */
  | { readonly type: 'tentative'; readonly atSample: number }
  /** Speech began at `atSample`; `paddedSample` is at or after the end of the turn before. */
  | { readonly type: 'started'; readonly atSample: number; readonly paddedSample: number }
  /** The tentative speech ended at `atSample`, too short to count. */
  | { readonly type: 'misfire'; readonly atSample: number }
  /** Silent for `pauseMs` since `atSample`; `resumed` or `stopped` follows. */
  | { readonly type: 'pause'; readonly atSample: number; readonly pauseMs: number }
  /** Speech went on at `atSample` after at least one `pause`. */
  | { readonly type: 'resumed'; readonly atSample: number }
  /** Speech ended at `atSample`, with its tail at `paddedSample`; it took until `nowSample` to be sure. */
  | {
      readonly type: 'stopped'
      readonly atSample: number
      readonly paddedSample: number
      readonly nowSample: number
    }

/** Speech probabilities in, speech events with sample-exact times out. */
export interface SpeechGate {
  /** Takes the probability of the next frame. */
  process(probability: number): readonly SpeechGateEvent[]
  /** Changes settings from the next frame on. Throws `RangeError` and changes nothing if one is invalid. */
  update(settings: Partial<SpeechGateSettings>): void
  /** Forgets the speech under way; the next frame begins at `atSample` (0). */
  reset(atSample?: number): void
  /** True between `started` and `stopped`. */
  readonly speaking: boolean
  /** Samples seen so far: the first sample of the next frame. */
  readonly nowSample: number
}

const defaults: SpeechGateSettings = {
  enterThreshold: 0.5,
  leaveThreshold: 0.35,
  minSpeechMs: 90,
  silenceMs: 500,
  prefixPaddingMs: 300,
  tailMs: 100,
  pauseMs: [],
}

type State =
  | { readonly phase: 'idle' }
  | { readonly phase: 'tentative'; readonly onset: number }
  | { readonly phase: 'speech' }
  /** `markMs` is the longest pause reported so far, -1 for none. */
  | { readonly phase: 'silence'; readonly end: number; readonly markMs: number }

const idle: State = { phase: 'idle' }
const speech: State = { phase: 'speech' }

/** Gate with hysteresis: a frame is voiced from `enterThreshold` until one falls under `leaveThreshold`. */
export function createSpeechGate(options: SpeechGateOptions): SpeechGate {
  const { sampleRate, frameSamples, ...initial } = options
  if (!(sampleRate > 0)) throw new RangeError(`sampleRate must be positive, got ${sampleRate}`)
  if (!(frameSamples > 0)) throw new RangeError(`frameSamples must be positive, got ${frameSamples}`)
  let settings = merged(defaults, initial)
  let state: State = idle
  let nowSample = 0
  /** First sample that is not part of the turn before. */
  let freeSample = 0

  const samplesOf = (ms: number): number => (ms * sampleRate) / 1000

  function confirm(onset: number, events: SpeechGateEvent[]): void {
    if (nowSample - onset < samplesOf(settings.minSpeechMs)) return
    const padded = Math.ceil(onset - samplesOf(settings.prefixPaddingMs))
    events.push({ type: 'started', atSample: onset, paddedSample: Math.max(freeSample, padded) })
    state = speech
  }

  function listen(end: number, markMs: number, events: SpeechGateEvent[]): void {
    if (nowSample - end >= samplesOf(settings.silenceMs)) {
      const padded = Math.floor(end + samplesOf(settings.tailMs))
      events.push({ type: 'stopped', atSample: end, paddedSample: Math.min(nowSample, padded), nowSample })
      freeSample = nowSample
      state = idle
      return
    }
    let reached = markMs
    for (const pauseMs of settings.pauseMs) {
      if (pauseMs > reached && nowSample - end >= samplesOf(pauseMs)) {
        events.push({ type: 'pause', atSample: end, pauseMs })
        reached = pauseMs
      }
    }
    state = { phase: 'silence', end, markMs: reached }
  }

  return {
    process(probability) {
      const events: SpeechGateEvent[] = []
      const frameStart = nowSample
      nowSample += frameSamples
      // A probability that is no number is below every threshold.
      const enters = probability >= settings.enterThreshold
      const stays = probability >= settings.leaveThreshold
      switch (state.phase) {
        case 'idle':
          if (!enters) break
          events.push({ type: 'tentative', atSample: frameStart })
          state = { phase: 'tentative', onset: frameStart }
          confirm(frameStart, events)
          break
        case 'tentative':
          if (stays) {
            confirm(state.onset, events)
          } else {
            events.push({ type: 'misfire', atSample: frameStart })
            state = idle
          }
          break
        case 'speech':
          if (!stays) listen(frameStart, -1, events)
          break
        case 'silence':
          if (!enters) {
            listen(state.end, state.markMs, events)
          } else {
            if (state.markMs >= 0) events.push({ type: 'resumed', atSample: frameStart })
            state = speech
          }
          break
      }
      return events
    },
    update(changes) {
      settings = merged(settings, changes)
    },
    reset(atSample = 0) {
      state = idle
      nowSample = atSample
      freeSample = atSample
    },
    get speaking() {
      return state.phase === 'speech' || state.phase === 'silence'
    },
    get nowSample() {
      return nowSample
    },
  }
}

function merged(base: SpeechGateSettings, changes: Partial<SpeechGateSettings>): SpeechGateSettings {
  const settings = { ...base, ...changes }
  const { enterThreshold, leaveThreshold, minSpeechMs, silenceMs, prefixPaddingMs, tailMs, pauseMs } =
    settings
  if (!(leaveThreshold >= 0 && leaveThreshold <= enterThreshold && enterThreshold <= 1)) {
    throw new RangeError(
      `need 0 <= leaveThreshold <= enterThreshold <= 1, got ${leaveThreshold}, ${enterThreshold}`,
    )
  }
  for (const ms of [minSpeechMs, silenceMs, prefixPaddingMs, tailMs, ...pauseMs]) {
    if (!(ms >= 0)) throw new RangeError(`a time of the speech gate must be 0 ms or more, got ${ms}`)
  }
  return { ...settings, pauseMs: pauseMs.toSorted((a, b) => a - b) }
}
