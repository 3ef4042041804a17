import { RealtimeAgent, RealtimeSession } from '@openai/agents-realtime'

const agent = new RealtimeAgent({ name: 'Guide', instructions: 'Be brief.' })
const session = new RealtimeSession(agent, { transport: 'websocket' })

session.on('agent_end', (_context, _agent, words) => {
  console.log(words)
  session.close()
})
await session.connect({ apiKey: 'none', url: 'ws://127.0.0.1:8787/v1/realtime?model=local' })
session.sendMessage('What is Parley?')
