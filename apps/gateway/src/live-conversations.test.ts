import { RealtimeError } from '@parley/core'
import { describe, expect, it } from 'vitest'
import { createLiveConversations } from './live-conversations.ts'

const reason = new RealtimeError('conversation_in_use', 'Taken over.')

/** A task that settles when told to, and says what happened to it. */
function heldTask(log: string[], name: string) {
  const release = Promise.withResolvers<string>()
  return {
    release: () => release.resolve(name),
    task: async (signal: AbortSignal) => {
      log.push(`${name} runs`)
      signal.addEventListener('abort', () => log.push(`${name} is told`))
      const result = await release.promise
      log.push(`${name} settles`)
      return result
    },
  }
}

describe('createLiveConversations', () => {
  it('lets the older task settle before the newer one runs', async () => {
    const live = createLiveConversations(60_000)
    const log: string[] = []
    const older = heldTask(log, 'older')
    const newer = heldTask(log, 'newer')
    const first = live.takeOver({ id: 'c', reason, task: older.task })
    const second = live.takeOver({ id: 'c', reason, task: newer.task })
    await Promise.resolve()
    expect(log).toEqual(['older runs', 'older is told'])
    older.release()
    newer.release()
    expect(await Promise.all([first, second])).toEqual(['older', 'newer'])
    expect(log).toEqual(['older runs', 'older is told', 'older settles', 'newer runs', 'newer settles'])
  })

  it('gives the conversation to the newest of several that wait', async () => {
    const live = createLiveConversations(60_000)
    const log: string[] = []
    const [oldest, middle, newest] = ['oldest', 'middle', 'newest'].map((name) => heldTask(log, name))
    const first = live.takeOver({ id: 'c', reason, task: oldest!.task })
    const second = live.takeOver({ id: 'c', reason, task: middle!.task })
    const third = live.takeOver({ id: 'c', reason, task: newest!.task })
    oldest!.release()
    newest!.release()
    await expect(second).rejects.toBe(reason)
    expect(await Promise.all([first, third])).toEqual(['oldest', 'newest'])
    expect(log).not.toContain('middle runs')
  })

  it('keeps conversations apart', async () => {
    const live = createLiveConversations(60_000)
    const log: string[] = []
    const one = heldTask(log, 'one')
    const two = heldTask(log, 'two')
    const results = [
      live.takeOver({ id: 'a', reason, task: one.task }),
      live.takeOver({ id: 'b', reason, task: two.task }),
    ]
    expect(live.count).toBe(2)
    one.release()
    two.release()
    await Promise.all(results)
    expect(log).not.toContain('one is told')
    expect(live.count).toBe(0)
    expect(live.has('a')).toBe(false)
  })

  it('frees the conversation when a task fails', async () => {
    const live = createLiveConversations(60_000)
    const failed = live.takeOver({ id: 'c', reason, task: () => Promise.reject(new Error('broken')) })
    await expect(failed).rejects.toThrow('broken')
    expect(await live.takeOver({ id: 'c', reason, task: async () => 'next' })).toBe('next')
  })

  it('refuses the newer one when the older does not settle in time', async () => {
    const live = createLiveConversations(1)
    const stuck = heldTask([], 'stuck')
    const first = live.takeOver({ id: 'c', reason, task: stuck.task })
    const second = live.takeOver({ id: 'c', reason, task: async () => 'never' })
    await expect(second).rejects.toMatchObject({ code: 'conversation_in_use' })
    stuck.release()
    await first
  })

  it('ends everything once, waits for it, and refuses what comes later', async () => {
    const live = createLiveConversations(60_000)
    const log: string[] = []
    const task = heldTask(log, 'task')
    const running = live.takeOver({ id: 'c', reason, task: task.task })
    const ended = live.endAll(reason).then(() => log.push('all ended'))
    task.release()
    await Promise.all([running, ended])
    expect(log).toEqual(['task runs', 'task is told', 'task settles', 'all ended'])
    await expect(live.takeOver({ id: 'c', reason, task: async () => 1 })).rejects.toBe(reason)
  })
})
