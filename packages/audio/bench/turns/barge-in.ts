import { createBargeInPolicy, type BargeInPolicy } from '../../src/barge-in/barge-in-policy.ts'
import { createEchoAwareDetector } from '../../src/barge-in/echo-aware-detector.ts'
import { createEnergyVad } from '../../src/vad/energy.ts'
import type { SpeechProbability } from '../../src/vad/speech-probability.ts'
import type { Table, Target } from '../section.ts'
import { doubleTalk, type DoubleTalk } from './double-talk.ts'
import { quantile, rounded } from './quantile.ts'
import { loadVoiceDetector } from './voice-detector.ts'

interface Outcome {
  /** Stops while the user was silent. */
  readonly falseStops: number
  /** Of those, the ones that the policy did not take back. */
  readonly falseInterruptions: number
  /** From the user's first sound to the stop (ms), `undefined` where there was none within a second. */
  readonly delaysMs: readonly (number | undefined)[]
  readonly microsecondsPerFrame: number
}

/** Speech so late after the user's last sound still belongs to it (ms). */
const graceMs = 400
/** A stop later than this after the first sound does not count. */
const longestDelayMs = 1000

/** After an interruption the next answer begins (ms). */
const restMs = 500

function answer(atMs: number): BargeInPolicy {
  const policy = createBargeInPolicy({ falseInterruptionMs: 300 })
  policy.handle({ type: 'answer', atMs })
  policy.handle({ type: 'sound', atMs, ms: 3_600_000 })
  return policy
}

/** Plays a scene through detector and policy; every stop is taken back, so that one scene has many. */
function listen(
  scene: DoubleTalk,
  detector: SpeechProbability & { reference?(samples: Float32Array): void },
): Outcome {
  let policy = answer(0)
  const { frameSamples } = detector
  const frameMs = frameSamples / 16
  let falseStops = 0
  let falseInterruptions = 0
  const delays = new Map<number, number>()
  let answersFromMs = 0
  const began = performance.now()
  for (let at = 0; at + frameSamples <= scene.near.length; at += frameSamples) {
    detector.reference?.(scene.played.subarray(at, at + frameSamples))
    const probability = detector.process(scene.near.subarray(at, at + frameSamples))
    const atMs = (at + frameSamples) / 16
    if (atMs < answersFromMs) continue
    for (const decision of policy.handle({ type: 'user_speech', atMs, frameMs, probability })) {
      if (decision.type === 'interrupt') {
        answersFromMs = atMs + restMs
        policy = answer(answersFromMs)
      }
      if (decision.type !== 'stop' && decision.type !== 'interrupt') continue
      const talks = scene.user.findIndex(({ fromMs, toMs }) => atMs > fromMs && atMs < toMs + graceMs)
      const from = scene.user[talks]?.fromMs
      if (from === undefined) {
        if (decision.type === 'stop') falseStops += 1
        else falseInterruptions += 1
      } else if (!delays.has(talks)) delays.set(talks, atMs - from)
    }
  }
  const frames = scene.near.length / 160
  return {
    falseStops,
    falseInterruptions,
    delaysMs: scene.user.map((_, index) => {
      const delay = delays.get(index)
      return delay !== undefined && delay <= longestDelayMs ? delay : undefined
    }),
    microsecondsPerFrame: ((performance.now() - began) * 1000) / frames,
  }
}

interface Ears {
  readonly name: string
  readonly open: () => SpeechProbability
}

const energy: Ears = { name: 'energy detector', open: () => createEnergyVad({ frameSamples: 160 }) }
const aware = ({ open }: Ears): SpeechProbability => createEchoAwareDetector(open())

/**
 * The policy of a player in process: false barge-ins of an answer by its own echo, and the user who talks over it.
 * What the local backend does, which has no such policy, is measured with calls.
 */
export async function bargeInTables(quick: boolean): Promise<readonly Table[]> {
  const voice: Ears = { name: 'voice detector (Silero)', open: loadVoiceDetector() }
  const ears = [energy, voice]
  return [await echoTable(quick, ears), await doubleTalkTable(quick), await onsetTable(quick, ears)]
}

