import { expect } from 'vitest'
import type { Law } from '@parley/audio/testing'
import type { LiveSessions, NewSessionRecord, SessionNote } from './live-sessions.ts'

/** Replicas that share one registry. */
export interface Replicas extends AsyncDisposable {
  readonly a: LiveSessions
  readonly b: LiveSessions
  readonly c: LiveSessions
  /** The process of `a` is gone, and its time is over. */
  killA(): Promise<void>
}

const record: NewSessionRecord = {
  id: 'session_1',
  principal: 'key',
  conversationId: 'conv_1',
  dialect: 'openai-ga',
  query: 'backend=local',
  openedAt: 1,
}

function note(from: number, count: number, more: Partial<SessionNote> = {}): SessionNote {
  const frames = Array.from({ length: count }, (_, index) => ({
    number: from + index,
    frame: `{"n":${from + index},"text":"a:b \\u00e4"}`,
  }))
  const snapshot = { session: { instructions: 'ä' }, backend: 'local', model: 'm' }
  return {
    standing: { sent: from + count - 1, received: from, taken: from, isAtRest: false, snapshot },
    frames,
    gapAt: 0,
    ...more,
  }
}

/** What every registry of live sessions does. */
export const liveSessionsLaws: readonly Law<() => Promise<Replicas>>[] = [
  law('gives a conversation to one replica at a time', async ({ a, b, c }) => {
    expect(await b.holder('conv_1')).toBeUndefined()
    const claims = await Promise.all([a, b, c].map((replica) => replica.claim('conv_1', undefined)))
    expect(claims.filter((holder) => holder === undefined)).toHaveLength(1)
    const holder = await a.holder('conv_1')
    expect(claims.filter((other) => other !== undefined)).toEqual([holder, holder])
  }),

  law('says who holds a conversation, and with which session', async ({ a, b }) => {
    expect(await a.claim('conv_1', 'session_1')).toBeUndefined()
    expect(await b.claim('conv_1', 'session_2')).toEqual({ replica: a.replica, session: 'session_1' })
    expect(await b.holder('conv_1')).toEqual({ replica: a.replica, session: 'session_1' })
  }),

  law('lets a replica change the session of what it holds', async ({ a, b }) => {
    await a.claim('conv_1', 'session_1')
    expect(await a.claim('conv_1', undefined)).toBeUndefined()
    expect((await b.holder('conv_1'))?.session).toBeUndefined()
  }),

  law('keeps conversations apart', async ({ a, b }) => {
    await a.claim('conv_1', undefined)
    expect(await b.claim('conv_2', undefined)).toBeUndefined()
  }),

  law('frees what its holder gives back, and nothing of another', async ({ a, b }) => {
    await a.claim('conv_1', undefined)
    await b.unclaim('conv_1')
    expect(await b.claim('conv_1', undefined)).toBeDefined()
    await a.unclaim('conv_1')
    expect(await b.claim('conv_1', undefined)).toBeUndefined()
  }),

  law('frees what a replica held that is gone', async (replicas) => {
    const { a, b } = replicas
    await a.claim('conv_1', 'session_1')
    await replicas.killA()
    expect(await b.holder('conv_1')).toBeUndefined()
    expect(await b.claim('conv_1', 'session_1')).toBeUndefined()
    expect((await b.holder('conv_1'))?.replica).toEqual(b.replica)
  }),

  law('lets one take from a holder it cannot reach, and no second one', async ({ a, b, c }) => {
    await a.claim('conv_1', 'session_1')
    const seized = await Promise.all([b, c].map((replica) => replica.seize('conv_1', a.replica, 'session_1')))
    expect(seized.filter((isOurs) => isOurs)).toHaveLength(1)
  }),

  law('knows no session that was not opened', async ({ a }) => {
    expect(await a.find('session_1')).toBeUndefined()
    expect(await a.note('session_1', note(1, 1))).toBe(false)
    expect(await a.frames('session_1')).toEqual([])
  }),

  law('shows a session to every replica', async ({ a, b }) => {
    await a.open(record)
    expect(await b.find('session_1')).toMatchObject({
      ...record,
      standing: { sent: 0, received: 0 },
      gapAt: 0,
    })
  }),

  law('keeps what is noted, in order', async ({ a, b }) => {
    await a.open(record)
    expect(await a.note('session_1', note(1, 2))).toBe(true)
    expect(await a.note('session_1', note(5, 2))).toBe(true)
    expect((await b.find('session_1'))?.standing).toEqual(note(5, 2).standing)
    expect(await b.frames('session_1')).toEqual([...note(1, 2).frames, ...note(5, 2).frames])
  }),

  law('keeps the newest frames, and says from where on there are gaps', async ({ a }) => {
    await a.open(record)
    for (let from = 1; from <= 1200; from += 100) await a.note('session_1', note(from, 100))
    const frames = await a.frames('session_1')
    expect(frames).toHaveLength(1000)
    expect(frames[0]?.number).toBe(201)
    expect((await a.find('session_1'))?.gapAt).toBe(200)
    await a.note('session_1', note(1201, 1, { gapAt: 150 }))
    expect((await a.find('session_1'))?.gapAt).toBe(201)
    await a.note('session_1', note(1300, 1, { gapAt: 1299 }))
    expect((await a.find('session_1'))?.gapAt).toBe(1299)
  }),

  law('keeps other frames in place of all', async ({ a, b }) => {
    await a.open(record)
    await a.note('session_1', note(1, 3))
    await a.replaceFrames('session_1', note(2, 1).frames)
    expect(await b.frames('session_1')).toEqual(note(2, 1).frames)
    await a.replaceFrames('session_1', [])
    expect(await b.frames('session_1')).toEqual([])
  }),

  law('forgets a session that is over', async ({ a, b }) => {
    await a.open(record)
    await a.note('session_1', note(1, 1))
    await b.drop('session_1')
    expect(await a.find('session_1')).toBeUndefined()
    expect(await a.frames('session_1')).toEqual([])
  }),

  law(
    'has places for so many conversations over all replicas, and for those that have one',
    async ({ a, b }) => {
      await a.claim('conv_1', undefined)
      await b.claim('conv_2', undefined)
      expect(await a.reserve('conv_3', 2)).toBe(false)
      expect(await b.reserve('conv_1', 2)).toBe(true)
      expect(await b.reserve('conv_3', 3)).toBe(true)
      await a.unclaim('conv_1')
      await b.unclaim('conv_3')
      expect(await a.reserve('conv_4', 3)).toBe(true)
    },
  ),

  law('works', async ({ a }) => {
    expect(a.fault()).toBeUndefined()
  }),
]

function law(name: string, holds: (replicas: Replicas) => Promise<void>): Law<() => Promise<Replicas>> {
  return {
    name,
    async holds(make) {
      await using replicas = await make()
      await holds(replicas)
    },
  }
}
