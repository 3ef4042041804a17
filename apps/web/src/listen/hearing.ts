import { createSpeechGate, type SpeechGateEvent } from '@parley/audio'
import { createTurnPolicy, turnSettings, type TurnPolicy } from '@parley/audio/turns'
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
  /** How finished the turn from a sample up to another sounds, in [0, 1]; semantic detection asks it at pauses. */
  readonly score: (fromSample: number, toSample: number) => number
}

/** Silence after which a pause is judged once more, as sessions do (ms). */
const secondLookMs = 240

/** Hears with these settings from the start of a sound. */
export function createHearing({ settings, sampleRate, frameSamples, score }: HearingOptions): Hearing {
  const policy = policyOf(settings)
  const gate = createSpeechGate({
    sampleRate,
    frameSamples,
    enterThreshold: settings.enterThreshold,
    leaveThreshold: settings.leaveThreshold,
    minSpeechMs: settings.minSpeechMs,
    prefixPaddingMs: settings.prefixPaddingMs,
    // With a policy the gate only tells silence from speech.
    silenceMs: policy ? Number.MAX_SAFE_INTEGER : settings.silenceMs,
    pauseMs: policy ? [0, settings.pauseMs, secondLookMs] : [settings.pauseMs],
  })
  const marks: TurnMark[] = []
  const turns: HeardTurn[] = []
  const msOf = (sample: number): number => (sample * 1000) / sampleRate
  let startSample = 0
  /** True from the mark of a pause to that of its end. */
  let isPaused = false

  const now = (): number => msOf(gate.nowSample)

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
    isPaused = false
  }

  function judge(judging: TurnPolicy): void {
    const found = score(startSample, gate.nowSample)
    const last = marks.at(-1)
    if (last?.kind === 'pause') marks[marks.length - 1] = { ...last, score: found }
    judging.handle({ type: 'score', atMs: now(), score: found })
  }

  function pause(event: SpeechGateEvent & { readonly type: 'pause' }): void {
    const sinceMs = msOf(event.atSample)
    if (event.pauseMs === settings.pauseMs) {
      mark('pause', sinceMs)
      changeTurn(endedAt(sinceMs))
      isPaused = true
    }
    if (!policy) return
    policy.handle({ type: 'pause', atMs: now(), sinceMs })
    if (event.pauseMs > 0) judge(policy)
  }

  function note(event: SpeechGateEvent): void {
    const atMs = msOf(event.atSample)
    switch (event.type) {
      case 'tentative':
      case 'misfire':
        mark(event.type, atMs)
        break
      case 'started':
        mark('started', atMs)
        startSample = Math.max(0, event.paddedSample)
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
        pause(event)
        break
      case 'resumed':
        policy?.handle({ type: 'resumed', atMs: now() })
        if (!isPaused) break
        mark('resumed', atMs)
        isPaused = false
        changeTurn({ endMs: undefined, sentMs: undefined, pauses: (turns.at(-1)?.pauses ?? 0) + 1 })
        break
      case 'stopped':
        stop(atMs)
        break
    }
  }

  return {
    process(probability) {
      for (const event of gate.process(probability)) note(event)
      for (const decision of policy?.handle({ type: 'silence', atMs: now() }) ?? []) {
        if (decision.type !== 'end') continue
        stop(decision.speechEndMs)
        gate.reset(gate.nowSample)
      }
    },
    marks,
    turns,
  }
}

/** Who ends turns where silence alone does not: the policy that sessions follow with the same object. */
function policyOf(settings: LabSettings): TurnPolicy | undefined {
  if (settings.mode === 'server_vad') return undefined
  const known = turnSettings(turnDetectionOf(settings))
  return createTurnPolicy(known.mode === 'semantic' ? { ...known, speculateMs: settings.pauseMs } : known)
}