/** Answers that their own echo stops. */
async function echoTable(quick: boolean, ears: readonly Ears[]): Promise<Table> {
  const seeds = quick ? [1] : [1, 2, 3, 4, 5, 6, 7, 8, 9, 10]
  const minutes = quick ? 1 : 10
  const rows: (readonly (string | number)[])[] = []
  const falseStops = new Map(ears.map(({ name }) => [name, [] as number[]]))
  for (const seed of seeds) {
    const options = { seed, seconds: minutes * 60, echoDb: -6, userDb: undefined, noiseDb: -40 }
    const scene = await doubleTalk(options)
    for (const ear of ears) {
      const unaware = listen(scene, ear.open())
      const outcome = listen(scene, aware(ear))
      falseStops.get(ear.name)?.push((outcome.falseStops * 10) / minutes)
      rows.push([
        ear.name,
        seed,
        minutes,
        unaware.falseStops,
        outcome.falseStops,
        outcome.falseInterruptions,
        rounded(outcome.microsecondsPerFrame),
      ])
    }
  }
  return {
    id: 'echo',
    title: "A player's policy in process: false barge-ins by an echo at -6 dB, without a canceller",
    columns: [
      'detector',
      'room',
      'minutes',
      'stops without the bound',
      'stops',
      'not taken back',
      'us per 10 ms',
    ],
    rows,
    targets: [...falseStops].map(([name, stops]) => {
      const worst = Math.max(...stops)
      const mean = stops.reduce((sum, value) => sum + value, 0) / stops.length
      return {
        figure: `${name}: false barge-ins in 10 minutes, the worst room (mean)`,
        must: '1',
        measured: `${worst.toFixed(1)} (${mean.toFixed(1)})`,
        met: worst <= 1 ? 'must' : 'missed',
      }
    }),
  }
}

/** How soon a user is heard who talks over an echo at -6 dB. */
async function doubleTalkTable(quick: boolean): Promise<Table> {
  const seeds = quick ? [11] : [11, 12, 13, 14]
  const seconds = quick ? 60 : 120
  const rows: (readonly (string | number)[])[] = []
  for (const userDb of [0, -3, -6, -9]) {
    const outcomes: Outcome[] = []
    for (const seed of seeds)
      outcomes.push(
        listen(await doubleTalk({ seed, seconds, echoDb: -6, userDb, noiseDb: -40 }), aware(energy)),
      )
    const delays = outcomes.flatMap(({ delaysMs }) => delaysMs)
    const heard = delays.filter((delay) => delay !== undefined).length
    const share = `${((100 * heard) / delays.length).toFixed(0)} %`
    rows.push([
      userDb + 6,
      delays.length,
      share,
      rounded(quantile(delays, 0.5)),
      rounded(quantile(delays, 0.9)),
    ])
  }
  return {
    id: 'double-talk',
    title:
      "A player's policy with the energy detector: a user who talks over the answer and its echo at -6 dB",
    columns: ['user over echo (dB)', 'utterances', 'stopped within 1 s', 'median ms', 'p90 ms'],
    rows,
  }
}

/** From the first sound of speech to the stop, where nothing comes back. */
async function onsetTable(quick: boolean, ears: readonly Ears[]): Promise<Table> {
  const seeds = quick ? [21] : [21, 22, 23, 24, 25, 26]
  const seconds = quick ? 60 : 120
  const rows: (readonly (string | number)[])[] = []
  const targets: Target[] = []
  const scenes: { readonly noiseDb: number; readonly scene: DoubleTalk }[] = []
  for (const noiseDb of [-40, -30, -20])
    for (const seed of seeds) {
      const options = { seed, seconds, echoDb: -Infinity, userDb: 0, noiseDb, userFrom: 3 }
      scenes.push({ noiseDb, scene: await doubleTalk(options) })
    }
  for (const ear of ears) {
    const heard = scenes.map(({ noiseDb, scene }) => ({ noiseDb, ...listen(scene, aware(ear)) }))
    for (const [noiseDb, outcomes] of Map.groupBy(heard, (outcome) => outcome.noiseDb)) {
      const found = outcomes.flatMap(({ delaysMs }) => delaysMs)
      const figures = [0.5, 0.9, 0.99].map((share) => rounded(quantile(found, share)))
      rows.push([ear.name, -noiseDb, found.length, ...figures])
    }
    const delays = heard.flatMap(({ delaysMs }) => delaysMs)
    for (const { of, share, mustMs } of [
      { of: 'median', share: 0.5, mustMs: 80 },
      { of: 'p90', share: 0.9, mustMs: 140 },
    ]) {
      const measured = quantile(delays, share)
      targets.push({
        figure: `${ear.name}: speech start to playback stopped, ${of}`,
        must: `${mustMs} ms`,
        measured: `${rounded(measured)} ms`,
        met: measured <= mustMs ? 'must' : 'missed',
      })
    }
  }
  return {
    id: 'onset',
    title: "A player's policy in process: from the start of speech to playback stopped, without an echo",
    columns: ['detector', 'speech over noise (dB)', 'utterances', 'median ms', 'p90 ms', 'p99 ms'],
    rows,
    targets,
  }
}
