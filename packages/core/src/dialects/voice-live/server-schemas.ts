import { mcpEventSchemas } from '../../events/server-mcp-events.ts'
import { sharedServerSchemas } from '../flat/server-events.ts'

/** The server events of Voice Live that Parley knows; those of avatars, timestamps and the like are extensions. */
export const voiceLiveServerSchemas = [...sharedServerSchemas, ...mcpEventSchemas] as const
