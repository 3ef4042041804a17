import { Scenario, trackRate, type Comparison, type LaneRun, type Segment } from '@parley/compare'

const scenario = Scenario.parse({
  name: 'trains',
  title: 'Trains to Kassel',
  language: 'en',
  steps: [{ say: 'Which trains go to Kassel?' }, { wait: 'answer' }, { expect: { words: ['Kassel'] } }],
})

/** What differs between samples. */
export interface SampleOptions {
  readonly id: string
  readonly title: string
  readonly createdAt: number
  /** Waits for the first sound, ms: one a repeat, by lane. */
  readonly waits: Readonly<Record<string, readonly number[]>>
}

/** A finished comparison as the page or the command line exports one: a question, an answer, a tone for each. */
export function sampleComparison({ id, title, createdAt, waits }: SampleOptions): Comparison {
  const labels = Object.keys(waits)
  const runs = labels.flatMap((label) => (waits[label] ?? []).map((wait, repeat) => run(label, repeat, wait)))
  return {
    id,
    title,
    createdAt,
    scenario,
    lanes: labels.map(laneOf),
    repeats: Math.max(...labels.map((label) => waits[label]?.length ?? 0)),
    order: 'in turn',
    status: 'completed',
    runs,
  }
}

function laneOf(label: string): Comparison['lanes'][number] {
  return { label, backend: 'local', model: '', session: {} }
}

/** Speech of the person lasts from 500 to 1500 ms, the answer for a second. */
function run(label: string, repeat: number, wait: number): LaneRun {
  const responseId = 'resp_1'
  const answered = 1500 + wait
  return {
    lane: laneOf(label),
    repeat,
    startedAt: 0,
    durationMs: answered + 1200,
    outcome: 'completed',
    marks: [
      { type: 'connected', at: 20 },
      { type: 'session_ready', at: 60 },
      { type: 'speech_start', at: 500, step: 0 },
      { type: 'speech_end', at: 1500, step: 0 },
      { type: 'transcript', at: 1650, itemId: 'item_1', text: 'Which trains go to Kassel?' },
      { type: 'response_created', at: 1700, responseId },
      { type: 'first_text', at: answered - 40, responseId, text: 'Two' },
      { type: 'first_audio', at: answered - 5, responseId },
      { type: 'first_sound', at: answered, responseId },
      { type: 'sound_end', at: answered + 1000, responseId },
      {
        type: 'response_done',
        at: answered + 1000,
        responseId,
        status: 'completed',
        text: 'Two trains go to Kassel.',
      },
    ],
    input: [tone(500, 220)],
    output: [{ ...tone(answered, 330), responseId }],
    expectations: [{ step: 2, met: true, expected: 'says "Kassel" within 10 s', found: '', atMs: wait }],
    usage: undefined,
    price: { kind: 'free' },
    model: 'local',
  }
}

/** A second of a tone. */
function tone(at: number, hertz: number): Segment {
  const samples = Int16Array.from(
    { length: trackRate },
    (_, place) => 8000 * Math.sin((2 * Math.PI * hertz * place) / trackRate),
  )
  return { at, samples }
}
