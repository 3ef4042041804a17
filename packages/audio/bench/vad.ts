import { createFlite } from './noisy-speech/flite.ts'
import { createScenes, type Scene } from './noisy-speech/scene.ts'
import type { BenchOptions, Section, Table, Target } from './section.ts'
import { accuracyOf, largestDifference, type Accuracy } from './vad/accuracy.ts'
import { costsOf, type Cost } from './vad/cost.ts'
import { loadDetectors, type Detectors } from './vad/detectors.ts'
import { agingOf, type LongStream } from './vad/long-stream.ts'
import { bytesPerFrame, bytesPerStream } from './vad/memory.ts'

type Grade = Target['met']

const grade = (value: number, must: number, aim: number): Grade =>
  value <= aim ? 'aim' : value <= must ? 'must' : 'missed'
const ms = (value: number): string => value.toFixed(0)

/** Voice activity: accuracy, delay, cost, memory and age of every detector, on speech made from seeds. */
export async function run({ quick }: BenchOptions): Promise<Section> {
  const flite = await createFlite()
  const seeds = quick ? [101] : [101, 102, 103]
  const sets = []
  // One after the other: they share a processor.
  // oxlint-disable-next-line no-await-in-loop
  for (const seed of seeds) sets.push(await createScenes(flite, seed, quick ? 10 : 30))
  const detectors = await loadDetectors()
  const scenes = sets.flat()
  const accuracies: Record<string, Accuracy> = {}
  const measured = [
    'energy',
    'v5',
    'native5',
    'v6',
    'v6Js',
    'native6',
    'web6',
    'live',
    'liveWithoutGate',
  ] as const
  // oxlint-disable-next-line no-await-in-loop
  for (const key of measured) accuracies[key] = await accuracyOf(detectors[key], scenes)
  // Slow, and the same again: a seed is enough to see whether they are.
  const [set = []] = sets
  const slow = [await accuracyOf(detectors.v6Js, set), await accuracyOf(detectors.web6, set)]
  // A minute of speech in steady noise, then everything else.
  const isExamined = ({ noise, snrDb }: Scene): boolean => noise === 'pink' && (snrDb === 10 || snrDb === 15)
  const examined = scenes.filter(isExamined).slice(0, 2)
  const others = scenes.filter((scene) => !isExamined(scene))
  return {
    id: 'voice-activity',
    title: 'Voice activity',
    tables: [
      accuracyTable(accuracies, slow, seeds),
      await costTable(detectors, scenes[0]?.samples ?? new Float32Array(0), quick ? 3 : 15),
      memoryTable(detectors),
      await agingTable(detectors, { examined, others, minutes: quick ? 2 : 60 }),
    ],
  }
}

function accuracyTable(
  accuracies: Readonly<Record<string, Accuracy>>,
  slow: readonly Accuracy[],
  seeds: readonly number[],
): Table {
  const of = (key: string): Accuracy => {
    const found = accuracies[key]
    if (!found) throw new Error(`${key} was not measured.`)
    return found
  }
  const difference = Math.max(
    largestDifference(of('v6'), of('native6')),
    largestDifference(of('v5'), of('native5')),
    ...slow.map((accuracy) => largestDifference(accuracy, of('v6'))),
  )
  const gain = of('live').f1 - of('native6').f1
  const [median, p90] = of('live').onset
  return {
    id: 'voice-activity-accuracy',
    title: `Decisions at 0.5 on noisy speech, seeds ${seeds.join(', ')}`,
    columns: [
      'detector',
      'F1',
      'clean',
      'white',
      'pink',
      'babble',
      'music',
      'onset ms',
      'p90',
      'end ms',
      'p90',
    ],
    rows: Object.values(accuracies).map(({ name, f1, f1Of, onset, offset }) => [
      name,
      f1.toFixed(4),
      ...[f1Of.clean, f1Of.white, f1Of.pink, f1Of.babble, f1Of.music].map((value) => value.toFixed(3)),
      ...[...onset, ...offset].map(ms),
    ]),
    targets: [
      {
        figure: 'difference of probabilities to ONNX Runtime',
        must: '1e-4',
        measured: difference.toExponential(1),
        met: difference <= 1e-4 ? 'aim' : 'missed',
      },
      {
        figure: 'F1 against Silero v6 by ONNX Runtime',
        must: '0',
        aim: '+0.01',
        measured: `${gain < 0 ? '' : '+'}${gain.toFixed(4)}`,
        met: grade(-gain, 0, -0.01),
      },
      {
        figure: 'onset at 20 dB and better, median',
        must: '45 ms',
        aim: '30 ms',
        measured: `${ms(median)} ms`,
        met: grade(median, 45, 30),
      },
      {
        figure: 'onset at 20 dB and better, p90',
        must: '80 ms',
        aim: '60 ms',
        measured: `${ms(p90)} ms`,
        met: grade(p90, 80, 60),
      },
    ],
  }
}

