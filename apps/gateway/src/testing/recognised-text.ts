import { pcm16ToFloat32 } from '@parley/audio'
import { moonshineStt } from '@parley/core/providers/cascade'

/** Hears what an answer sounds like. Disposing it stops its engine. */
export interface Listener extends AsyncDisposable {
  /** The words in PCM16 at 24 kHz. */
  hear(chunks: readonly Uint8Array[]): Promise<string>
}

/** A listener with the recogniser that needs no download. */
export function createListener(): Listener {
  const stt = moonshineStt({ processes: 1 })
  return {
    async hear(chunks) {
      const audio = { samples: pcm16ToFloat32(Buffer.concat(chunks)), sampleRate: 24_000 }
      const signal = new AbortController().signal
      const { text } = await stt.transcribe(audio, { language: 'en', speculative: false, signal })
      return text
    },
    [Symbol.asyncDispose]: () => stt[Symbol.asyncDispose](),
  }
}

/** Share of the words of `said` that were heard too, in any order, from 0 to 1. */
export function shareHeard(said: string, heard: string): number {
  const words = wordsOf(said)
  const known = new Set(wordsOf(heard))
  return words.filter((word) => known.has(word)).length / Math.max(1, words.length)
}

function wordsOf(text: string): readonly string[] {
  return text.toLowerCase().match(/[\p{L}\p{N}']+/gu) ?? []
}
