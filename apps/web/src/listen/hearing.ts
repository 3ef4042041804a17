import { createSpeechGate, type SpeechGateEvent } from '@parley/audio'
import { createTurnPolicy, turnSettings, type SemanticTurns, type TurnDecision } from '@parley/audio/turns'
import type { LabSettings } from './lab-settings.ts'
import { turnDetectionOf } from './session-json.ts'
import type { HeardTurn, TurnMark } from './turn-marks.ts'

/** What the settings make of probabilities: marks and turns, growing. */
export interface Hearing {
  /** Takes the probability of the next frame. */
  process(probability: number): void
  readonly marks: readonly TurnMark[]
  readonly turns: readonly HeardTurn[]
}

/** Where a hearing begins. */
export interface HearingOptions {
  readonly settings: LabSettings
  /** Hz. */
  readonly sampleRate: number
  /** Samples that each probability stands for. */
  readonly frameSamples: number
  /** How long the detector still hears speech after it ended (ms); it counts as silence, as in sessions. */
  readonly detectorLagMs: number
  /** How finished the turn from a sample up to another sounds, in [0, 1]; semantic detection asks it at pauses. */
  readonly score: (fromSample: number, toSample: number) => number
}

/**
 * Hears with these settings from the start of a sound, and ends turns as the local backend does: by a policy where
 * silence alone does not, after the longest silence in any case.
 */
export function createHearing(options: HearingOptions): Hearing {
  const { settings, sampleRate, frameSamples, detectorLagMs, score } = options
  const semantic = semanticTurnsOf(settings)
  const policy = semantic && createTurnPolicy(semantic)
  const silenceMs = Math.max(0, (semantic?.maxSilenceMs ?? settings.silenceMs) - detectorLagMs)
  const gate = createSpeechGate({
    sampleRate,
    frameSamples,
    enterThreshold: settings.enterThreshold,
    leaveThreshold: settings.leaveThreshold,
    minSpeechMs: settings.minSpeechMs,
    prefixPaddingMs: settings.prefixPaddingMs,
    silenceMs,
    // A pause is judged once; a short time-out leaves less time for it.
    pauseMs: [semantic ? Math.min(settings.pauseMs, silenceMs / 4) : settings.pauseMs],
  })
  const marks: TurnMark[] = []
  const turns: HeardTurn[] = []
  const msOf = (sample: number): number => (sample * 1000) / sampleRate
  let startSample = 0
  let onsetMs = 0
  /** Where speech ended before the pause under way. */
  let pausedMs = 0

  const now = (): number => msOf(gate.nowSample)
  /** When speech ended that the detector heard up to a sample. */
  const endOf = (sample: number): number => Math.max(onsetMs, msOf(sample) - detectorLagMs)

  function mark(kind: TurnMark['kind'], atMs: number): void {
    marks.push({ kind, atMs, knownMs: now() })
  }

  function changeTurn(change: Partial<HeardTurn>): void {
    const turn = turns.pop()
    if (turn) turns.push({ ...turn, ...change })
  }

  /** Where the turn's speech and its sound end, if the speech ended there. */
  function endedAt(endMs: number): Pick<HeardTurn, 'endMs' | 'sentMs'> {
    return { endMs, sentMs: Math.max(endMs, Math.min(now(), endMs + settings.tailMs)) }
  }

  function stop(endMs: number): void {
    mark('stopped', endMs)
    changeTurn({ ...endedAt(endMs), stopMs: now() })
    policy?.reset()
  }

  function pause(atSample: number): readonly TurnDecision[] {
    pausedMs = endOf(atSample)
    changeTurn(endedAt(pausedMs))
    if (!policy) {
      mark('pause', pausedMs)
      return []
    }
    const found = score(startSample, gate.nowSample)
    marks.push({ kind: 'pause', atMs: pausedMs, knownMs: now(), score: found })
    return [
      ...policy.handle({ type: 'pause', atMs: now(), sinceMs: msOf(atSample) - detectorLagMs }),
      ...policy.handle({ type: 'score', atMs: now(), score: found }),
    ]
  }

  /** What the policy decides at once because of it. */
  function note(event: SpeechGateEvent): readonly TurnDecision[] {
    const atMs = msOf(event.atSample)
    switch (event.type) {
      case 'tentative':
      case 'misfire':
        mark(event.type, atMs)
        break
      case 'started':
        mark('started', atMs)
        startSample = Math.max(0, event.paddedSample)
        onsetMs = atMs
        turns.push({
          paddedMs: msOf(startSample),
          onsetMs: atMs,
          endMs: undefined,
          sentMs: undefined,
          stopMs: undefined,
          pauses: 0,
        })
        policy?.handle({ type: 'speech_started', atMs: now() })
        break
      case 'pause':
        return pause(event.atSample)
      case 'resumed':
        policy?.handle({ type: 'resumed', atMs: now() })
        mark('resumed', atMs)
        changeTurn({ endMs: undefined, sentMs: undefined, pauses: (turns.at(-1)?.pauses ?? 0) + 1 })
        break
      case 'stopped':
        stop(endOf(event.atSample))
        break
    }
    return []
  }

  return {
    process(probability) {
      const decisions = gate.process(probability).flatMap(note)
      decisions.push(...(policy?.handle({ type: 'silence', atMs: now() }) ?? []))
      if (!decisions.some(({ type }) => type === 'end')) return
      stop(pausedMs)
      gate.reset(gate.nowSample)
    },
    marks,
    turns,
  }
}

/** How semantic detection ends turns, read from the object that sessions get; Voice Live has all its kinds; `undefined` where silence alone does. */
function semanticTurnsOf(settings: LabSettings): SemanticTurns | undefined {
  const known = turnSettings(turnDetectionOf(settings, 'voice-live'))
  return known.mode === 'semantic' ? known : undefined
}