async function costTable(all: Detectors, samples: Float32Array, rounds: number): Promise<Table> {
  const { v6, v5, v6Js, native6, web6, live, energy } = all
  const costs = await costsOf(
    [v6, v5, native6, web6, v6Js, live, energy],
    samples.subarray(0, 160_000),
    rounds,
  )
  const [silent] = await costsOf([live], new Float32Array(160_000), rounds)
  const ratio = ({ name }: { readonly name: string }): number =>
    costs.find((cost) => cost.name === name)?.ratio ?? NaN
  const target = (figure: string, value: number, must: number, aim: number): Target => ({
    figure,
    must: `${must}x`,
    aim: `${aim}x`,
    measured: `${value.toFixed(1)}x`,
    met: grade(-value, -must, -aim),
  })
  const row = ({ name, microseconds, ratio: times }: Cost): string[] => [
    name,
    microseconds.toFixed(1),
    times.toFixed(2),
  ]
  return {
    id: 'voice-activity-cost',
    title: 'Time for 32 ms of clean speech, one thread',
    columns: ['detector', 'us', 'times ours'],
    rows: [
      ...costs.map(row),
      ...(silent ? [[`${silent.name}, in silence`, silent.microseconds.toFixed(1), '']] : []),
    ],
    targets: [
      target('cheaper than onnxruntime-node', ratio(native6), 3.5, 8),
      target('cheaper than onnxruntime-web', ratio(web6), 8.5, 20),
    ],
  }
}

function memoryTable({ model, live }: Detectors): Table {
  const frame = bytesPerFrame(model.open())
  const stream = bytesPerStream(() => model.open())
  const openLive = () => {
    const detector = live.open()
    // The live detector answers at once.
    return detector as ReturnType<typeof model.open>
  }
  const rows = [
    ['Silero v6, ours', frame.toFixed(1), stream.toFixed(0)],
    ['voice detector', bytesPerFrame(openLive()).toFixed(1), bytesPerStream(openLive).toFixed(0)],
  ]
  return {
    id: 'voice-activity-memory',
    title: 'Memory in bytes',
    columns: ['detector', 'heap a frame', 'a stream'],
    rows,
    targets: [
      {
        figure: 'heap a frame',
        must: '32 B',
        aim: '0',
        measured: `${frame.toFixed(1)} B`,
        met: grade(frame, 32, 0.5),
      },
      {
        figure: 'a stream',
        must: '4 KB',
        aim: '2 KB',
        measured: `${stream.toFixed(0)} B`,
        met: grade(stream, 4096, 2048),
      },
    ],
  }
}

async function agingTable({ v6, live }: Detectors, long: LongStream): Promise<Table> {
  const aged = [await agingOf(v6, long), await agingOf(live, long)]
  const change = Math.abs((aged[1]?.last ?? NaN) - (aged[1]?.first ?? NaN))
  return {
    id: 'voice-activity-aging',
    title: `The same minute at the start of a stream and after ${long.minutes} minutes, F1`,
    columns: ['detector', 'start', 'end'],
    rows: aged.map(({ name, first, last }) => [name, first.toFixed(4), last.toFixed(4)]),
    targets: [
      {
        figure: 'change of F1',
        must: '0.005',
        aim: '0',
        measured: change.toFixed(4),
        met: grade(change, 0.005, 0.00005),
      },
    ],
  }
}

if (import.meta.main)
  console.log(JSON.stringify(await run({ quick: process.argv.includes('--quick') }), undefined, 1))
