import type { betaServerSchemas } from '../openai-beta/server-schemas.ts'
import type { voiceLiveServerSchemas } from '../voice-live/server-schemas.ts'

/** A server event of any of the flat wires. */
export type FlatServerSchema = (typeof betaServerSchemas)[number] | (typeof voiceLiveServerSchemas)[number]
