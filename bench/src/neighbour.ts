import { setTimeout as wait } from 'node:timers/promises'
import { openaiGa, webSocketChannel } from '@parley/core'
import { WebSocket } from 'ws'

/** Keeps one more call busy: long answers, each asked for when the one before has been heard. */
export async function keepAnswering(gatewayUrl: string, signal: AbortSignal): Promise<void> {
  const socket = new WebSocket(`${gatewayUrl.replace('http', 'ws')}/v1/realtime?model=local`)
  await using channel = webSocketChannel(socket, openaiGa.connector())
  signal.addEventListener('abort', () => void channel.close())
  let soundMs = 0
  for await (const event of channel) {
    if (event.type === 'response.output_audio.delta') soundMs += event.delta.byteLength / 48
    if (event.type !== 'session.created' && event.type !== 'response.done') continue
    await wait(soundMs, undefined, { signal }).catch(() => undefined)
    soundMs = 0
    channel.send({
      type: 'conversation.item.create',
      item: {
        type: 'message',
        role: 'user',
        content: [{ type: 'input_text', text: 'Tell me everything about Parley.' }],
      },
    })
    channel.send({ type: 'response.create' })
  }
}
