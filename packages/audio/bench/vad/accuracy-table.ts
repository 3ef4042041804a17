import type { Table } from '../section.ts'
import { largestDifference, type Accuracy } from './accuracy.ts'
import { grade } from './grade.ts'

const ms = (value: number): string => value.toFixed(0)

/** What every set of scenes shows. */
export interface AccuracyTable {
  readonly id: string
  readonly title: string
  readonly accuracies: readonly Accuracy[]
  /** The one that is used live, and Silero v6 by ONNX Runtime. */
  readonly live: Accuracy
  readonly reference: Accuracy
  /** Those whose probabilities should be equal; the scenes of the first are the first of the second. */
  readonly equal: readonly (readonly [Accuracy, Accuracy])[]
}

/** F1 in all and by noise, onset and end, with the figures they have to reach. */
export function accuracyTable({ id, title, accuracies, live, reference, equal }: AccuracyTable): Table {
  const difference = Math.max(...equal.map(([a, b]) => largestDifference(a, b)))
  const gain = live.f1 - reference.f1
  const [median, p90] = live.onset
  return {
    id,
    title,
    columns: [
      'detector',
      'F1',
      'F1, dated back',
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
    rows: accuracies.map(({ name, f1, f1DatedBack, f1Of, onset, offset }) => [
      name,
      f1.toFixed(4),
      f1DatedBack.toFixed(4),
      ...[f1Of.clean, f1Of.white, f1Of.pink, f1Of.babble, f1Of.music].map((value) => value.toFixed(3)),
      ...[...onset, ...offset].map(ms),
    ]),
    targets: [
      {
        figure: 'difference of probabilities to ONNX Runtime',
        must: '1e-4',
        measured: difference.toExponential(1),
        met: difference <= 1e-4 ? 'must' : 'missed',
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
