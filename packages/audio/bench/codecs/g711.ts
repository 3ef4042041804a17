// oxlint-disable-next-line import/default -- Node makes one of what is not a module.
import alawmulaw from 'alawmulaw'
import { aLaw, muLaw } from '../../src/g711.ts'
import { aLawReference, muLawReference } from '../../src/testing/g711-reference.ts'
import { noise } from '../../src/testing/index.ts'
import { microsecondsInTurns } from '../in-turns.ts'
import type { BenchOptions, Table } from '../section.ts'
import { higherIsBetter, lowerIsBetter } from '../targets.ts'

const everySample = Int16Array.from({ length: 65_536 }, (_, i) => i - 32_768)
const everyCode = Uint8Array.from({ length: 256 }, (_, code) => code)
const laws = [
  { name: 'mu-law', ours: muLaw, theirs: alawmulaw.mulaw, reference: muLawReference() },
  { name: 'A-law', ours: aLaw, theirs: alawmulaw.alaw, reference: aLawReference() },
]

/** Both laws of G.711: time for 20 ms at 8 kHz, and how many codes are not those of the recommendation. */
export function g711Table({ quick }: BenchOptions): Table {
  // A stream does not repeat itself: a processor would learn the branches of a second of sound.
  const chunks = Array.from({ length: 3000 }, (_, seed) =>
    Int16Array.from(noise({ seed, length: 160 }), (sample) => sample * 32_768),
  )
  const coded = chunks.map((chunk) => muLaw.fromInt16(chunk))
  const samples = new Int16Array(160)
  const codes = new Uint8Array(160)
  let turn = 0
  const chunk = (): Int16Array => chunks[turn++ % chunks.length] ?? samples
  const code = (): Uint8Array => coded[turn++ % coded.length] ?? codes
  const lines = laws.flatMap(({ name, ours, theirs, reference }) => [
    {
      name: `${name}, encode`,
      ours: () => void ours.fromInt16(chunk()),
      oursInto: () => void ours.fromInt16(chunk(), codes),
      theirs: () => void theirs.encode(chunk()),
      wrong: differences(ours.fromInt16(everySample), reference.codes),
      theirWrong: differences(theirs.encode(everySample), reference.codes),
    },
    {
      name: `${name}, decode`,
      ours: () => void ours.toInt16(code()),
      oursInto: () => void ours.toInt16(code(), samples),
      theirs: () => void theirs.decode(code()),
      wrong: differences(ours.toInt16(everyCode), reference.levels),
      theirWrong: differences(theirs.decode(everyCode), reference.levels),
    },
  ])
  const times = microsecondsInTurns(
    lines.flatMap(({ ours, oursInto, theirs }) => [ours, oursInto, theirs]),
    { rounds: quick ? 7 : 101, calls: 2000 },
  )
  const measured = lines.map(({ name, wrong, theirWrong }, index) => {
    const [own = NaN, into = NaN, other = NaN] = times.slice(3 * index)
    return { name, own, into, other, wrong, theirWrong }
  })
  return {
    id: 'codecs-g711',
    title: 'G.711, microseconds for 160 samples, and codes that are not those of the recommendation',
    columns: ['direction', 'ours', 'alawmulaw', 'ours is x faster', 'ours, wrong', 'alawmulaw, wrong'],
    rows: measured.flatMap(({ name, own, into, other, wrong, theirWrong }) => [
      [name, own.toFixed(3), other.toFixed(3), (other / own).toFixed(1), wrong, theirWrong],
      [
        `${name}, into an array that is there`,
        into.toFixed(3),
        other.toFixed(3),
        (other / into).toFixed(1),
        wrong,
        theirWrong,
      ],
    ]),
    targets: [
      // Of the directions the least, and both with a new array for each chunk: the peer knows nothing else.
      higherIsBetter('G.711 against alawmulaw', Math.min(...measured.map(({ own, other }) => other / own)), {
        must: 8,
        unit: 'x',
        digits: 1,
      }),
      lowerIsBetter(
        'inputs that G.711 decides otherwise',
        measured.reduce((sum, { wrong }) => sum + wrong, 0),
        { must: 0, unit: '', digits: 0 },
      ),
    ],
  }
}

function differences(given: ArrayLike<number>, expected: ArrayLike<number>): number {
  return Array.from(given).filter((value, index) => value !== expected[index]).length
}
