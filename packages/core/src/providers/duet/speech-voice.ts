import { RealtimeError } from '../../errors.ts'
import { AudioPayload } from '../../events/audio-payload.ts'
import type { AudioOutputConfig } from '../../events/session-config.ts'
import { speak, speechRate } from '../speech/speak.ts'
import type { TextToSpeech } from '../speech/text-to-speech.ts'
import { chooseVoice } from '../speech/voice-choice.ts'
import type { SpeakRequest, SpeechPart, VoiceLeg } from './voice-leg.ts'

/** One token of spoken sound (ms), as OpenAI counts. */
const msPerToken = 50

/** A voice made of a text-to-speech engine, which stays its owner's to close. */
export function speechVoice(tts: TextToSpeech): VoiceLeg {
  let asked: AudioOutputConfig['voice']
  let language: string | undefined
  let output: AudioOutputConfig = { format: { type: 'audio/pcm', rate: speechRate }, speed: 1 }

  function fitting(voice: AudioOutputConfig['voice'] | null): string | undefined {
    const name = typeof voice === 'object' && voice !== null ? voice.id : (voice ?? undefined)
    return chooseVoice(tts.voices, { asked: name, language })
  }

  async function* spoken({ text, opening, override, signal }: SpeakRequest): AsyncGenerator<SpeechPart> {
    const voice = fitting(override?.audio?.output?.voice ?? asked)
    if (voice === undefined) throw new RealtimeError('engine_failed', 'There is no voice to speak with.')
    const speed = output.speed ?? 1
    let bytesSent = 0
    try {
      for await (const bytes of speak(tts, text, { voice, speed, signal, trimStart: opening })) {
        bytesSent += bytes.length
        yield { type: 'sound', audio: AudioPayload.fromBytes(bytes) }
      }
    } catch (error) {
      if (!signal.aborted) throw error
    }
    const tokens = Math.ceil((bytesSent * 1000) / (2 * speechRate * msPerToken))
    yield {
      type: 'usage',
      usage: { total_tokens: tokens, output_tokens: tokens, output_token_details: { audio_tokens: tokens } },
    }
  }

  return {
    get settings() {
      return { output: { ...output, voice: fitting(asked) ?? '' }, language }
    },
    available: true,
    speak: spoken,
    async configure({ output: changes = {}, language: spoken }) {
      const { format, voice } = changes
      if (format && (format.type !== 'audio/pcm' || (format.rate ?? speechRate) !== speechRate)) {
        throw new RealtimeError('unsupported', `This backend speaks audio/pcm at ${speechRate} Hz.`, {
          param: 'session.audio.output.format',
        })
      }
      asked = voice ?? asked
      language = spoken ?? language
      output = { ...output, ...changes }
    },
    [Symbol.asyncDispose]: async () => undefined,
  }
}
