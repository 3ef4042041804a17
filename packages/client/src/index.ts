export { connect, type ConnectionState, type ConnectOptions, type ParleyConnection } from './connect.ts'
export type { ClientEventJson, ServerEventJson } from './events.ts'
export type { WebSocketLike } from './dial.ts'
