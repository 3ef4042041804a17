import { describe, expect, it } from 'vitest'
import { RealtimeError } from '../../errors.ts'
import { fakeStages } from '../../testing/fake-stages.ts'
import { createUtterance, listeningRate } from './utterance.ts'

const second = () => new Float32Array(listeningRate).fill(0.3)

describe('createUtterance', () => {
  it('recognises all of a short utterance at once', async () => {
    const { stt, recognitions } = fakeStages({
      stt: (recognition) => recognition.understand(' hello there '),
    })
    const utterance = createUtterance(stt, 'en')
    utterance.append(second())
    utterance.append(second())
    const { text } = await utterance.recognize({ speculative: false }).transcript
    expect(text).toBe('hello there')
    expect(recognitions).toHaveLength(1)
    expect(recognitions[0]?.audio.samples).toHaveLength(2 * listeningRate)
    expect(recognitions[0]?.options).toMatchObject({ language: 'en', speculative: false })
  })

  it('recognises what is too long in pieces while it grows, loses no sample and joins the words', async () => {
    const { stt, recognitions } = fakeStages({ maxSeconds: 3 })
    const utterance = createUtterance(stt, undefined)
    for (let i = 0; i < 7; i++) utterance.append(second())
    const grown = recognitions.length
    const { transcript } = utterance.recognize({ speculative: true })
    recognitions.forEach((recognition, index) => recognition.understand(`part ${index}`))
    expect(grown).toBeGreaterThanOrEqual(2)
    expect(recognitions.every(({ audio }) => audio.samples.length <= 3 * listeningRate)).toBe(true)
    const samples = recognitions.reduce((sum, { audio }) => sum + audio.samples.length, 0)
    expect(samples).toBe(7 * listeningRate)
    expect((await transcript).text).toBe(recognitions.map((_, index) => `part ${index}`).join(' '))
  })

  it('leaves out the pieces in which nothing was understood', async () => {
    const { stt } = fakeStages({ stt: (recognition) => recognition.understand('zhzh', { confidence: -3 }) })
    const utterance = createUtterance(stt, undefined)
    utterance.append(second())
    expect(await utterance.recognize({ speculative: false }).transcript).toMatchObject({
      text: '',
      confidence: -3,
    })
  })

  it('tries once more when the engine died, and gives up the second time', async () => {
    const { stt, recognitions } = fakeStages()
    const utterance = createUtterance(stt, undefined)
    utterance.append(second())
    const { transcript } = utterance.recognize({ speculative: false })
    recognitions[0]?.fail(new RealtimeError('engine_failed', 'died'))
    await Promise.resolve()
    await Promise.resolve()
    await Promise.resolve()
    recognitions[1]?.fail(new RealtimeError('engine_failed', 'died again'))
    await expect(transcript).rejects.toThrow('died again')
    expect(recognitions).toHaveLength(2)
  })

  it('does not try again what nobody waits for', async () => {
    const { stt, recognitions } = fakeStages()
    const utterance = createUtterance(stt, undefined)
    utterance.append(second())
    const recognition = utterance.recognize({ speculative: true })
    recognition.cancel()
    await expect(recognition.transcript).rejects.toThrow('aborted')
    expect(recognitions).toHaveLength(1)
  })
})
