import { RealtimeError } from '../../errors.ts'
import type { RealtimeSession, Session, SessionConfig } from '../../events/session-config.ts'
import {
  defaultSession,
  echoesOf,
  languageOf,
  mergedSession,
  mergedTranscription,
  noiseReductionOf,
  toTranscriptionSession,
  withoutNoiseReduction,
} from './session-settings.ts'
import type { Stages } from './stages.ts'
import {
  keepKnownDetection,
  turnDetectionOf,
  type LeftOut,
  type TurnDetectionSettings,
} from './turn-detection.ts'
import { chooseVoice } from '../speech/voice-choice.ts'

/** The settings of one session as they are now. */
export interface LiveSettings {
  readonly session: RealtimeSession
  /** The session as the client is told of it. */
  readonly shown: Session
  /** It only writes down speech. */
  readonly transcribing: boolean
  /** Voice the client asked for, `undefined` = one that fits the language. */
  readonly chosenVoice: string | undefined
  /** Turn detection, `undefined` when the client ends turns itself; a transcription session answers none. */
  readonly turnDetection: TurnDetectionSettings | undefined
  /** How strongly noise is taken out of what the detector hears: 0 to 1, `undefined` = not at all. */
  readonly noiseReduction: number | undefined
  /** The client's microphone hears its loudspeaker. */
  readonly echoes: boolean
  /** BCP 47 tag the client says it speaks. */
  readonly language: string | undefined
  /**
   * Takes an update and says what of it is left out; `heard` is the language that was heard last. Throws
   * `unsupported` or `invalid_value`, and changes nothing then.
   */
  update(config: SessionConfig, heard: string | undefined): readonly LeftOut[]
  /** Noise reduction cannot be had: the client is not to believe that it is on. */
  dropNoiseReduction(): void
}

/** What the settings begin with. */
export interface LiveSettingsOptions {
  readonly stages: Stages
  readonly name: string
  readonly model: string | undefined
  readonly transcribing: boolean
  readonly id: string
}

/** Creates the settings of one session. */
export function createLiveSettings(options: LiveSettingsOptions): LiveSettings {
  const { stages, name, model, id } = options
  let { transcribing } = options
  let chosenVoice: string | undefined
  let session = defaultSession({
    id,
    model: model === undefined ? name : `${name}/${model}`,
    voice: chooseVoice(stages.tts.voices, { language: stages.stt.languages[0] }) ?? '',
    transcriptionModel: stages.stt.name,
  })

  return {
    get session() {
      return session
    },
    get shown() {
      return transcribing ? toTranscriptionSession(session) : session
    },
    get transcribing() {
      return transcribing
    },
    get chosenVoice() {
      return chosenVoice
    },
    get turnDetection() {
      const detection = turnDetectionOf(session)
      const silent = { createResponse: false, interruptResponse: false, idleTimeoutMs: undefined }
      return detection && transcribing ? { ...detection, ...silent } : detection
    },
    get noiseReduction() {
      return noiseReductionOf(session)
    },
    get echoes() {
      return echoesOf(session)
    },
    get language() {
      return languageOf(session)
    },
    update(asked, heard) {
      const { kept: config, leftOut } = keepKnownDetection(asked)
      if (config.type === 'transcription') {
        session = mergedTranscription(session, config)
        transcribing = true
        return leftOut
      }
      if (transcribing) {
        const message = 'A transcription session stays one. Open a new session to have a conversation.'
        throw new RealtimeError('unsupported', message, { param: 'session.type' })
      }
      const merged = mergedSession(session, config)
      const named = config.audio?.output?.voice
      if (named !== undefined) chosenVoice = typeof named === 'string' ? named : named.id
      const language = languageOf(merged) ?? heard ?? stages.stt.languages[0]
      const voice = chooseVoice(stages.tts.voices, { asked: chosenVoice, language }) ?? ''
      session = { ...merged, audio: { ...merged.audio, output: { ...merged.audio?.output, voice } } }
      return leftOut
    },
    dropNoiseReduction() {
      session = withoutNoiseReduction(session)
    },
  }
}
