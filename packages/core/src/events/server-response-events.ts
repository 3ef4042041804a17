import { z } from 'zod'
import { audioPayload } from './audio-payload.ts'
import { Item } from './items.ts'
import { Response } from './response.ts'
import { responseContent, responseOutput, serverEvent } from './server-event.ts'

/** The first event of a response. */
export const ResponseCreated = z.looseObject({
  ...serverEvent,
  type: z.literal('response.created'),
  response: Response,
})
export type ResponseCreated = z.infer<typeof ResponseCreated>

/** The last event of a response, whatever its outcome. */
export const ResponseDone = z.looseObject({
  ...serverEvent,
  type: z.literal('response.done'),
  response: Response,
})
export type ResponseDone = z.infer<typeof ResponseDone>

const outputItem = { ...serverEvent, response_id: z.string(), output_index: z.number(), item: Item }

/** A response has one more item. */
export const ResponseOutputItemAdded = z.looseObject({
  ...outputItem,
  type: z.literal('response.output_item.added'),
})
export type ResponseOutputItemAdded = z.infer<typeof ResponseOutputItemAdded>

/** An item of a response is complete. */
export const ResponseOutputItemDone = z.looseObject({
  ...outputItem,
  type: z.literal('response.output_item.done'),
})
export type ResponseOutputItemDone = z.infer<typeof ResponseOutputItemDone>

/** A part as announced by `content_part` events, where the types keep their short names. */
export const ResponseContentPart = z.looseObject({
  type: z.enum(['text', 'audio']).optional(),
  text: z.string().nullish(),
  transcript: z.string().nullish(),
  audio: z.string().nullish(),
})
export type ResponseContentPart = z.infer<typeof ResponseContentPart>

/** An item of a response has one more part. */
export const ResponseContentPartAdded = z.looseObject({
  ...responseContent,
  type: z.literal('response.content_part.added'),
  part: ResponseContentPart,
})
export type ResponseContentPartAdded = z.infer<typeof ResponseContentPartAdded>

/** A part is complete. */
export const ResponseContentPartDone = z.looseObject({
  ...responseContent,
  type: z.literal('response.content_part.done'),
  part: ResponseContentPart,
})
export type ResponseContentPartDone = z.infer<typeof ResponseContentPartDone>

/** More text. */
export const ResponseOutputTextDelta = z.looseObject({
  ...responseContent,
  type: z.literal('response.output_text.delta'),
  delta: z.string(),
})
export type ResponseOutputTextDelta = z.infer<typeof ResponseOutputTextDelta>

/** All of the text. */
export const ResponseOutputTextDone = z.looseObject({
  ...responseContent,
  type: z.literal('response.output_text.done'),
  text: z.string(),
})
export type ResponseOutputTextDone = z.infer<typeof ResponseOutputTextDone>

/** More audio in the session's output format. */
export const ResponseOutputAudioDelta = z.looseObject({
  ...responseContent,
  type: z.literal('response.output_audio.delta'),
  delta: audioPayload,
})
export type ResponseOutputAudioDelta = z.infer<typeof ResponseOutputAudioDelta>

/** No more audio of this part. */
export const ResponseOutputAudioDone = z.looseObject({
  ...responseContent,
  type: z.literal('response.output_audio.done'),
})
export type ResponseOutputAudioDone = z.infer<typeof ResponseOutputAudioDone>

/** More of what is being said. */
export const ResponseOutputAudioTranscriptDelta = z.looseObject({
  ...responseContent,
  type: z.literal('response.output_audio_transcript.delta'),
  delta: z.string(),
})
export type ResponseOutputAudioTranscriptDelta = z.infer<typeof ResponseOutputAudioTranscriptDelta>

/** All of what is being said. */
export const ResponseOutputAudioTranscriptDone = z.looseObject({
  ...responseContent,
  type: z.literal('response.output_audio_transcript.done'),
  transcript: z.string(),
})
export type ResponseOutputAudioTranscriptDone = z.infer<typeof ResponseOutputAudioTranscriptDone>

/** More of the arguments of a function call. */
export const ResponseFunctionCallArgumentsDelta = z.looseObject({
  ...responseOutput,
  type: z.literal('response.function_call_arguments.delta'),
  call_id: z.string(),
  delta: z.string(),
})
export type ResponseFunctionCallArgumentsDelta = z.infer<typeof ResponseFunctionCallArgumentsDelta>

/** All of the arguments of a function call. */
export const ResponseFunctionCallArgumentsDone = z.looseObject({
  ...responseOutput,
  type: z.literal('response.function_call_arguments.done'),
  call_id: z.string(),
  name: z.string().optional(),
  arguments: z.string(),
})
export type ResponseFunctionCallArgumentsDone = z.infer<typeof ResponseFunctionCallArgumentsDone>

/** One schema a type. */
export const responseEventSchemas = [
  ResponseCreated,
  ResponseDone,
  ResponseOutputItemAdded,
  ResponseOutputItemDone,
  ResponseContentPartAdded,
  ResponseContentPartDone,
  ResponseOutputTextDelta,
  ResponseOutputTextDone,
  ResponseOutputAudioDelta,
  ResponseOutputAudioDone,
  ResponseOutputAudioTranscriptDelta,
  ResponseOutputAudioTranscriptDone,
  ResponseFunctionCallArgumentsDelta,
  ResponseFunctionCallArgumentsDone,
] as const
