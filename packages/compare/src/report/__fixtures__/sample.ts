import { seededRandom } from '@parley/audio/signals'
import { comparison, scenario } from '../../measures/__fixtures__/runs.ts'
import type { Comparison } from '../../run/comparison.ts'
import { trackRate, type LaneRun, type Segment } from '../../run/lane-run.ts'
import type { Mark } from '../../run/mark.ts'

/** What differs between lanes of the sample, ms. */
interface Temper {
  readonly connect: number
  readonly wait: number
  readonly cut: number
}

const script = {
  ...scenario([
    { say: 'Which trains go to Kassel [pause 1s] this evening?' },
    { wait: 'answer' },
    { say: 'Tell me about the first one.' },
    { interrupt: 'Stop, that is enough.', after: 900 },
    { expect: { words: ['Kassel'] } },
  ]),
  title: 'Trains to Kassel',
  description: 'A question with a pause in it, an answer with a tool, and an interruption.',
}

const tempers: Readonly<Record<string, Temper>> = {
  local: { connect: 24, wait: 640, cut: 260 },
  fast: { connect: 22, wait: 410, cut: 190 },
  hosted: { connect: 310, wait: 880, cut: 340 },
}

/** Three lanes, each repeated, with sound that looks like speech (or none) and every kind of mark. */
export function sampleComparison(repeats = 6, { sound = true } = {}): Comparison {
  const random = seededRandom(11)
  const runs = Array.from({ length: repeats }, (_, repeat) =>
    Object.entries(tempers).map(([label, temper]) => sampleRun(label, repeat, temper, random)),
  ).flat()
  const heard = sound ? runs : runs.map((run) => ({ ...run, input: [], output: [] }))
  return { ...comparison(heard, script), title: 'Trains to Kassel', createdAt: Date.UTC(2026, 10, 23, 9, 30) }
}

function sampleRun(label: string, repeat: number, temper: Temper, random: () => number): LaneRun {
  const vary = (ms: number): number => ms * (0.85 + 0.4 * random() ** 2)
  const ready = temper.connect + vary(60)
  const asked = ready + 300
  const askedEnd = asked + 3600
  const wait = vary(temper.wait)
  const answered = askedEnd + wait
  const answeredEnd = answered + 3400
  const more = answeredEnd + 500
  const moreEnd = more + 1700
  const told = moreEnd + vary(temper.wait)
  const stop = told + 900
  const cut = stop + vary(temper.cut)
  const stopEnd = stop + 1300
  const last = stopEnd + vary(temper.wait)
  const end = last + 900
  const isEarly = label === 'fast' && repeat % 3 === 1
  const marks: readonly Mark[] = [
    { type: 'connected', at: temper.connect },
    { type: 'session_ready', at: ready },
    { type: 'speech_start', at: asked, step: 0 },
    ...(isEarly ? sounding('resp_0', asked + 1700, asked + 1900, asked + 2500, 'Which', true) : []),
    { type: 'speech_end', at: askedEnd, step: 0 },
    { type: 'speech_started', at: asked + 160, itemId: 'item_1' },
    { type: 'first_transcript', at: askedEnd + 210, itemId: 'item_1', text: 'Which trains' },
    { type: 'transcript', at: askedEnd + 212, itemId: 'item_1', text: 'Which trains go to Castle this evening?' },
    ...sounding('resp_1', answered - 90, answered, answeredEnd, 'Two trains go to Kassel this evening: at 18:04 and at 20:04.'),
    { type: 'tool_call', at: answered - 60, responseId: 'resp_1', name: 'find_trains', arguments: '{"to":"Kassel"}' },
    { type: 'speech_start', at: more, step: 2 },
    { type: 'speech_end', at: moreEnd, step: 2 },
    { type: 'speech_started', at: more + 160, itemId: 'item_2' },
    { type: 'transcript', at: moreEnd + 230, itemId: 'item_2', text: 'Tell me about the first one.' },
    ...sounding('resp_2', told - 80, told, cut, 'It leaves from platform 4 and stops at Fulda and Bebra on its way.', true),
    { type: 'speech_start', at: stop, step: 3 },
    { type: 'speech_end', at: stopEnd, step: 3 },
    { type: 'speech_started', at: stop + 160, itemId: 'item_3' },
    { type: 'transcript', at: stopEnd + 220, itemId: 'item_3', text: 'Stop, that is enough.' },
    ...sounding('resp_3', last - 80, last, end, 'All right.'),
  ]
  const audioIn = Math.round(480 + 40 * random())
  return {
    lane: { label, backend: label === 'hosted' ? 'voice-live' : 'local', model: label === 'hosted' ? 'gpt-realtime' : '', session: {} },
    repeat,
    startedAt: 0,
    durationMs: end + 400,
    outcome: 'completed',
    marks: marks.toSorted((a, b) => a.at - b.at),
    input: [
      { at: asked, samples: babble(1400, 130, 3) },
      { at: asked + 2400, samples: babble(1200, 130, 4) },
      { at: more, samples: babble(1700, 130, 5) },
      { at: stop, samples: babble(1300, 130, 6) },
    ],
    output: [
      ...(isEarly ? [spoken('resp_0', asked + 1900, 600)] : []),
      spoken('resp_1', answered, answeredEnd - answered),
      spoken('resp_2', told, cut - told),
      spoken('resp_3', last, end - last),
    ],
    expectations: [
      { step: 4, met: !isEarly, expected: 'says "Kassel" within 10 s', found: isEarly ? 'Castle' : 'after 1.2 s', atMs: 1200 },
    ],
    usage: { textIn: 210, textCachedIn: 0, audioIn, audioCachedIn: 0, textOut: 60, audioOut: 190 },
    price:
      label === 'hosted'
        ? { kind: 'tokens', byModel: { '*': { textIn: 4, textOut: 16, audioIn: 32, audioOut: 64 } } }
        : { kind: 'free' },
    model: label === 'hosted' ? 'gpt-realtime' : '',
  }
}

