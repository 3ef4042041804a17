import { int16ToPcm16, mixInto, wavOfPcm16 } from '@parley/audio'
import { trackRate } from '../../run/lane-run.ts'
import type { LoadedRun } from './loaded-run.ts'

/** Saves both sides of a lane, mixed on its axis, as a WAV file. */
export function saveLane(loaded: LoadedRun | undefined, label: string): void {
  if (loaded === undefined) return
  const mixed = new Int16Array(Math.ceil((loaded.run.durationMs * trackRate) / 1000))
  for (const { at, samples } of [...loaded.input(), ...loaded.output()]) {
    mixInto(mixed, samples, Math.round((at * trackRate) / 1000))
  }
  const url = URL.createObjectURL(
    new Blob([wavOfPcm16(int16ToPcm16(mixed), trackRate)], { type: 'audio/wav' }),
  )
  const link = document.createElement('a')
  link.href = url
  link.download = `${label.replaceAll(/[^\p{L}\p{N}._-]+/gu, '-')}.wav`
  link.click()
  // The download has its own hold on the blob once it began.
  setTimeout(() => URL.revokeObjectURL(url), 10_000)
}
