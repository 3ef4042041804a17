import type { TurnDetectionObject } from '@parley/audio/turns'
import type { LabSettings } from './lab-settings.ts'

/** Protocols that a session can be set up in. */
export const wireForms = ['openai', 'voice-live'] as const

/** A protocol by name. */
export type WireForm = (typeof wireForms)[number]

/** A `session.update` of either protocol that says how turns end, and nothing else. */
export interface SessionUpdate {
  readonly type: 'session.update'
  readonly session:
    | {
        readonly type: 'realtime'
        readonly audio: { readonly input: { readonly turn_detection: TurnDetectionObject } }
      }
    | { readonly turn_detection: TurnDetectionObject }
}

/** Turn detection as a protocol writes it; only Voice Live has a field for the shortest speech of `server_vad`. */
export function turnDetectionOf(settings: LabSettings, form: WireForm): TurnDetectionObject {
  const listening = {
    threshold: settings.enterThreshold,
    prefix_padding_ms: settings.prefixPaddingMs,
    silence_duration_ms: settings.silenceMs,
  }
  const shortest = { speech_duration_ms: settings.minSpeechMs }
  switch (settings.mode) {
    case 'server_vad':
      return { type: settings.mode, ...listening, ...(form === 'voice-live' && shortest) }
    case 'semantic_vad':
      return { type: settings.mode, eagerness: settings.eagerness }
    case 'azure_semantic_vad': {
      const utterance = {
        model: 'semantic_detection_v1_multilingual',
        threshold_level: settings.sureLevel,
        timeout_ms: settings.timeoutMs,
      }
      return {
        type: settings.mode,
        ...listening,
        ...shortest,
        end_of_utterance_detection: utterance,
      }
    }
  }
}

/** Protocols that know the way in which turns end. */
export function formsOf({ mode }: LabSettings): readonly WireForm[] {
  return mode === 'azure_semantic_vad' ? ['voice-live'] : wireForms
}

/** The event that sets up a session with these settings. */
export function sessionUpdateOf(settings: LabSettings, form: WireForm): SessionUpdate {
  const detection = turnDetectionOf(settings, form)
  return form === 'openai'
    ? {
        type: 'session.update',
        session: { type: 'realtime', audio: { input: { turn_detection: detection } } },
      }
    : { type: 'session.update', session: { turn_detection: detection } }
}

/** The protocol among those that know how turns end: the one wanted, or else the first. */
export function formOf(settings: LabSettings, wanted: WireForm): WireForm {
  const forms = formsOf(settings)
  return forms.find((known) => known === wanted) ?? forms[0] ?? 'openai'
}

/** Settings that the protocol has no field for; sessions use values of their own. */
export function unsentSettings({ mode }: LabSettings, form: WireForm): readonly (keyof LabSettings)[] {
  switch (mode) {
    case 'server_vad':
      return form === 'voice-live'
        ? ['leaveThreshold', 'tailMs', 'pauseMs']
        : ['leaveThreshold', 'minSpeechMs', 'tailMs', 'pauseMs']
    case 'semantic_vad':
      return ['enterThreshold', 'leaveThreshold', 'minSpeechMs', 'prefixPaddingMs', 'tailMs', 'pauseMs']
    case 'azure_semantic_vad':
      return ['leaveThreshold', 'tailMs', 'pauseMs']
  }
}