function sounding(
  responseId: string,
  textAt: number,
  soundAt: number,
  endAt: number,
  text: string,
  isCut = false,
): readonly Mark[] {
  return [
    { type: 'response_created', at: textAt - 40, responseId },
    { type: 'first_text', at: textAt, responseId, text: text.slice(0, 5) },
    { type: 'first_audio', at: soundAt - 4, responseId },
    { type: 'first_sound', at: soundAt, responseId },
    isCut
      ? { type: 'cut', at: endAt, responseId, heardMs: endAt - soundAt }
      : { type: 'sound_end', at: endAt, responseId },
    { type: 'response_done', at: endAt, responseId, status: isCut ? 'cancelled' : 'completed', text },
  ]
}

function spoken(responseId: string, at: number, ms: number): Segment {
  return { at, samples: babble(ms, 190, Math.round(at) % 17), responseId }
}

const known = new Map<string, Int16Array>()

/** Sound with the pitch and the rhythm of speech. */
function babble(ms: number, pitchHz: number, seed: number): Int16Array {
  const key = `${ms} ${pitchHz} ${seed}`
  const samples = known.get(key) ?? newBabble(ms, pitchHz, seed)
  known.set(key, samples)
  return samples
}

function newBabble(ms: number, pitchHz: number, seed: number): Int16Array {
  const random = seededRandom(seed)
  const samples = new Int16Array(Math.round((ms * trackRate) / 1000))
  let syllableEnd = 0
  let [start, loudness] = [0, 0]
  let phase = 0
  for (let i = 0; i < samples.length; i += 1) {
    if (i >= syllableEnd) {
      start = i
      syllableEnd = i + trackRate * (0.09 + 0.16 * random())
      loudness = random() < 0.12 ? 0 : 0.25 + 0.6 * random()
    }
    const share = (i - start) / (syllableEnd - start)
    phase += (2 * Math.PI * pitchHz * (1 + 0.12 * Math.sin(i / 9000))) / trackRate
    const voice = Math.sin(phase) + 0.6 * Math.sin(2 * phase) + 0.35 * Math.sin(5 * phase) + 0.3 * (random() - 0.5)
    samples[i] = 11_000 * loudness * Math.sin(Math.PI * share) ** 0.7 * voice
  }
  return samples
}
