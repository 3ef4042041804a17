import { seededRandom } from '../../src/testing/signals.ts'
import { createDefaultScorer } from '../../src/turns/default-scorer.ts'
import { judgeText } from '../../src/turns/text-score.ts'
import { turnSettings, type SemanticTurns } from '../../src/turns/turn-settings.ts'
import { turnWaitMs } from '../../src/turns/turn-wait.ts'
import type { Table, Target } from '../section.ts'
import { speak, type Voice } from './speech.ts'
import { germanTurns } from './utterances-de.ts'
import { englishTurns } from './utterances-en.ts'

/** What was said up to a pause, and whether the turn was over. */
interface Pause {
  readonly text: string
  readonly complete: boolean
  /** Every third line was not looked at while the rules were written. */
  readonly heldOut: boolean
  readonly samples: Float32Array
}

interface Judged extends Pause {
  readonly score: number
  readonly readingDigits: boolean
  /** Length of the pause, where the user goes on (ms). */
  readonly pauseMs: number
}

const noSound = new Float32Array(0)
const voices: readonly Voice[] = ['slt', 'rms', 'awb']

async function pausesOf(turns: string, spoken: boolean): Promise<readonly Pause[]> {
  const pauses: Pause[] = []
  for (const [index, line] of turns.trim().split('\n').entries()) {
    const parts = line.split('|').map((part) => part.trim())
    const voice = voices[index % voices.length] ?? 'slt'
    for (let at = 0; at < parts.length; at += 1)
      pauses.push({
        text: parts.slice(0, at + 1).join(' '),
        complete: at === parts.length - 1,
        heldOut: index % 3 === 0,
        samples: spoken ? await soundOf(parts, at, voice) : noSound,
      })
  }
  return pauses
}

/** The sound up to a pause: a comma there makes the voice go on, and the rest of the sentence follows it. */
async function soundOf(parts: readonly string[], at: number, voice: Voice): Promise<Float32Array> {
  const before = parts.slice(0, at + 1).join(' ')
  if (at === parts.length - 1) return speak(`${before}.`, voice)
  const whole = await speak(`${before}, ${parts.slice(at + 1).join(' ')}.`, voice)
  return whole.subarray(0, longestSilence(whole))
}

/** Start of the longest silence inside the sound. */
function longestSilence(samples: Float32Array): number {
  let best = { length: 0, start: samples.length }
  let start = 0
  for (let frame = 20; frame < samples.length / 160 - 20; frame += 1) {
    const silent = samples
      .subarray(frame * 160, frame * 160 + 160)
      .every((sample) => Math.abs(sample) < 0.003)
    if (!silent) start = frame + 1
    else if (frame - start > best.length) best = { length: frame - start, start: start * 160 }
  }
  return best.start
}

/**
 * Pauses in mid-turn: log-normal, so that 56 % are longer than 300 ms and 5 % longer than 1.6 s, as the timer's
 * figures of a public benchmark imply.
 */
function pauseLength(random: () => number): number {
  const normal = Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random())
  return Math.exp(5.836 + 0.937 * normal)
}

function judge(pauses: readonly Pause[], language: string, words: boolean, seed: number): readonly Judged[] {
  const scorer = createDefaultScorer()
  const random = seededRandom(seed)
  return pauses.map((pause) => ({
    ...pause,
    readingDigits: words && judgeText(pause.text, [language]).readingDigits,
    score: scorer.score({
      samples: pause.samples,
      ...(words && { text: pause.text, languages: [language] }),
    }),
    pauseMs: pauseLength(random),
  }))
}

function areaUnderCurve(judged: readonly Judged[]): number {
  const complete = judged.filter((pause) => pause.complete)
  const open = judged.filter((pause) => !pause.complete)
  let wins = 0
  for (const a of complete)
    for (const b of open) wins += a.score > b.score ? 1 : a.score === b.score ? 0.5 : 0
  return wins / (complete.length * open.length)
}

interface Rates {
  /** Share of the pauses in mid-turn that are taken for its end. */
  readonly cutOff: number
  /** Mean wait after a turn that is over (ms). */
  readonly delayMs: number
}

function ratesOf(judged: readonly Judged[], waitMs: (pause: Judged) => number): Rates {
  const open = judged.filter(({ complete }) => !complete)
  const complete = judged.filter((pause) => pause.complete)
  return {
    cutOff: open.filter((pause) => pause.pauseMs > waitMs(pause)).length / open.length,
    delayMs: complete.reduce((sum, pause) => sum + waitMs(pause), 0) / complete.length,
  }
}

/** The timer that scores are compared with, and the mean delay that they may have at most (ms). */
const comparedMs = 300

/**
 * A timer and the scores on the held-out lines. The best waits of each mean delay are found on the other lines; of
 * these the slowest counts whose mean delay on the held-out lines is at most that of the timer.
 */
