import { describe, expect, it } from 'vitest'
import { createLaneClock, type TimerPort } from './clock.ts'
import type { TimerRequest } from './timer-worker.ts'

function handTimers(): TimerPort & { readonly asked: TimerRequest[]; fire(id: number): void } {
  const port: ReturnType<typeof handTimers> = {
    asked: [],
    onmessage: null,
    postMessage: (request) => port.asked.push(request),
    terminate: () => undefined,
    fire: (id) => port.onmessage?.(new MessageEvent('message', { data: id })),
  }
  return port
}

describe('createLaneClock', () => {
  it('waits until its worker says that the time has come', async () => {
    const timers = handTimers()
    using clock = createLaneClock(timers)
    const done: string[] = []
    const wait = clock
      .waitUntil(clock.now() + 500, new AbortController().signal)
      .then(() => done.push('fired'))
    await Promise.resolve()
    expect(done).toEqual([])
    const [asked] = timers.asked
    expect(asked).toMatchObject({ type: 'start', id: 1 })
    timers.fire(1)
    await wait
    expect(done).toEqual(['fired'])
  })

  it('asks for no wait when the time is past', async () => {
    const timers = handTimers()
    using clock = createLaneClock(timers)
    await clock.waitUntil(clock.now() - 1, new AbortController().signal)
    expect(timers.asked).toEqual([])
  })

  it('ends a wait that is given up, and takes it back', async () => {
    const timers = handTimers()
    using clock = createLaneClock(timers)
    const abort = new AbortController()
    const wait = clock.waitUntil(clock.now() + 60_000, abort.signal)
    abort.abort()
    await wait
    expect(timers.asked.at(-1)).toEqual({ type: 'cancel', id: 1 })
  })

  it('leaves nobody waiting when it ends', async () => {
    const clock = createLaneClock(handTimers())
    const wait = clock.waitUntil(clock.now() + 60_000, new AbortController().signal)
    clock[Symbol.dispose]()
    await wait
  })
})
