import type { SpeechProbability } from '../../src/vad/speech-probability.ts'
import type { Table } from '../section.ts'
import { listenTo, makeCall } from './call.ts'
import { quantile, rounded } from './quantile.ts'
import { loadVoiceDetector } from './voice-detector.ts'

/** What the local backend does in calls: Silero, the echo-aware bound and the speech gate, without a player's policy. */
export async function callTables(quick: boolean): Promise<readonly Table[]> {
  const detector = loadVoiceDetector()
  return [await echoTable(quick, detector), await userTable(quick, detector)]
}

async function echoTable(quick: boolean, detector: () => SpeechProbability): Promise<Table> {
  const rows: (readonly (string | number)[])[] = []
  for (const jitterMs of [0, 20, 50]) {
    let answers = 0
    const starts = { ignored: 0, found: 0, expected: 0 }
    for (const seed of quick ? [1] : [1, 2, 3, 4]) {
      const seconds = quick ? 60 : 300
      const call = await makeCall({ seed, seconds, echoDb: -6, userDb: undefined, jitterMs })
      answers += call.answers
      for (const echo of ['ignored', 'found', 'expected'] as const)
        starts[echo] += listenTo(call, { detector: detector(), echo }).falseStarts
    }
    rows.push([jitterMs, answers, starts.ignored, starts.found, starts.expected])
  }
  return {
    id: 'calls',
    title: 'What the local backend does without a canceller: answers interrupted by their echo at -6 dB',
    columns: [
      'player starts earlier or later by (ms)',
      'answers',
      'without the bound',
      'once found',
      'expected',
    ],
    rows,
  }
}

async function userTable(quick: boolean, detector: () => SpeechProbability): Promise<Table> {
  const rows: (readonly (string | number)[])[] = []
  for (const userDb of [0, -10, -20]) {
    const delays = { ignored: [] as number[], found: [] as number[], expected: [] as number[] }
    for (const seed of quick ? [5] : [5, 6, 7, 8]) {
      const seconds = quick ? 60 : 180
      const call = await makeCall({ seed, seconds, echoDb: -Infinity, userDb, jitterMs: 0 })
      for (const echo of ['ignored', 'found', 'expected'] as const)
        for (const delay of listenTo(call, { detector: detector(), echo }).delaysMs)
          delays[echo].push(delay ?? Infinity)
    }
    const later = (echo: 'found' | 'expected'): number =>
      delays[echo].filter((delay, index) => delay - (delays.ignored[index] ?? 0) > 20).length
    rows.push([
      userDb,
      delays.ignored.length,
      rounded(quantile(delays.ignored, 0.5)),
      rounded(quantile(delays.found, 0.5)),
      rounded(quantile(delays.expected, 0.5)),
      later('found'),
      later('expected'),
    ])
  }
  return {
    id: 'headphones',
    title: 'What the local backend does with headphones: when it hears a user who talks over every answer',
    columns: [
      'user over answer (dB)',
      'utterances',
      'median ms without the bound',
      'once found',
      'expected',
      'over 20 ms later, once found',
      'over 20 ms later, expected',
    ],
    rows,
  }
}
