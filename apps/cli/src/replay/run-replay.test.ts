import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { cassettesIn } from './run-replay.ts'

const whole = [
  {
    format: 'parley.cassette/1',
    id: 'a',
    title: 'Sums, local, repeat 1',
    recordedAt: '2026-01-01T00:00:00.000Z',
    backend: 'local',
    dialect: 'openai-ga',
    audio: 'left-out',
    capabilities: {
      title: 'Local',
      inputFormats: [],
      outputFormats: [],
      turnDetection: [],
      interruption: 'native',
      outputModalities: ['text'],
      inputTranscription: 'native',
      tools: [],
    },
  },
  { t: 0, from: 'client', event: { type: 'response.create' } },
  { t: 5, from: 'recorder', events: 1 },
]
  .map((line) => `${JSON.stringify(line)}\n`)
  .join('')

it('knows which cassettes were cut off in mid-line', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'parley-replay-test-'))
  writeFileSync(join(folder, 'whole.ndjson'), whole)
  writeFileSync(join(folder, 'cut.ndjson'), whole.slice(0, -20))
  expect(await cassettesIn(folder)).toMatchObject([
    { id: 'cut', title: 'Sums, local, repeat 1', isWhole: false },
    { id: 'whole', isWhole: true },
  ])
  expect(readFileSync(join(folder, 'whole.ndjson'), 'utf8')).toBe(whole)
})
