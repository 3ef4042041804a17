import { z } from 'zod'
import { serverEvent } from './server-event.ts'

const heardItem = { ...serverEvent, item_id: z.string() }

/** The buffered audio became the user item `item_id`; this does not start a response. */
export const InputAudioBufferCommitted = z.looseObject({
  ...heardItem,
  type: z.literal('input_audio_buffer.committed'),
  previous_item_id: z.string().nullish(),
})
export type InputAudioBufferCommitted = z.infer<typeof InputAudioBufferCommitted>

/** The buffered audio is gone. */
export const InputAudioBufferCleared = z.looseObject({
  ...serverEvent,
  type: z.literal('input_audio_buffer.cleared'),
})
export type InputAudioBufferCleared = z.infer<typeof InputAudioBufferCleared>

/** Speech began; `item_id` is that of the user item to come, times count from the start of the session's audio. */
export const InputAudioBufferSpeechStarted = z.looseObject({
  ...heardItem,
  type: z.literal('input_audio_buffer.speech_started'),
  audio_start_ms: z.number(),
})
export type InputAudioBufferSpeechStarted = z.infer<typeof InputAudioBufferSpeechStarted>

/** Speech ended. */
export const InputAudioBufferSpeechStopped = z.looseObject({
  ...heardItem,
  type: z.literal('input_audio_buffer.speech_stopped'),
  audio_end_ms: z.number(),
})
export type InputAudioBufferSpeechStopped = z.infer<typeof InputAudioBufferSpeechStopped>

/** Nobody spoke for `idle_timeout_ms`: an empty user item follows. */
export const InputAudioBufferTimeoutTriggered = z.looseObject({
  ...heardItem,
  type: z.literal('input_audio_buffer.timeout_triggered'),
  audio_start_ms: z.number(),
  audio_end_ms: z.number(),
})
export type InputAudioBufferTimeoutTriggered = z.infer<typeof InputAudioBufferTimeoutTriggered>

/** A key of a phone was pressed (SIP); the one server event without `event_id`. */
export const InputAudioBufferDtmfEventReceived = z.looseObject({
  event_id: z.string().optional(),
  type: z.literal('input_audio_buffer.dtmf_event_received'),
  event: z.string(),
  /** Unix seconds. */
  received_at: z.number(),
})
export type InputAudioBufferDtmfEventReceived = z.infer<typeof InputAudioBufferDtmfEventReceived>

const playedResponse = { ...serverEvent, response_id: z.string() }

/** The response is being played (WebRTC and SIP). */
export const OutputAudioBufferStarted = z.looseObject({
  ...playedResponse,
  type: z.literal('output_audio_buffer.started'),
})
export type OutputAudioBufferStarted = z.infer<typeof OutputAudioBufferStarted>

/** All of the response was played (WebRTC and SIP). */
export const OutputAudioBufferStopped = z.looseObject({
  ...playedResponse,
  type: z.literal('output_audio_buffer.stopped'),
})
export type OutputAudioBufferStopped = z.infer<typeof OutputAudioBufferStopped>

/** The rest of the response will not be played (WebRTC and SIP). */
export const OutputAudioBufferCleared = z.looseObject({
  ...playedResponse,
  type: z.literal('output_audio_buffer.cleared'),
})
export type OutputAudioBufferCleared = z.infer<typeof OutputAudioBufferCleared>

/** One schema a type. */
export const audioBufferEventSchemas = [
  InputAudioBufferCommitted,
  InputAudioBufferCleared,
  InputAudioBufferSpeechStarted,
  InputAudioBufferSpeechStopped,
  InputAudioBufferTimeoutTriggered,
  InputAudioBufferDtmfEventReceived,
  OutputAudioBufferStarted,
  OutputAudioBufferStopped,
  OutputAudioBufferCleared,
] as const
