/**
 * What speaks the protocol, with its schemas. It is the heaviest part of the playground and is not needed before the
 * first connection, so it is only ever imported when one is made or about to be.
 */
export { connect as connectSession } from '@parley/client'
export { AudioPayload, openaiGa, parseServerEvent, webSocketChannel } from '@parley/core'
