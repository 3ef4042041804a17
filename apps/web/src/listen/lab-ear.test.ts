import { encodeWav, float32ToPcm16 } from '@parley/audio'
import { describe, expect, it } from 'vitest'
import { createLabEar } from './lab-ear.ts'
import { defaultLabSettings, type LabSettings } from './lab-settings.ts'
import { heardRate, longestSeconds, type LabReport, type LabRequest } from './worker-protocol.ts'

const rate = 24_000
const energy: LabSettings = { ...defaultLabSettings, detector: 'energy' }

/** Tones of 1 s with 600 ms between them, and 1.4 s of silence at the end. */
const sound = Float32Array.from({ length: 5 * rate }, (_, i) => {
  const ms = (i * 1000) / rate
  const isLoud = (ms >= 1000 && ms < 2000) || (ms >= 2600 && ms < 3600)
  return isLoud ? 0.3 * Math.sin(i / 5) : 0
})

function openEar(loadModel: () => Promise<Uint8Array> = () => Promise.reject(new Error('There is none.'))) {
  const reports: LabReport[] = []
  const ear = createLabEar({
    report: (report) => reports.push(structuredClone(report)),
    loadModel,
    breathe: () => new Promise((resolve) => setImmediate(resolve)),
  })
  const of = <Type extends LabReport['type']>(type: Type) =>
    reports.filter((report): report is Extract<LabReport, { type: Type }> => report.type === type)
  return {
    of,
    ask: (...requests: readonly LabRequest[]) => requests.forEach(ear.take),
    turns: () => of('heard').at(-1)?.turns ?? [],
    probabilities: () => of('heard').reduce((sum, { probabilities }) => sum + probabilities.length, 0),
    done: () => expect.poll(() => of('progress').at(-1)?.share).toBe(1),
  }
}

const wav = (number = 1): LabRequest => ({ type: 'wav', sound: number, bytes: encodeWav(sound, rate) })

describe('createLabEar', () => {
  it('finds the turns of a file, and others for other settings, without listening again', async () => {
    const ear = openEar()
    ear.ask({ type: 'settings', settings: energy }, wav())
    await ear.done()
    expect(ear.turns()).toHaveLength(2)
    const heard = ear.probabilities()
    expect(heard).toBe(250)
    ear.ask({ type: 'settings', settings: { ...energy, silenceMs: 900 } })
    expect(ear.turns()).toMatchObject([{ pauses: 1 }])
    expect(ear.probabilities()).toBe(heard)
  })

  it('hears the same of a microphone as of a file', async () => {
    const file = openEar()
    file.ask({ type: 'settings', settings: energy }, wav())
    await file.done()
    const live = openEar()
    live.ask({ type: 'settings', settings: energy }, { type: 'begin', sound: 1 })
    for (let at = 0; at < sound.length; at += 480) {
      const pcm = float32ToPcm16(sound.subarray(at, at + 480))
      live.ask({ type: 'live', pcm, sampleRate: rate })
    }
    await expect.poll(() => live.turns()).toEqual(file.turns())
  })

  it('gives back what it heard, and draws all of it', async () => {
    const ear = openEar()
    ear.ask({ type: 'settings', settings: energy }, wav())
    await ear.done()
    ear.ask({ type: 'read', request: 7, from: 1.5 * heardRate, to: 1.6 * heardRate })
    const [answer] = ear.of('samples')
    expect(answer?.request).toBe(7)
    expect(answer?.samples).toHaveLength(1600)
    expect(Math.max(...(answer?.samples ?? []))).toBeCloseTo(0.3, 1)
    const pictures = ear.of('picture')
    expect(pictures.at(-1)?.samples).toBe(5 * heardRate)
    expect(pictures.reduce((sum, { peaks }) => sum + peaks.length / 2, 0)).toBe(1000)
    expect(pictures.reduce((sum, { columns }) => sum + columns.length / 128, 0)).toBe(500)
  })

  it('listens again with another detector', async () => {
    const ear = openEar()
    ear.ask({ type: 'settings', settings: energy }, wav())
    await ear.done()
    ear.ask({ type: 'settings', settings: { ...energy, energyFloorDbfs: -31, energyThresholdDb: 30 } })
    await expect.poll(() => ear.probabilities()).toBe(500)
    expect(ear.turns()).toEqual([])
  })

  it('says that the model is missing, and goes on without it', async () => {
    const ear = openEar()
    ear.ask(wav())
    await ear.done()
    expect(ear.of('problem')).toMatchObject([{ sound: 1, code: 'no_model' }])
    expect(ear.turns()).toHaveLength(2)
  })

  it('forgets a sound for the next, even while the model comes', async () => {
    const { promise, reject } = Promise.withResolvers<Uint8Array>()
    const ear = openEar(() => promise)
    ear.ask(wav())
    await expect.poll(() => ear.of('picture').length).toBeGreaterThan(0)
    ear.ask(wav(2))
    reject(new Error('There is none.'))
    await ear.done()
    expect(new Set(ear.of('heard').map((report) => report.sound))).toEqual(new Set([2]))
    expect(ear.turns()).toHaveLength(2)
  })

  it('refuses what is no WAV file, what is empty and what is too long, and keeps the sound before', async () => {
    const ear = openEar()
    ear.ask({ type: 'settings', settings: energy }, wav())
    await ear.done()
    ear.ask({ type: 'wav', sound: 2, bytes: new Uint8Array(100) })
    ear.ask({ type: 'wav', sound: 3, bytes: encodeWav(new Float32Array(0), rate) })
    const samples = new Float32Array((longestSeconds + 1) * 8)
    ear.ask({ type: 'sound', sound: 4, samples, sampleRate: 8 })
    expect(ear.of('problem')).toMatchObject([
      { sound: 2, code: 'unreadable' },
      { sound: 3, code: 'unreadable' },
      { sound: 4, code: 'too_long' },
    ])
    ear.ask({ type: 'settings', settings: { ...energy, silenceMs: 900 } })
    expect(ear.of('heard').at(-1)?.sound).toBe(1)
    expect(ear.turns()).toHaveLength(1)
  })
})
