import { describe, expect, it } from 'vitest'
import { reference } from '../reference/read-reference.ts'
import { languages } from '../site/language.ts'
import { aspects, cellsOf } from './cells.ts'
import { metNeeds, needs } from './needs.ts'
import { parseNeeds } from './needs-address.ts'
import { takeBack } from './take-back.ts'

const names = (id: string): readonly string[] =>
  reference.backends.filter((backend) => metNeeds(backend).includes(id)).map(({ name }) => name)

describe('the comparison', () => {
  it.for(reference.backends.map(({ name }) => name))(
    'says something of %s under each aspect in both languages, with a source and its day',
    (name) => {
      const backend = reference.backends.find((each) => each.name === name) ?? expect.fail()
      for (const language of languages) {
        const cells = cellsOf(backend, language)
        for (const aspect of aspects) {
          expect(cells[aspect].text, aspect).toMatch(/\S.{2,}/)
          expect(cells[aspect].text, aspect).not.toMatch(/undefined|null|NaN/)
          expect(cells[aspect].evidence.length, aspect).toBeGreaterThan(0)
          for (const { source, date } of cells[aspect].evidence) {
            expect(source).not.toBe('')
            expect(date).toMatch(/^20\d\d-\d\d-\d\d$/)
          }
        }
      }
    },
  )

  it('takes what it says from the capability record', () => {
    const openai = reference.backends.find(({ name }) => name === 'openai') ?? expect.fail()
    const { capabilities } = openai
    const shorter = { ...openai, capabilities: { ...capabilities, sessionLimitMinutes: 7 } }
    expect(cellsOf(shorter, 'en').context.text).toBe(
      '128,000 tokens; begins anew every 7 minutes, told by Parley what was said',
    )
    const prices = { any: { textIn: 1, audioIn: 1, audioOut: 2.5 } }
    const cheaper = { ...openai, capabilities: { ...capabilities, prices } }
    expect(cellsOf(cheaper, 'de').price.text).toBe('any: $1 hinein, $2.5 heraus je Million Tokens Ton')
    const phone = {
      ...openai,
      capabilities: { ...capabilities, inputFormats: ['pcm 24000', 'pcm 8000', 'pcmu 8000'] },
    }
    expect(cellsOf(phone, 'de').input.text).toBe('Sprache, Text, Bilder (PCM 24/8 kHz, G.711)')
    const byom = reference.backends.find(({ name }) => name === 'voice-live-byom') ?? expect.fail()
    expect(cellsOf(byom, 'en').price.text).toContain('the model is extra')
  })
})

describe('the voices of the local backend', () => {
  it('are those that come with it and those of the operating system', () => {
    const local = reference.backends.find(({ name }) => name === 'local') ?? expect.fail()
    const { length } = local.capabilities.voices
    expect(cellsOf(local, 'en').voices.text).toContain(`${length} voices, and those of the operating system;`)
    expect(cellsOf(local, 'de').voices.text).toContain(`${length} Stimmen und die des Betriebssystems;`)
  })
})

describe('the needs', () => {
  it('are each met by some backend and not by all', () => {
    for (const { id } of needs) {
      expect(names(id).length, id).toBeGreaterThan(0)
      expect(names(id).length, id).toBeLessThan(reference.backends.length)
    }
  })

  it('follow from what backends declare', () => {
    expect(names('memory')).toEqual(['voice-live-agent'])
    expect(names('video')).toEqual(['voice-live', 'voice-live-agent', 'voice-live-byom'])
    expect(names('no-cloud')).toEqual(expect.arrayContaining(['local', 'openai-compatible']))
    expect(names('no-cloud')).not.toContain('openai')
    expect(names('german')).not.toContain('openai-compatible')
  })

  it('are taken back as few as possible where nothing meets all of them', () => {
    const rows = [{ needs: ['a', 'b'] }, { needs: ['b', 'c'] }, { needs: ['b'] }]
    expect(takeBack(['a', 'b'], rows)).toEqual([])
    expect(takeBack(['a', 'b', 'c'], rows)).toEqual([['c'], ['a']])
    expect(takeBack(['a', 'c', 'd'], rows)).toEqual([
      ['c', 'd'],
      ['a', 'd'],
    ])
  })

  it('are read from an address', () => {
    expect(parseNeeds('?needs=price,german,nonsense', ['german', 'price', 'video'])).toEqual([
      'german',
      'price',
    ])
    expect(parseNeeds('', ['german'])).toEqual([])
  })
})
