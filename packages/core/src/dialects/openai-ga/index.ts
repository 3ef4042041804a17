import type { Dialect } from '../dialect.ts'
import { acceptor } from './acceptor.ts'
import { connector } from './connector.ts'

export { parseClientEvent, parseServerEvent } from './parse.ts'

/** OpenAI Realtime GA: the events are those of Parley, so nothing is omitted or renamed. */
export const openaiGa: Dialect = {
  name: 'openai-ga',
  omits: new Set(),
  acceptor: () => acceptor,
  connector: () => connector,
}
