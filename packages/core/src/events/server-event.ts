import { z } from 'zod'

/** Fields of every server event but the DTMF one. */
export const serverEvent = { event_id: z.string() }

/** Fields that name an output item of a response. */
export const responseOutput = {
  ...serverEvent,
  response_id: z.string(),
  item_id: z.string(),
  output_index: z.number(),
}

/** Fields that name a content part of an output item. */
export const responseContent = { ...responseOutput, content_index: z.number() }