function heldOutRates(judged: readonly Judged[]): { readonly timer: Rates; readonly scores: Rates } {
  const others = judged.filter((pause) => !pause.heldOut)
  const heldOut = judged.filter((pause) => pause.heldOut)
  const tried: { readonly chosenBy: Rates; readonly measured: Rates }[] = []
  for (const shortMs of [150, 180, 210, 240, 270])
    for (const longMs of [600, 1000, 1500, 2000])
      for (let least = 0.05; least < 1; least += 0.05) {
        const waitMs = ({ score }: Judged): number => (score >= least ? shortMs : longMs)
        tried.push({ chosenBy: ratesOf(others, waitMs), measured: ratesOf(heldOut, waitMs) })
      }
  let fewest = Infinity
  let scores: Rates = { cutOff: NaN, delayMs: NaN }
  for (const { chosenBy, measured } of tried.toSorted((a, b) => a.chosenBy.delayMs - b.chosenBy.delayMs)) {
    if (chosenBy.cutOff >= fewest) continue
    fewest = chosenBy.cutOff
    if (measured.delayMs <= comparedMs) scores = measured
  }
  return { timer: ratesOf(heldOut, () => comparedMs), scores }
}

const percent = (share: number): string => `${(100 * share).toFixed(1)} %`

/** How well turns and pauses are told apart, and what it spares the user. */
export async function endOfTurnTables(quick: boolean): Promise<readonly Table[]> {
  const seeds = quick ? [1] : [1, 2, 3, 4, 5]
  const mean = (values: readonly number[]): number =>
    values.reduce((sum, value) => sum + value, 0) / values.length
  const english = await pausesOf(englishTurns, !quick)
  const cases = [
    { name: 'English, words', language: 'en', pauses: await pausesOf(englishTurns, false), words: true },
    { name: 'German, words', language: 'de', pauses: await pausesOf(germanTurns, false), words: true },
    ...(quick
      ? []
      : [
          { name: 'English, words and voice (Flite)', language: 'en', pauses: english, words: true },
          { name: 'English, voice alone (Flite)', language: 'en', pauses: english, words: false },
        ]),
  ]
  const told: (readonly (string | number)[])[] = []
  const shipped: (readonly (string | number)[])[] = []
  const targets: Target[] = []
  for (const { name, language, pauses, words } of cases) {
    const runs = seeds.map((seed) => judge(pauses, language, words, seed))
    const [first = []] = runs
    const heldOut = first.filter((pause) => pause.heldOut)
    const rates = runs.map(heldOutRates)
    const timer = mean(rates.map((rate) => rate.timer.cutOff))
    const ours = mean(rates.map(({ scores }) => scores.cutOff))
    const oursMs = mean(rates.map(({ scores }) => scores.delayMs))
    const inTime = oursMs <= comparedMs
    const complete = first.filter((pause) => pause.complete).length
    told.push([
      name,
      complete,
      first.length - complete,
      areaUnderCurve(first).toFixed(3),
      areaUnderCurve(heldOut).toFixed(3),
      percent(timer),
      percent(ours),
      Math.round(oursMs),
    ])
    if (words && !name.includes('voice'))
      targets.push({
        figure: `${name}: false cut-offs on held-out lines, at most 300 ms mean delay there`,
        must: `fewer than a timer (${percent(timer)})`,
        aim: 'half of a timer',
        measured: `${percent(ours)} (${Math.round(oursMs)} ms)`,
        met: inTime && ours <= timer / 2 ? 'aim' : inTime && ours < timer ? 'must' : 'missed',
      })
    if (!words) continue
    for (const eagerness of ['low', 'auto', 'high']) {
      const settings = turnSettings({ type: 'semantic_vad', eagerness })
      if (settings.mode !== 'semantic') continue
      const asShipped = runs.map((run) => shippedRates(run, settings))
      const cutOff = mean(asShipped.map((rate) => rate.cutOff))
      const delayMs = mean(asShipped.map((rate) => rate.delayMs))
      const timerMs = timerFor(runs, cutOff)
      shipped.push([name, eagerness, Math.round(delayMs), percent(cutOff), timerMs])
    }
  }
  return [
    {
      id: 'end-of-turn',
      title: 'Turns that are over against pauses in mid-turn',
      columns: [
        'judged by',
        'over',
        'not over',
        'area under curve',
        'held-out lines',
        'held-out: timer of 300 ms cuts off',
        'held-out: cut off by score',
        'held-out: mean wait ms',
      ],
      rows: told,
      targets,
    },
    {
      id: 'semantic-vad',
      title: 'semantic_vad as it ships',
      columns: [
        'judged by',
        'eagerness',
        'mean wait ms',
        'false cut-offs',
        'timer with as few cut-offs waits ms',
      ],
      rows: shipped,
    },
  ]
}

function shippedRates(judged: readonly Judged[], settings: SemanticTurns): Rates {
  return ratesOf(judged, ({ score, readingDigits }) =>
    turnWaitMs(settings, { score, readingDigits, resumedPauses: 0, longestPauseMs: 0 }),
  )
}

/** The timer that cuts off no more than this share. */
function timerFor(runs: readonly (readonly Judged[])[], cutOff: number): number {
  const pauses = runs.flatMap((run) => run.filter(({ complete }) => !complete).map(({ pauseMs }) => pauseMs))
  const sorted = pauses.toSorted((a, b) => b - a)
  return Math.round(sorted[Math.min(sorted.length - 1, Math.floor(cutOff * sorted.length))] ?? 0)
}
