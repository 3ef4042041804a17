import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { decodeWav, pcm16ToInt16, peakDbfs, rmsDbfs } from '@parley/audio'
import { describe, expect, it } from 'vitest'
import { bandsOf } from '../run/speech-bands.ts'
import { parseScenario } from './parse.ts'
import type { Scenario } from './scenario.ts'

const folder = join(import.meta.dirname, '../../scenarios')
const readme = readFileSync(join(folder, 'README.md'), 'utf8')
const files = readdirSync(folder).filter((name) => name.endsWith('.yaml'))
const sounds = readdirSync(join(folder, 'audio')).map((name) => `audio/${name}`)

function read(file: string): Scenario {
  return parseScenario(readFileSync(join(folder, file), 'utf8'))
}

function filesOf({ steps }: Scenario): readonly string[] {
  return steps.flatMap((step) => ('file' in step && step.file !== undefined ? [step.file] : []))
}

describe('the shipped scenarios', () => {
  it('are the nine there are, each in the table of the README', () => {
    expect(files.map((file) => file.replace('.yaml', '')).toSorted()).toEqual([
      'backchannel',
      'barge-in',
      'german-licensing',
      'live-translation',
      'long-pause',
      'memory',
      'noise',
      'question-and-answer',
      'tool-call',
    ])
    for (const file of files) expect(readme).toContain(`| \`${file}\` |`)
  })

  it.each(files)('hold together: %s', (file) => {
    const scenario = read(file)
    expect(`${scenario.name}.yaml`).toBe(file)
    expect(scenario.description).not.toBe('')
    expect(scenario.steps.some((step) => 'expect' in step)).toBe(true)
    for (const sound of filesOf(scenario)) expect(sounds).toContain(sound)
  })

  it.each(files)('need no voice but an English one: %s', (file) => {
    const scenario = read(file)
    if (scenario.language === 'en') return
    const spoken = scenario.steps.filter((step) => 'say' in step || 'interrupt' in step)
    expect(filesOf(scenario)).toHaveLength(spoken.length)
  })

  it('use every sound that is shipped', () => {
    expect([...new Set(files.flatMap((file) => filesOf(read(file))))].toSorted()).toEqual(sounds.toSorted())
  })
})

describe('the shipped sounds', () => {
  it.each(sounds)('are 24 kHz PCM16 without silence around them, at an even level: %s', (sound) => {
    const bytes = readFileSync(join(folder, sound))
    const { samples, sampleRate, channels } = decodeWav(bytes)
    expect([sampleRate, channels, bytes.readUInt16LE(34)]).toEqual([24_000, 1, 16])
    const bands = bandsOf(pcm16ToInt16(bytes.subarray(44)))
    expect(bands[0]?.from).toBeLessThan(0.1 * sampleRate)
    expect(samples.length - (bands.at(-1)?.to ?? 0)).toBeLessThan(0.1 * sampleRate)
    expect(Math.abs(rmsDbfs(samples) + 21)).toBeLessThan(2)
    expect(peakDbfs(samples)).toBeLessThan(-0.9)
  })

  it('name their origin and licence', () => {
    for (const sound of sounds) {
      const family = sound.replace(/(?<=audio\/(de|librivox)-).*(?=\.wav)/, '*')
      const row = readme.split('\n').find((line) => line.startsWith(`| \`${family}\` |`))
      expect(row?.split('|').filter((cell) => cell.trim() !== '')).toHaveLength(4)
    }
  })
})

describe('the examples of the README', () => {
  const examples = [...readme.matchAll(/^```yaml\n(.*?)^```/gms)].map(([, text = '']) => text)
  const [whole = '', ...steps] = examples

  it('begin with a whole scenario', () => {
    expect(parseScenario(whole).name).toBe('opening-hours')
  })

  it('show each kind of step as it is read', () => {
    const header = whole.slice(0, whole.indexOf('steps:'))
    const indented = steps.map((text) => text.replaceAll(/^/gm, '  ')).join('\n')
    const scenario = parseScenario(`${header}steps:\n${indented}`)
    const kinds = new Set(scenario.steps.flatMap((step) => Object.keys(step)))
    for (const kind of ['say', 'type', 'wait', 'interrupt', 'backchannel', 'silence', 'expect']) {
      expect(kinds).toContain(kind)
    }
    for (const sound of filesOf(scenario)) expect(sounds).toContain(sound)
  })
})
