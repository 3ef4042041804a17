import { createFlite } from './noisy-speech/flite.ts'
import { recordedSpeech, syntheticSpeech } from './noisy-speech/labels.ts'
import { loadRecordings } from './noisy-speech/recordings.ts'
import { createScenes, type Scene } from './noisy-speech/scene.ts'
import { createSpeaker, speakerOf } from './noisy-speech/talk.ts'
import type { BenchOptions, Section, Table, Target } from './section.ts'
import { accuracyTable } from './vad/accuracy-table.ts'
import { accuracyOf, type Accuracy } from './vad/accuracy.ts'
import { costsOf, type Cost } from './vad/cost.ts'
import { loadDetectors, type Detector, type Detectors } from './vad/detectors.ts'
import { grade } from './vad/grade.ts'
import { agingOf, type LongStream } from './vad/long-stream.ts'
import { bytesPerFrame, bytesPerStream } from './vad/memory.ts'

/** Voice activity: accuracy, delay, cost, memory and age of every detector, on speech made from seeds. */
export async function run({ quick }: BenchOptions): Promise<Section> {
  const seeds = quick ? [401] : [401, 402, 403]
  const seconds = quick ? 10 : 30
  const detectors = await loadDetectors()
  const spoken = await spokenScenes(seeds, seconds)
  const accuracy = await spokenAccuracy(detectors, spoken, seeds)
  const recorded = await recordedAccuracy(detectors, seeds, seconds)
  const [first] = spoken.flat()
  return {
    id: 'voice-activity',
    title: 'Voice activity',
    tables: [
      accuracy,
      recorded,
      await costTable(detectors, first?.samples ?? new Float32Array(0), quick ? 3 : 15),
      memoryTable(detectors),
      await agingTable(detectors, spoken.flat(), quick ? 2 : 60),
    ],
  }
}

/** A set of scenes a seed, spoken by Flite. */
async function spokenScenes(
  seeds: readonly number[],
  seconds: number,
): Promise<readonly (readonly Scene[])[]> {
  const flite = await createFlite()
  const sets = []
  for (const seed of seeds) {
    // One after the other: they share a processor.
    // oxlint-disable-next-line no-await-in-loop
    const speaker = await createSpeaker(flite, seed)
    sets.push(createScenes({ speaker, rule: syntheticSpeech, seed, seconds }))
  }
  return sets
}

async function spokenAccuracy(
  detectors: Detectors,
  sets: readonly (readonly Scene[])[],
  seeds: readonly number[],
): Promise<Table> {
  const scenes = sets.flat()
  const of = (detector: Detector): Promise<Accuracy> => accuracyOf(detector, scenes)
  const energy = await of(detectors.energy)
  const v5 = await of(detectors.v5)
  const native5 = await of(detectors.native5)
  const v6 = await of(detectors.v6)
  const native6 = await of(detectors.native6)
  const live = await of(detectors.live)
  const liveWithoutGate = await of(detectors.liveWithoutGate)
  // Slow, and the same again: a seed is enough to see whether they are.
  const [set = []] = sets
  const js = await accuracyOf(detectors.v6Js, set)
  const web = await accuracyOf(detectors.web6, set)
  return accuracyTable({
    id: 'voice-activity-accuracy',
    title: `Decisions at 0.5 on noisy speech, seeds ${seeds.join(', ')}`,
    accuracies: [energy, v5, native5, v6, native6, live, liveWithoutGate],
    live,
    reference: native6,
    equal: [
      [v6, native6],
      [v5, native5],
      [js, v6],
      [web, v6],
    ],
  })
}

/** Scenes as above with other speakers: who was recorded, in other levels, paces and rooms for each seed. */
async function recordedAccuracy(
  detectors: Detectors,
  seeds: readonly number[],
  seconds: number,
): Promise<Table> {
  const speaker = speakerOf(await loadRecordings())
  const scenes = seeds.flatMap((seed) => createScenes({ speaker, rule: recordedSpeech, seed, seconds }))
  const energy = await accuracyOf(detectors.energy, scenes)
  const v6 = await accuracyOf(detectors.v6, scenes)
  const native6 = await accuracyOf(detectors.native6, scenes)
  const live = await accuracyOf(detectors.live, scenes)
  return accuracyTable({
    id: 'voice-activity-recordings',
    title: `The same on recordings of people and of a German voice, seeds ${seeds.join(', ')}`,
    accuracies: [energy, v6, native6, live],
    live,
    reference: native6,
    equal: [[v6, native6]],
  })
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
  const openLive = () => {
    // The live detector answers at once.
    return live.open() as ReturnType<typeof model.open>
  }
  const measured = [
    {
      name: 'Silero v6, ours',
      frame: bytesPerFrame('silero, wasm'),
      stream: bytesPerStream(() => model.open()),
    },
    { name: 'voice detector', frame: bytesPerFrame('detector, wasm'), stream: bytesPerStream(openLive) },
    { name: 'Silero v6, ours without WebAssembly', frame: bytesPerFrame('silero, js') },
    { name: 'voice detector without WebAssembly', frame: bytesPerFrame('detector, js') },
  ]
  const frame = Math.max(...measured.map((each) => each.frame))
  const stream = Math.max(...measured.map((each) => each.stream ?? 0))
  return {
    id: 'voice-activity-memory',
    title: 'Memory in bytes',
    columns: ['detector', 'heap a frame', 'a stream'],
    rows: measured.map((each) => [each.name, each.frame, each.stream?.toFixed(0) ?? '']),
    targets: [
      {
        figure: 'heap a frame, the larger',
        must: '32 B',
        aim: '0',
        measured: `${frame} B`,
        met: grade(frame, 32, 0),
      },
      {
        figure: 'a stream, the larger',
        must: '4 KB',
        aim: '2 KB',
        measured: `${stream.toFixed(0)} B`,
        met: grade(stream, 4096, 2048),
      },
    ],
  }
}

async function agingTable(
  { v6, live }: Detectors,
  scenes: readonly Scene[],
  minutes: number,
): Promise<Table> {
  const streams = longStreamsOf(scenes, minutes)
  const aged = [await agingOf(v6, streams), await agingOf(live, streams)]
  const change = Math.abs((aged[1]?.last ?? NaN) - (aged[1]?.first ?? NaN))
  return {
    id: 'voice-activity-aging',
    title: `The same minute at the start of a stream and after ${minutes} minutes, ${streams.length} streams, F1`,
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

/** Clean speech, and every noise at two ratios: a stream each, about which it is asked how it is heard. */
const agedSnrsDb = [Infinity, 15, 5]

function longStreamsOf(scenes: readonly Scene[], minutes: number): readonly LongStream[] {
  const conditions = new Map<string, Scene[]>()
  for (const scene of scenes) {
    if (!agedSnrsDb.includes(scene.snrDb)) continue
    const key = `${scene.noise} ${scene.snrDb}`
    conditions.set(key, [...(conditions.get(key) ?? []), scene])
  }
  return [...conditions.values()].map((of, index) => {
    // Two scenes of half a minute.
    const examined = of.slice(0, 2)
    const rest = scenes.filter((scene) => !examined.includes(scene))
    // Each stream ends in another one.
    return { examined, others: [...rest.slice(7 * index), ...rest.slice(0, 7 * index)], minutes }
  })
}

if (import.meta.main)
  console.log(JSON.stringify(await run({ quick: process.argv.includes('--quick') }), undefined, 1))
