import type { Dialect } from '../dialect.ts'
import { flatDialect } from '../flat/codecs.ts'
import { BetaSession, BetaTranscriptionSession, betaClientSchemas } from './client-schemas.ts'
import { betaServerSchemas } from './server-schemas.ts'

/**
 * OpenAI Realtime beta, which lives on in Azure's preview endpoints and in compatible servers. Items are announced
 * once, so `conversation.item.done` is omitted, and so is what came with GA: MCP, segments, phone keys.
 */
export const openaiBeta: Dialect = flatDialect({
  dialect: 'openai-beta',
  extended: false,
  clientSchemas: betaClientSchemas,
  serverSchemas: betaServerSchemas,
  sessionKeys: {
    realtime: new Set(Object.keys(BetaSession.shape)),
    transcription: new Set(Object.keys(BetaTranscriptionSession.shape)),
  },
  omits: new Set([
    'conversation.item.done',
    'conversation.item.input_audio_transcription.segment',
    'input_audio_buffer.dtmf_event_received',
    'mcp_list_tools.in_progress',
    'mcp_list_tools.completed',
    'mcp_list_tools.failed',
    'response.mcp_call_arguments.delta',
    'response.mcp_call_arguments.done',
    'response.mcp_call.in_progress',
    'response.mcp_call.completed',
    'response.mcp_call.failed',
  ]),
})
