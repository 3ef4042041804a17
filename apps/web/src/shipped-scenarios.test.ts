import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import { scenarioSound, shippedScenarios } from './shipped-scenarios.ts'

async function folderWith(files: Readonly<Record<string, string>>): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'parley-scenarios-'))
  onTestFinished(() => rm(folder, { recursive: true }))
  await mkdir(join(folder, 'audio'))
  for (const [name, text] of Object.entries(files)) await writeFile(join(folder, name), text)
  return folder
}

describe('the scenarios that ship', () => {
  it('are listed by name, without what is no scenario', async () => {
    const folder = await folderWith({ 'noise.yaml': 'b', 'barge-in.yaml': 'a', 'README.md': 'c' })
    expect(await shippedScenarios(folder)).toEqual([
      { name: 'barge-in', text: 'a' },
      { name: 'noise', text: 'b' },
    ])
  })

  it('are none where there is no folder', async () => {
    expect(await shippedScenarios('/nowhere')).toEqual([])
  })

  it('hand out their sound and nothing else', async () => {
    const folder = await folderWith({ 'audio/hello.wav': 'RIFF', 'audio/notes.txt': 'x', 'out.wav': 'y' })
    expect(await scenarioSound(['audio', 'hello.wav'], folder)).toEqual(new TextEncoder().encode('RIFF'))
    expect(await scenarioSound(['audio', 'notes.txt'], folder)).toBeUndefined()
    expect(await scenarioSound(['audio', '..', 'out.wav'], folder)).toBeUndefined()
    expect(await scenarioSound(['audio', '../out.wav'], folder)).toBeUndefined()
    expect(await scenarioSound(['audio', 'absent.wav'], folder)).toBeUndefined()
  })
})
