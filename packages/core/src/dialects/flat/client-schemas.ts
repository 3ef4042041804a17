import type { betaClientSchemas } from '../openai-beta/client-schemas.ts'
import type { voiceLiveClientSchemas } from '../voice-live/client-schemas.ts'

/** A client event of any of the flat wires. */
export type FlatClientSchema = (typeof betaClientSchemas)[number] | (typeof voiceLiveClientSchemas)[number]
