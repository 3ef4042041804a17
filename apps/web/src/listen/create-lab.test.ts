import { encodeWav } from '@parley/audio'
import { describe, expect, it } from 'vitest'
import type { LiveSound } from '../compare/live-sound.ts'
import { createLab, type LabState } from './create-lab.ts'
import { createLabEar } from './lab-ear.ts'
import type { LabPorts } from './lab-ports.ts'
import { defaultLabSettings } from './lab-settings.ts'

const rate = 16_000

/** Tones of 1 s, each with 1 s of silence before it and behind the last. */
function tones(count: number): Float32Array {
  return Float32Array.from({ length: (2 * count + 1) * rate }, (_, i) =>
    Math.floor(i / rate) % 2 ? 0.3 * Math.sin(i / 5) : 0,
  )
}

const fileOf = (name: string, bytes: Uint8Array<ArrayBuffer>): File => new File([bytes], name)
const wavOf = (name: string, count: number): File => fileOf(name, encodeWav(tones(count), rate))
const noise = fileOf('notes.mp3', new Uint8Array(100))

/** A microphone under the test's hand: it opens when told so, and may get lost. */
function handMicrophone() {
  const opening = Promise.withResolvers<void>()
  const microphone = {
    opening,
    closed: 0,
    lose: (): void => undefined,
    speak: (_samples: Int16Array): void => undefined,
  }
  const create: LabPorts['createLiveSound'] = async (onLost) => {
    microphone.lose = onLost
    const sound: LiveSound = {
      async openMicrophone(_device, onFrame) {
        await opening.promise
        microphone.speak = onFrame
      },
      closeMicrophone: () => undefined,
      append: () => undefined,
      cut: () => undefined,
      listenTo: () => undefined,
      async [Symbol.asyncDispose]() {
        microphone.closed += 1
      },
    }
    return sound
  }
  return { microphone, create }
}

function open(ports: Partial<LabPorts> = {}) {
  const { microphone, create } = handMicrophone()
  const lab = createLab(
    {
      openWorker(report) {
        const ear = createLabEar({
          report: (answer) => setImmediate(() => report(structuredClone(answer))),
          loadModel: () => Promise.reject(new Error('There is none.')),
          breathe: () => new Promise((resolve) => setImmediate(resolve)),
        })
        return { ask: (request) => ear.take(request), [Symbol.dispose]: () => undefined }
      },
      createLiveSound: create,
      decodeFile: () => Promise.reject(new Error('This browser reads nothing.')),
      ...ports,
    },
    () => undefined,
  )
  lab.changeSettings({ ...defaultLabSettings, detector: 'energy' })
  const state = (): LabState => lab.state.get()
  return {
    lab,
    microphone,
    state,
    phase: (phase: LabState['phase']) => expect.poll(() => state().phase).toBe(phase),
  }
}

/** Lets work go on that needs no time. */
const rest = (): Promise<void> => new Promise((resolve) => setTimeout(resolve))

