import { toRealtimeError } from '../../errors.ts'
import { RealtimeError } from '../../errors.ts'
import type { Samples, Transcriber, TranscriberOptions } from '../ports.ts'
import type { Transcription } from '../session-state.ts'

/** Has sound written down, in parts where the engine takes no more at once. Never rejects. */
export async function transcribe(
  transcriber: Transcriber,
  sound: Samples | undefined,
  options: TranscriberOptions,
): Promise<Transcription> {
  if (!sound)
    return { error: new RealtimeError('engine_failed', 'The sound of this item is no longer held.') }
  try {
    const texts: string[] = []
    for (const part of partsOf(sound, transcriber.maxSeconds)) {
      const { text } = await transcriber.transcribe(part, options)
      if (text.trim() !== '') texts.push(text.trim())
    }
    return { text: texts.join(' '), seconds: sound.samples.length / sound.sampleRate }
  } catch (error) {
    return { error: toRealtimeError(error, 'engine_failed') }
  }
}

function partsOf({ samples, sampleRate }: Samples, maxSeconds = Infinity): readonly Samples[] {
  const most = Math.max(1, Math.floor(maxSeconds * sampleRate))
  if (samples.length <= most) return [{ samples, sampleRate }]
  return Array.from({ length: Math.ceil(samples.length / most) }, (_, index) => ({
    samples: samples.subarray(index * most, (index + 1) * most),
    sampleRate,
  }))
}
