import { createFlite, type fliteVoices } from '../noisy-speech/flite.ts'

export type Voice = (typeof fliteVoices)[number]

const flite = await createFlite()
const spoken = new Map<string, Promise<Float32Array>>()

/** One text by one voice at 16 kHz; each is spoken once. */
export function speak(text: string, voice: Voice): Promise<Float32Array> {
  const key = `${voice}:${text}`
  const known = spoken.get(key) ?? flite({ text, voice })
  spoken.set(key, known)
  return known
}