describe('createLab', () => {
  it('shows the turns of a file, and those of the next in their place', async () => {
    const { lab, state, phase } = open()
    for (const count of [1, 2]) {
      const opened = lab.openFile(wavOf(`${count}.wav`, count))
      expect(state().phase).toBe('reading')
      // oxlint-disable-next-line no-await-in-loop
      await opened
      // oxlint-disable-next-line no-await-in-loop
      await phase('ready')
      expect(state().turns).toHaveLength(count)
      expect(state().name).toBe(`${count}.wav`)
      expect(lab.picture.durationMs).toBe(1000 * (2 * count + 1))
    }
  })

  it('keeps the sound that is shown when another cannot be read, and names the one that cannot', async () => {
    const { lab, state, phase } = open()
    await lab.openFile(wavOf('good.wav', 2))
    await phase('ready')
    const { peaks } = lab.picture
    const drawn = peaks.length
    await lab.openFile(noise)
    await phase('ready')
    expect(state()).toMatchObject({ name: 'good.wav', share: 1, durationMs: 5000 })
    expect(state().problem).toEqual({ code: 'unreadable', name: 'notes.mp3' })
    expect(state().turns).toHaveLength(2)
    expect(peaks.length).toBe(drawn)
    await lab.openSound('sample', () => Promise.reject(new Error('It is not there.')))
    expect(state()).toMatchObject({ phase: 'ready', problem: { code: 'no_sample', name: 'sample' } })
    expect(await lab.read(rate * 1.5, rate * 1.6)).toContainEqual(expect.closeTo(0.3, 2))
  })

  it('goes on with a sound that is being read when the next cannot be', async () => {
    const { lab, state, phase } = open()
    await lab.openFile(wavOf('long.wav', 20))
    await lab.openFile(noise)
    await phase('ready')
    expect(state()).toMatchObject({ name: 'long.wav', problem: { name: 'notes.mp3' } })
    expect(state().turns).toHaveLength(20)
  })

  it.each([
    [
      'an empty WAV file',
      fileOf('empty.wav', encodeWav(new Float32Array(0), rate)),
      async () => new Float32Array(0),
    ],
    [
      'a file that is gone',
      Object.assign(fileOf('gone.wav', new Uint8Array(9)), {
        arrayBuffer: () => Promise.reject(new Error('It is gone.')),
      }),
    ],
  ] as const)('calls %s unreadable', async (_, file, decodeFile?: LabPorts['decodeFile']) => {
    const { lab, state, phase } = open(decodeFile && { decodeFile })
    await lab.openFile(file)
    await phase('empty')
    expect(state().problem).toEqual({ code: 'unreadable', name: file.name })
  })

  it('takes what only the browser reads', async () => {
    const { lab, state, phase } = open({
      decodeFile: async (_, sampleRate) => new Float32Array(2 * sampleRate),
    })
    await lab.openFile(noise)
    await phase('ready')
    expect(state()).toMatchObject({ durationMs: 2000, problem: undefined })
  })

  it('hears a microphone, and keeps what it heard when it is lost', async () => {
    const { lab, microphone, state } = open()
    microphone.opening.resolve()
    await lab.startLive('')
    expect(state().phase).toBe('live')
    microphone.speak(new Int16Array(24_000))
    await expect.poll(() => lab.picture.durationMs).toBeGreaterThan(900)
    microphone.lose()
    expect(state()).toMatchObject({ phase: 'ready', problem: { code: 'microphone_lost' } })
    expect(microphone.closed).toBe(1)
  })

  it.each([
    ['is lost', 'microphone_lost', 1],
    ['is refused', 'no_microphone', 1],
    ['cannot be had', 'no_microphone', 0],
  ] as const)(
    'keeps the sound that is shown when the microphone %s as it opens',
    async (how, code, closed) => {
      const { lab, microphone, state, phase } = open(
        how === 'cannot be had' ? { createLiveSound: async () => undefined } : {},
      )
      await lab.openFile(wavOf('good.wav', 1))
      await phase('ready')
      const opening = lab.startLive('')
      await rest()
      if (how === 'is refused') microphone.opening.reject(new Error('Nobody allows it.'))
      else if (how === 'is lost') {
        microphone.lose()
        microphone.opening.resolve()
      }
      await opening
      expect(state()).toMatchObject({ phase: 'ready', name: 'good.wav', problem: { code } })
      expect(state().turns).toHaveLength(1)
      expect(microphone.closed).toBe(closed)
    },
  )

  it.each(['opens', 'is lost', 'is refused', 'cannot be had'] as const)(
    'hears a file that is chosen while the microphone %s',
    async (how) => {
      const creating = Promise.withResolvers<undefined>()
      const { lab, microphone, state, phase } = open(
        how === 'cannot be had' ? { createLiveSound: () => creating.promise } : {},
      )
      const opening = lab.startLive('')
      await rest()
      await lab.openFile(wavOf('good.wav', 1))
      if (how === 'is refused') microphone.opening.reject(new Error('Nobody allows it.'))
      else if (how === 'is lost') microphone.lose()
      microphone.opening.resolve()
      creating.resolve(undefined)
      await opening
      await phase('ready')
      expect(state()).toMatchObject({ name: 'good.wav', problem: undefined })
      expect(microphone.closed).toBe(how === 'cannot be had' ? 0 : 1)
    },
  )
})
