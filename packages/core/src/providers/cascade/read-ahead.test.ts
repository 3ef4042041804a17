import { describe, expect, it } from 'vitest'
import { readAhead } from './read-ahead.ts'

const never = new AbortController().signal

async function settle(): Promise<void> {
  for (let turn = 0; turn < 5; turn++) await new Promise((resolve) => setImmediate(resolve))
}

function counter(pulled: number[], count = Infinity) {
  return (async function* () {
    for (let value = 0; value < count; value++) {
      pulled.push(value)
      yield value
    }
  })()
}

describe('readAhead', () => {
  it('pulls up to the limit before anybody asks, and no further', async () => {
    const pulled: number[] = []
    readAhead(counter(pulled), { limit: 3, signal: never })
    await settle()
    expect(pulled).toEqual([0, 1, 2])
  })

  it('keeps the order and ends with the source', async () => {
    const values: number[] = []
    for await (const value of readAhead(counter([], 10), { limit: 2, signal: never })) values.push(value)
    expect(values).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9])
  })

  it('gives what came before an error, then the error', async () => {
    const source = (async function* () {
      yield 'a'
      yield 'b'
      throw new Error('broken')
    })()
    const ahead = readAhead(source, { limit: 8, signal: never })
    await settle()
    const values: string[] = []
    const reading = (async () => {
      for await (const value of ahead) values.push(value)
    })()
    await expect(reading).rejects.toThrow('broken')
    expect(values).toEqual(['a', 'b'])
  })

  it('ends a waiting reader and the source when aborted', async () => {
    const controller = new AbortController()
    const pulled: number[] = []
    const ahead = readAhead(counter(pulled), { limit: 2, signal: controller.signal })
    await settle()
    controller.abort()
    const values: number[] = []
    for await (const value of ahead) values.push(value)
    await settle()
    expect(values).toEqual([])
    expect(pulled).toEqual([0, 1])
  })

  it('an error after it was left is nobody’s', async () => {
    const gate = Promise.withResolvers<void>()
    const source = (async function* () {
      yield 1
      await gate.promise
      throw new Error('late')
    })()
    for await (const value of readAhead(source, { limit: 4, signal: never })) if (value === 1) break
    gate.resolve()
    await settle()
  })
})
