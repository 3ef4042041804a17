import { createEchoCanceller } from '../../src/echo/index.ts'
import type { BenchOptions, Table, Target } from '../section.ts'
import { echoScene, type Scene, type SceneOptions } from './scene.ts'
import {
  cancelled,
  echoReductionDb,
  meanAndLeast,
  medianOf,
  nearEndDb,
  secondsToReach,
  type Canceller,
  type Span,
} from './score.ts'

/** Far end alone; both; far end alone; and from the 20th second on in another room. */
const seconds = 28
const converged: readonly Span[] = [
  [6, 10],
  [17, 20],
]
const doubleTalk: Span = [10, 16]
const changeAt = 20
const settled: readonly Span[] = [[24, 28]]

interface Condition {
  readonly name: string
  readonly change: Partial<SceneOptions>
}

const conditions: readonly Condition[] = [
  { name: 'quiet room, 16 kHz', change: {} },
  { name: 'noise 30 dB under the echo', change: { noiseDb: -30 } },
  { name: 'loudspeaker clips softly', change: { drive: 2 } },
  { name: 'echo as loud as speech + 6 dB', change: { echoDb: 6 } },
  { name: 'near end 6 dB weaker', change: { nearDb: -6 } },
  { name: 'clocks 50 ppm apart', change: { driftPpm: 50 } },
  { name: '8 kHz', change: { sampleRate: 8000 } },
  { name: '48 kHz', change: { sampleRate: 48_000 } },
]

/** Scene of a seed: rooms of both kinds, decay times of 0.2 to 0.5 s and delays of 20 to 300 ms. */
export function sceneOf(seed: number, change: Partial<SceneOptions> = {}): Promise<Scene> {
  return echoScene({
    seed,
    sampleRate: 16_000,
    seconds,
    rt60: [0.2, 0.3, 0.4, 0.5][seed % 4] ?? 0.3,
    kind: seed % 2 === 0 ? 'noise' : 'image',
    delayMs: [20, 90, 170, 230, 300][seed % 5] ?? 20,
    near: [doubleTalk],
    changeAt,
    ...change,
  })
}

/** Figures of one seed. */
interface Scores {
  readonly reduction: number
  readonly nearEnd: number
  readonly seconds: number
  readonly recovery: number
  readonly afterChange: number
}

/** Scores of a canceller in a scene. */
export function scoresOf(scene: Scene, canceller: Canceller, sampleRate: number): Scores {
  const output = cancelled(scene, canceller)
  const reach = { sampleRate, db: 15 }
  return {
    reduction: echoReductionDb(scene, output, { sampleRate, spans: converged }),
    nearEnd: nearEndDb(scene, output, { sampleRate, span: doubleTalk }),
    seconds: secondsToReach(scene, output, { ...reach, from: 0, to: doubleTalk[0] }),
    recovery: secondsToReach(scene, output, { ...reach, from: changeAt, to: seconds }),
    afterChange: echoReductionDb(scene, output, { sampleRate, spans: settled }),
  }
}

interface OurCanceller extends Canceller, Disposable {}

function ours(sampleRate: number, suppression: 'full' | 'linear'): OurCanceller {
  const canceller = createEchoCanceller({ sampleRate, suppression })
  const { frameSamples } = canceller
  return {
    frameSamples,
    // It leaves out what comes before the first sample, so its output is in step.
    delaySamples: 0,
    process(played, heard) {
      canceller.reference(played)
      return canceller.process(heard)
    },
    [Symbol.dispose]: () => canceller[Symbol.dispose](),
  }
}

const db = (value: number): string => value.toFixed(1)
const worst = ({ mean, least }: { readonly mean: number; readonly least: number }): string =>
  `${db(mean)} (${db(least)})`

/** What is left of the echo and kept of the near end, over conditions and seeds. */
export async function echoQuality({ quick }: BenchOptions): Promise<Table> {
  const seeds = Array.from({ length: quick ? 2 : 10 }, (_, i) => i + 101)
  const fewer = seeds.slice(0, 4)
  const rows: string[][] = []
  const targets: Target[] = []
  for (const { name, change } of quick ? conditions.slice(0, 2) : conditions) {
    const linear: Scores[] = []
    const full: Scores[] = []
    for (const seed of rows.length === 0 ? seeds : fewer) {
      // One after the other: a scene takes much memory.
      // oxlint-disable-next-line no-await-in-loop
      const scene = await sceneOf(seed, change)
      const { sampleRate = 16_000 } = change
      using filter = ours(sampleRate, 'linear')
      using whole = ours(sampleRate, 'full')
      linear.push(scoresOf(scene, filter, sampleRate))
      full.push(scoresOf(scene, whole, sampleRate))
    }
    const of = (scores: readonly Scores[], key: keyof Scores): readonly number[] =>
      scores.map((one) => one[key])
    rows.push([
      `${name} (${full.length} rooms)`,
      worst(meanAndLeast(of(linear, 'reduction'))),
      worst(meanAndLeast(of(full, 'reduction'))),
      worst(meanAndLeast(of(linear, 'nearEnd'))),
      worst(meanAndLeast(of(full, 'nearEnd'))),
      `${db(medianOf(of(linear, 'seconds')))} / ${db(medianOf(of(full, 'seconds')))}`,
      `${db(medianOf(of(linear, 'recovery')))} / ${db(medianOf(of(full, 'recovery')))}`,
      `${db(meanAndLeast(of(linear, 'afterChange')).mean)} / ${db(meanAndLeast(of(full, 'afterChange')).mean)}`,
    ])
    if (targets.length > 0) continue
    targets.push(
      target('echo reduction of the filter, quiet room', '20 dB', meanAndLeast(of(linear, 'reduction'))),
      target('with suppressor, quiet room', '35 dB', meanAndLeast(of(full, 'reduction'))),
      target('near end kept in double talk (SI-SDR)', '8 dB', meanAndLeast(of(full, 'nearEnd'))),
    )
  }
  return {
    id: 'echo-quality',
    title:
      'Echo over all that is left, its noise included, and near end kept, dB: mean (worst) of rooms of 0.2 to 0.5 s, delays of 20 to 300 ms',
    columns: [
      'condition',
      'reduction, filter',
      'with suppressor',
      'near end, filter',
      'with suppressor',
      's to 15 dB, both',
      's after a new path',
      '4 s after it, both',
    ],
    rows,
    targets,
  }
}

/** The mean is what has to reach it; the worst room stands beside. */
function target(
  figure: string,
  must: string,
  score: { readonly mean: number; readonly least: number },
): Target {
  return {
    figure,
    must,
    measured: `${db(score.mean)} dB, worst room ${db(score.least)}`,
    met: score.mean >= parseFloat(must) ? 'must' : 'missed',
  }
}
