import { describe, expect, it } from 'vitest'
import { parseScenario } from '../scenario/parse.ts'
import { createScriptedPorts, silence, sound, tone } from './__fixtures__/scripted-backend.ts'
import { utterancesOf, withNoise } from './utterance.ts'

function dbOf(samples: Iterable<number>): number {
  const values = [...samples]
  return 10 * Math.log10(values.reduce((sum, value) => sum + value * value, 0) / values.length)
}

async function spoken(steps: string) {
  const { ports, requests } = createScriptedPorts({})
  const scenario = parseScenario(`name: a\ntitle: A\nlanguage: de\nsteps:\n${steps}`)
  return { utterances: await utterancesOf(scenario, ports, new AbortController().signal), requests }
}

describe('what a person says', () => {
  it('has its pauses cut in, and is one stretch of speech', async () => {
    const { utterances, requests } = await spoken(
      '  - say: eins [pause 1.5s] zwei drei [pause 200 ms]\n    voice: eva',
    )
    const utterance = utterances.get(0)
    expect(requests).toEqual([
      { kind: 'text', text: 'eins', language: 'de', voice: 'eva' },
      { kind: 'text', text: 'zwei drei', language: 'de', voice: 'eva' },
    ])
    expect(utterance?.samples).toEqual(sound(tone(160), silence(1500), tone(360), silence(200)))
    expect(utterance?.speech).toEqual({ from: 0, to: (160 + 1500 + 360) * 24 })
  })

  it('comes from a file where there is one', async () => {
    const { requests } = await spoken('  - backchannel: mhm [pause 1s] ja\n    file: audio/mhm.wav')
    expect(requests).toEqual([{ kind: 'file', path: 'audio/mhm.wav' }])
  })

  it('has noise under it whose level is that far below the speech', () => {
    const clean = sound(tone(300), silence(500), tone(300))
    const { samples, speech } = withNoise(clean, { kind: 'white', snr_db: 10 }, 'seed')
    expect(speech).toEqual({ from: 500 * 24, to: 1600 * 24 })
    expect(samples.length).toBe((500 + 1100 + 1000) * 24)
    const noise = samples.subarray(850 * 24, 1250 * 24)
    expect(dbOf(tone(300)) - dbOf(noise)).toBeCloseTo(10, 0)
  })

  it.each(['white', 'pink', 'babble'] as const)(
    'has the same %s noise each time, another for another seed',
    (kind) => {
      const noisy = (seed: string) => withNoise(tone(200), { kind, snr_db: 5 }, seed).samples
      expect(noisy('a')).toEqual(noisy('a'))
      expect(noisy('a')).not.toEqual(noisy('b'))
    },
  )

  it('is refused when it has no sound', async () => {
    const { ports } = createScriptedPorts({})
    const scenario = parseScenario('name: a\ntitle: A\nsteps: [{ say: hi }]')
    const mute = { ...ports, speech: () => Promise.resolve(new Int16Array(0)) }
    await expect(utterancesOf(scenario, mute, new AbortController().signal)).rejects.toThrow('Step 1')
  })
})
