import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { createHash } from 'node:crypto'

import { describe, expect, it, onTestFinished } from 'vitest'

import { picoModels } from '../../models/manifest-pico.ts'
import { createModelStore } from '../../models/model-store.ts'
import { picoTts } from './pico.ts'

const signal = new AbortController().signal
const damaged = Buffer.from('not the data of a voice')

/** A store whose hub serves files that are no voice data. */
function storeOfDamage() {
  const directory = mkdtempSync(`${tmpdir()}/parley-pico-`)
  onTestFinished(() => rmSync(directory, { recursive: true }))
  const sha256 = createHash('sha256').update(damaged).digest('hex')
  const models = picoModels.map((entry) => ({
    ...entry,
    files: entry.files.map((file) => ({ ...file, size: damaged.length, sha256 })),
  }))
  return createModelStore({ directory, models, fetch: async () => new Response(damaged) })
}

async function speak(tts: ReturnType<typeof picoTts>): Promise<void> {
  for await (const _ of tts.synthesize('Guten Tag.', { voice: 'pico-de-de', speed: 1, signal }))
    expect.unreachable()
}

describe('Pico', () => {
  it('has a German voice only after its download, and names the download', async () => {
    const models = storeOfDamage()
    await using tts = picoTts({ models })
    expect(tts.voices).toEqual([])
    await expect(speak(tts)).rejects.toMatchObject({
      code: 'model_not_downloaded',
      message: expect.stringContaining('pico-de-de'),
    })
    await models.download('pico-de-de')
    expect(tts.voices).toEqual([
      { name: 'pico-de-de', languages: ['de-DE', 'de'], gender: 'female', engine: 'pico' },
    ])
  })

  it('reports voice data that it cannot read', async () => {
    const models = storeOfDamage()
    await models.download('pico-de-de')
    await using tts = picoTts({ models, processes: 1 })
    await expect(speak(tts)).rejects.toMatchObject({
      code: 'engine_failed',
      message: expect.stringContaining('read its voice data'),
    })
  })
})
