import { readFile } from 'node:fs/promises'
import { setImmediate } from 'node:timers/promises'

import { decodeWav } from '@parley/audio'

import type { Engine } from '../../engine/engine-protocol.ts'

import type { Pcm } from '../../stages.ts'
import { prepareWasiCall, type WasiCall } from './wasi-call.ts'

/** Start options of the Flite engine. */
export interface FliteEngineOptions {
  /** Path of `flite.wasm`. */
  readonly module: string
}

/** One clause to speak. */
export interface FliteRequest {
  readonly text: string
  /** `slt`, `rms` or `awb`. */
  readonly voice: string
  /** 1 is the voice's own pace. */
  readonly speed: number
}

/** Compiles Flite once and keeps one instance ready, so that a request pays for the speech alone. */
export async function startEngine(options: FliteEngineOptions): Promise<Engine<FliteRequest, Pcm>> {
  const module = await WebAssembly.compile(await readFile(options.module))
  let spare: WasiCall | undefined = prepareWasiCall(module)

  async function prepareSpare(): Promise<void> {
    // After the answer has left.
    await setImmediate()
    spare ??= prepareWasiCall(module)
  }

  function speak({ text, voice, speed }: FliteRequest): Pcm {
    const call = spare ?? prepareWasiCall(module)
    spare = undefined
    const stretch = (1 / speed).toFixed(3)
    const wav = call.run([
      'flite',
      '-voice',
      voice,
      '--setf',
      `duration_stretch=${stretch}`,
      '-t',
      text,
      '-o',
      '/out.wav',
    ])
    const { samples, sampleRate } = decodeWav(wav)
    return { samples, sampleRate }
  }

  // The first runs are slow until the code is optimised.
  for (const voice of ['slt', 'rms', 'awb']) speak({ text: 'This is a first sentence.', voice, speed: 1 })
  spare = prepareWasiCall(module)
  return {
    async run(request) {
      try {
        return speak(request)
      } finally {
        void prepareSpare()
      }
    },
  }
}
