import { encodeWav } from '@parley/audio'
import { trackRate, type Segment } from '../../run/lane-run.ts'
import { pcmBytes } from '../../run/pcm-samples.ts'
import type { LoadedRun } from './loaded-run.ts'

/** Saves both sides of a lane, mixed on its axis, as a WAV file. */
export function saveLane(loaded: LoadedRun | undefined, label: string): void {
  if (loaded === undefined) return
  const mixed = new Int16Array(Math.ceil((loaded.run.durationMs * trackRate) / 1000))
  for (const segment of [...loaded.input(), ...loaded.output()]) mix(mixed, segment)
  const url = URL.createObjectURL(new Blob([encodeWav(pcmBytes(mixed), trackRate)], { type: 'audio/wav' }))
  const link = document.createElement('a')
  link.href = url
  link.download = `${label.replaceAll(/[^\p{L}\p{N}._-]+/gu, '-')}.wav`
  link.click()
  // The download has its own hold on the blob once it began.
  setTimeout(() => URL.revokeObjectURL(url), 10_000)
}

function mix(mixed: Int16Array, { at, samples }: Segment): void {
  const offset = Math.round((at * trackRate) / 1000)
  for (let i = 0; i < samples.length; i += 1) {
    const sum = (mixed[offset + i] ?? 0) + (samples[i] ?? 0)
    if (offset + i < mixed.length) mixed[offset + i] = Math.max(-32_768, Math.min(32_767, sum))
  }
}
