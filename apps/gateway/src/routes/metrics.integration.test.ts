import { describe, expect, it } from 'vitest'
import { createMetrics, metricDefinitions } from '../metrics.ts'
import { startGateway } from '../testing/gateway-under-test.ts'
import type { GatewayUnderTest } from '../testing/gateway-under-test.ts'
import { scriptedProvider } from '../testing/scripted-provider.ts'
import { connect, userText } from '../testing/test-client.ts'

async function scrape({ url }: GatewayUnderTest, key?: string): Promise<string> {
  const response = await fetch(`${url}/metrics`, {
    headers: key === undefined ? {} : { authorization: `Bearer ${key}` },
  })
  expect(response.status).toBe(200)
  return response.text()
}

const labels = '{backend="scripted",dialect="openai-ga"'

describe('GET /metrics', () => {
  it('counts a session while it runs, what it says, and how it ends', async () => {
    await using gateway = await startGateway()
    const client = await connect(`${gateway.url}/v1/realtime`)
    await client.next('session.created')
    client.send(userText('hello'))
    client.send({ type: 'response.create' })
    await client.next('response.done')
    client.send('no JSON')
    await client.next('error')
    const during = await scrape(gateway)
    expect(during).toContain(`parley_sessions_active${labels}} 1\n`)
    expect(during).toContain(`parley_sessions_started_total${labels}} 1\n`)
    expect(during).toContain(`parley_responses_total${labels},status="completed"} 1\n`)
    expect(during).toContain(`parley_errors_total${labels},code="invalid_event"} 1\n`)
    expect(during).toContain(
      'parley_backend_connect_seconds_count{backend="scripted",outcome="connected"} 1\n',
    )
    client.socket.close(1000)
    await gateway.whenLogged('session ended')
    const after = await scrape(gateway)
    expect(after).toContain(`parley_sessions_active${labels}} 0\n`)
    expect(after).toContain(`parley_sessions_ended_total${labels},close="1000"} 1\n`)
    expect(after).toContain(`parley_session_duration_seconds_count${labels}} 1\n`)
  })

  it('counts who was refused, by code, and those who never got the conversation they wanted', async () => {
    await using gateway = await startGateway({ config: { maxSessions: 1 } })
    using client = await connect(`${gateway.url}/v1/realtime`)
    await client.next('session.created')
    await expect(connect(`${gateway.url}/v1/realtime`)).rejects.toMatchObject({ status: 429 })
    await expect(connect(`${gateway.url}/v1/realtime?intent=chat`)).rejects.toMatchObject({ status: 400 })
    const text = await scrape(gateway)
    expect(text).toContain('parley_sessions_refused_total{code="rate_limit_exceeded"} 1\n')
    expect(text).toContain('parley_sessions_refused_total{code="invalid_value"} 1\n')
  })

  it('times a backend that cannot be reached apart', async () => {
    const backend = scriptedProvider({
      name: 'scripted',
      onConnect: () => {
        throw new Error('down')
      },
    })
    await using gateway = await startGateway({ backends: new Map([['scripted', backend]]) })
    using client = await connect(`${gateway.url}/v1/realtime`)
    await client.closed
    await gateway.whenLogged('session ended')
    const text = await scrape(gateway)
    expect(text).toContain('parley_backend_connect_seconds_count{backend="scripted",outcome="failed"} 1\n')
    expect(text).toContain(`parley_sessions_ended_total${labels},close="1011"} 1\n`)
  })

  it('is behind the key where there is one', async () => {
    await using gateway = await startGateway({ config: { keys: ['k1'] } })
    expect((await fetch(`${gateway.url}/metrics`)).status).toBe(401)
    expect(await scrape(gateway, 'k1')).toContain('# TYPE parley_sessions_active gauge')
  })

  it('serves each metric as it is declared, and those of the process', async () => {
    await using gateway = await startGateway({ metrics: createMetrics({ ofProcess: true }) })
    const text = await scrape(gateway)
    for (const { name, kind, help } of metricDefinitions) {
      expect(text).toContain(`# HELP ${name} ${help}\n# TYPE ${name} ${kind}\n`)
    }
    expect(text).toContain('process_cpu_user_seconds_total')
  })
})
