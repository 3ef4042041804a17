import { createSpeechGate } from '../vad/speech-gate.ts'
import type { SpeechProbability } from '../vad/speech-probability.ts'
import { createDefaultScorer } from './default-scorer.ts'
import { createRecentSound } from './recent-sound.ts'
import type { EndOfTurnScorer } from './scorer.ts'
import { judgeText } from './text-score.ts'
import { createTurnPolicy, type TurnDecision } from './turn-policy.ts'
import { listens, type TurnSettings } from './turn-settings.ts'

/** A decision of the policy, or the start of a turn's speech. Times in ms of sound heard. */
export type TurnDetectorEvent =
  | { readonly type: 'started'; readonly atMs: number; readonly paddedMs: number }
  | TurnDecision

/** Sound in, turns out: a detector of speech, a scorer and the policy between them. */
export interface TurnDetector {
  /** Takes one frame of the detector's size. */
  process(frame: Float32Array): readonly TurnDetectorEvent[]
  /** What was said in this turn so far. */
  transcript(text: string, final: boolean): readonly TurnDecision[]
  /** The client ends the turn. */
  commit(): readonly TurnDecision[]
  /** The last sound of an answer has been heard, from which `idleTimeoutMs` counts. */
  answered(): void
  /** Takes other settings from the next frame on; those that do not listen void the turn under way. */
  update(settings: TurnSettings): readonly TurnDecision[]
  reset(): void
}

/** Options of a turn detector. */
export interface TurnDetectorOptions {
  /** At 16 kHz. */
  readonly detector: SpeechProbability
  readonly settings: TurnSettings
  /** Default: words and voice, without a model. Only semantic turns ask it. */
  readonly scorer?: EndOfTurnScorer
  /** Called when a scorer fails; the turn then ends as if nobody had judged it. */
  readonly failed?: (error: unknown) => void
}

/** Sound that a scorer is given at most (s). */
const scoredSeconds = 8
/** Silence after which a pause is judged once more: models want some of it (ms). */
const secondLookMs = 240
/** How far under the threshold of entering speech a frame must fall to leave it. */
const hysteresis = 0.15

/**
 * Creates a detector of turns over consecutive frames. It has no timer: its clock is the sound, so that it decides
 * in the silence as well only while sound comes in.
 */
export function createTurnDetector(options: TurnDetectorOptions): TurnDetector {
  const { detector, scorer = createDefaultScorer(), failed } = options
  const { sampleRate, frameSamples } = detector
  const gate = createSpeechGate({ sampleRate, frameSamples })
  const policy = createTurnPolicy(options.settings)
  const recent = createRecentSound(scoredSeconds * sampleRate)
  let settings = options.settings
  let text: string | undefined
  let startSample = 0
  let scores: number[] = []
  let question = 0
  configure()

  function configure(): void {
    if (!listens(settings)) return
    gate.update({
      enterThreshold: settings.threshold,
      leaveThreshold: Math.max(0, settings.threshold - hysteresis),
      minSpeechMs: settings.minSpeechMs,
      prefixPaddingMs: settings.prefixPaddingMs,
      // The policy ends the turn; the gate only tells silence from speech.
      silenceMs: Number.MAX_SAFE_INTEGER,
      pauseMs: [0, settings.speculateMs, secondLookMs],
    })
  }

  function ask(): void {
    if (settings.mode !== 'semantic') return
    question += 1
    const asked = question
    const { languages } = settings
    const samples = recent.last(gate.nowSample - startSample)
    const fail = (error: unknown): void => failed?.(error)
    try {
      const answer = scorer.score({ samples, text, languages })
      if (typeof answer === 'number') scores.push(answer)
      else answer.then((score) => void (asked === question && scores.push(score)), fail)
    } catch (error) {
      fail(error)
    }
  }

  function told(atMs: number): readonly TurnDecision[] {
    const given = scores
    scores = []
    return given.flatMap((score) => policy.handle({ type: 'score', atMs, score }))
  }

  function forgetTurn(): void {
    gate.reset(gate.nowSample)
    text = undefined
    scores = []
    question += 1
  }

  function ended(decisions: readonly TurnDecision[]): readonly TurnDecision[] {
    if (decisions.some(({ type }) => type === 'end')) forgetTurn()
    return decisions
  }

  const msOf = (sample: number): number => (sample * 1000) / sampleRate

  return {
    process(frame) {
      const probability = detector.process(frame)
      recent.push(frame)
      const events: TurnDetectorEvent[] = []
      if (!listens(settings)) {
        gate.reset(gate.nowSample + frameSamples)
        return events
      }
      const noticed = gate.process(probability)
      const atMs = msOf(gate.nowSample)
      for (const event of noticed) {
        switch (event.type) {
          case 'started':
            startSample = event.paddedSample
            events.push({ type: 'started', atMs, paddedMs: msOf(event.paddedSample) })
            events.push(...policy.handle({ type: 'speech_started', atMs }))
            break
          case 'pause':
            events.push(...policy.handle({ type: 'pause', atMs, sinceMs: msOf(event.atSample) }))
            if (event.pauseMs > 0) ask()
            break
          case 'resumed':
            scores = []
            question += 1
            events.push(...policy.handle({ type: 'resumed', atMs }))
            break
          case 'tentative':
          case 'misfire':
          case 'stopped':
            break
        }
      }
      events.push(...told(atMs), ...policy.handle({ type: 'silence', atMs }))
      ended(events.filter((event) => event.type !== 'started'))
      return events
    },
    transcript(said, final) {
      text = said
      const atMs = msOf(gate.nowSample)
      const languages = settings.mode === 'semantic' ? settings.languages : []
      const { readingDigits, fillersOnly } = judgeText(said, languages)
      const event = { type: 'transcript', atMs, text: said, final, readingDigits, fillersOnly } as const
      const decisions = policy.handle(event)
      if (policy.open && gate.speaking) ask()
      return ended([...decisions, ...told(atMs)])
    },
    commit() {
      return ended(policy.handle({ type: 'commit', atMs: msOf(gate.nowSample) }))
    },
    answered() {
      policy.handle({ type: 'answered', atMs: msOf(gate.nowSample) })
    },
    update(next) {
      const decisions = policy.update(next)
      const stops = listens(settings) && !listens(next)
      settings = next
      if (stops) forgetTurn()
      configure()
      return decisions
    },
    reset() {
      policy.reset()
      forgetTurn()
      gate.reset()
      detector.reset()
      recent.clear()
    },
  }
}
