import { once } from 'node:events'

const paths = { openai: '/v1/realtime', 'voice-live': '/voice-live/realtime' } as const

/** Sends an event over a connection of its own and gives the first answer to it: the session's news, or an error. */
export async function sessionOver(
  gatewayUrl: string,
  form: keyof typeof paths,
  event: string,
): Promise<{ readonly type: string }> {
  const query = form === 'openai' ? 'model=local' : 'model=local&api-version=2025-10-01'
  const socket = new WebSocket(`${gatewayUrl.replace('http', 'ws')}${paths[form]}?${query}`)
  const { promise: answered, resolve, reject } = Promise.withResolvers<{ readonly type: string }>()
  socket.addEventListener('message', ({ data }) => {
    const answer: { readonly type: string } = JSON.parse(String(data))
    if (answer.type === 'session.created') socket.send(event)
    if (answer.type === 'session.updated' || answer.type === 'error') resolve(answer)
  })
  socket.addEventListener('close', ({ code, reason }) => reject(new Error(`Closed: ${code} ${reason}`)))
  try {
    return await answered
  } finally {
    const closed = once(socket, 'close')
    socket.close()
    await closed
  }
}
