import { describe, expect, it } from 'vitest'
import { createPlayout } from './playout.ts'
import { silentSink } from './speaker.ts'
import type { SpeakerSink } from './speaker.ts'

/** Plays until something has come to pass. */
async function played(
  sink: SpeakerSink,
  work: (playout: ReturnType<typeof createPlayout>, event: (name: string) => Promise<void>) => Promise<void>,
) {
  const events: string[] = []
  const waiting = new Map<string, () => void>()
  const tell = (name: string): void => {
    events.push(name)
    waiting.get(name)?.()
  }
  const playout = createPlayout(sink, {
    onStart: (id) => tell(`start ${id}`),
    onEnd: (id) => tell(`end ${id}`),
  })
  const stop = new AbortController()
  const running = playout.run(stop.signal)
  await work(playout, (name) =>
    events.includes(name) ? Promise.resolve() : new Promise((resolve) => waiting.set(name, resolve)),
  )
  stop.abort()
  await running
  return { events, heard: playout.heard() }
}

const sound = (length: number): Int16Array => new Int16Array(length).fill(1000)

describe('createPlayout', () => {
  it('plays answers one after the other and tells their beginning and end', async () => {
    const { events, heard } = await played(silentSink, async (playout, event) => {
      playout.add('a', sound(500))
      playout.add('b', sound(480))
      playout.finish('a')
      playout.finish('b')
      await event('end b')
      expect(playout.isSounding).toBe(false)
    })
    expect(events).toEqual(['start a', 'end a', 'start b', 'end b'])
    expect(heard).toHaveLength(980)
  })

  it('is silent after a cut, and says how much of the answer had been heard', async () => {
    const { heard } = await played(silentSink, async (playout, event) => {
      playout.add('a', sound(24_000))
      await event('start a')
      const cut = playout.cut()
      expect(cut).toEqual({ itemId: 'a', heardMs: 20 })
      expect(playout.isSounding).toBe(false)
      expect(playout.cut()).toBeUndefined()
    })
    expect(heard).toHaveLength(480)
  })

  it('takes the delay of the player off what had been heard', async () => {
    await played({ ...silentSink, delayMs: 100 }, async (playout, event) => {
      playout.add('a', sound(24_000))
      await event('start a')
      expect(playout.cut()).toEqual({ itemId: 'a', heardMs: 0 })
    })
  })

  it('gives a player that wants whole answers the whole of one', async () => {
    const whole: number[] = []
    const sink = {
      ...silentSink,
      takesWhole: true,
      whole: (samples: Int16Array) => whole.push(samples.length),
    }
    await played(sink, async (playout, event) => {
      playout.add('a', sound(480))
      playout.add('a', sound(480))
      playout.finish('a')
      await event('end a')
    })
    expect(whole).toEqual([960])
  })
})
